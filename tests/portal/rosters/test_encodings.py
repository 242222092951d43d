"""The encoding of an uploaded roster: recognised where that is certain, else asked for with the readings shown."""

import pytest
from django.test import Client
from django.test.html import Element

from portal.rosters.upload.reading.roster_file import EncodingUnclear, read_roster_file
from tests.conftest import MAYA
from tests.portal.rosters.roster_page import (
    apply,
    can_be_applied,
    check,
    check_case,
    main_text,
    problems,
    rows_in_use,
    submit,
)
from tests.portal.team.reading import elements, page_of, text, value
from tests.sandbox.server import Sandbox

UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]
WINDOWS_1252, MACINTOSH = "Windows, Western European", "Macintosh, Western European"


def readings(tree: Element) -> dict[str, list[str]]:
    """The samples that the page shows of each encoding to choose from."""
    labels = elements(tree, "label", class_="choice")
    radios = [elements(label, "input")[0] for label in labels]
    samples = [[text(each) for each in elements(label, "bdi")] for label in labels]
    return {value(radio, "value"): shown for radio, shown in zip(radios, samples, strict=True)}


def names_read(content: str, encoding: str) -> list[str]:
    return [line.name for line in read_roster_file(f"person,manager,name\n{content}".encode(encoding)).lines]


@pytest.mark.parametrize("encoding", UNICODE)
def test_unicode_is_recognised_without_a_question(adrian: Client, encoding: str) -> None:
    tree = check(adrian, "person;manager;name\ntomás.beltrán;101;Tomás Beltrán\n".encode(encoding))

    assert readings(tree) == {}
    apply(adrian, tree)
    assert rows_in_use() == {(202, MAYA)}


def test_the_file_of_a_central_european_excel_is_recognised(adrian: Client, sandbox: Sandbox) -> None:
    sandbox.control.patch_person(202, display_name="Łukasz Wiśniewski")
    sandbox.control.patch_person(203, display_name="Zoë Şahin")

    tree = check_case(adrian, "roster-central-european-excel.csv")

    assert problems(tree) == []
    assert "It was read as “Windows, Central European”: “Łukasz Wiśniewski”, “Zoë Şahin”." in main_text(tree)
    apply(adrian, tree)
    assert rows_in_use() == {(202, MAYA), (203, MAYA)}


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("José Müller", "cp1252"),
        ("François Lefèvre-Dubois Zoë", "mac_roman"),
        ("Łukasz Wiśniewski", "cp1250"),
        ("Jürgen Größe", "cp1250"),
        ("Ivana Dvořáková", "cp1250"),
        ("Åsa Østergård", "cp1252"),
    ],
)
def test_a_name_is_read_as_written_or_a_question_shows_it(name: str, encoding: str) -> None:
    try:
        assert names_read(f"201,101,{name}\n", encoding) == [name]
    except EncodingUnclear as caught:
        shown = {reading.encoding: reading.samples for reading in caught.readings}
        assert (name,) in shown.values()
        assert len(set(shown.values())) == len(shown) > 1


@pytest.mark.parametrize(
    ("name", "encoding", "other"),
    [
        ("Hélène Muñoz", "cp1252", "Hélčne Muńoz"),
        ("Ayşe Şahin", "cp1254", "Ayþe Þahin"),
        ("Sjöberg", "mac_roman", "Sjšberg"),
        ("Иван Петров", "cp1251", "Èâàí Ïåòðîâ"),
        ("O’Brien", "mac_roman", "OÕBrien"),
    ],
)
def test_a_name_that_reads_well_in_two_encodings_makes_a_question(name: str, encoding: str, other: str) -> None:
    with pytest.raises(EncodingUnclear) as caught:
        names_read(f"201,101,{name}\n", encoding)

    shown = {sample for reading in caught.value.readings for sample in reading.samples}
    assert {name, other} <= shown


def test_the_admin_chooses_among_readings_and_the_check_goes_on(adrian: Client, sandbox: Sandbox) -> None:
    sandbox.control.patch_person(203, display_name="Hélène Muñoz")
    tree = check(adrian, "person,manager,name\n201,101,Ana Novak\n203,101,Hélène Muñoz\n".encode("cp1252"))
    assert "Which reading is right?" in main_text(tree)
    assert not can_be_applied(tree)
    assert readings(tree)["cp1252"] == ["Hélène Muñoz"]
    assert readings(tree)["cp1250"] == ["Hélčne Muńoz"]

    tree = submit(adrian, tree, "encoding-form", encoding="cp1252")

    assert problems(tree) == []
    apply(adrian, tree)
    assert rows_in_use() == {(201, MAYA), (203, MAYA)}


def test_another_reading_can_be_chosen_afterwards(adrian: Client, sandbox: Sandbox) -> None:
    sandbox.control.patch_person(203, display_name="Hélène Muñoz")
    tree = check(adrian, "person,manager,name\n203,101,Hélène Muñoz\n".encode("cp1252"))
    tree = submit(adrian, tree, "encoding-form", encoding="cp1250")
    assert "Hélčne Muńoz" in main_text(tree)
    [link] = [each for each in elements(tree, "a") if "Read the letters in another way" in text(each)]
    [form] = elements(tree, "form", id="apply-form")

    again = page_of(adrian.get(value(form, "action").replace("apply/", "") + value(link, "href")))
    tree = submit(adrian, again, "encoding-form", encoding="cp1252")

    assert "“Hélène Muñoz”" in main_text(tree)
    assert "name differs" not in main_text(tree)


def test_letters_in_columns_that_are_not_used_make_no_question(adrian: Client) -> None:
    tree = check(adrian, b"person,manager,ward\n201,101,Pr\x8emature \xe8\n")

    assert readings(tree) == {}
    assert can_be_applied(tree)


def test_a_reading_that_nobody_offers_is_refused(adrian: Client) -> None:
    tree = check(adrian, "person,manager,name\n203,101,Hélène\n".encode("cp1252"))

    tree = submit(adrian, tree, "encoding-form", encoding="cp037")

    assert "Choose the reading that is right." in main_text(tree)


def test_letters_that_no_name_has_are_asked_about_in_every_encoding(adrian: Client) -> None:
    tree = check(adrian, b"person,manager,name\n201,101,\xa3\xa5\xa9\n")

    assert len(readings(tree)) > 3


def test_headings_with_accents_are_found_in_any_encoding(adrian: Client) -> None:
    tree = check(adrian, "Employé;Gestionnaire;Prénom;Nom\n201;101;Ana;Novak\n".encode("cp1252"))

    assert can_be_applied(tree)
