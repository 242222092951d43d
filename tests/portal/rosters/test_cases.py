"""Roster files as people have them: each file in ``cases`` is uploaded and comes out as its user would call right."""

import pytest
from django.test import Client
from django.test.html import Element

from portal.rosters.models import Roster
from tests.conftest import HELENA, MAYA
from tests.portal.rosters.roster_page import (
    apply,
    can_be_applied,
    cells,
    check,
    check_case,
    main_text,
    problems,
    rows_in_use,
    submit,
)
from tests.portal.team.reading import elements, text
from tests.sandbox.server import Sandbox

MANAGER_WORDS = ("manager", "supervisor", "reports", "gestionnaire")
ANA, TOMAS, LINNEA, AMARA, MEI = 201, 202, 203, 208, 210


def notes(tree: Element) -> list[str]:
    return [text(item) for found in elements(tree, "ul", class_="notes") for item in elements(found, "li")]


def test_a_number_that_lost_its_zero_is_not_taken_for_somebody_else(adrian: Client, sandbox: Sandbox) -> None:
    sandbox.control.patch_person(MEI, user_name="0201", display_name="Chloe Martin")

    tree = check_case(adrian, "roster-leading-zeros.csv")

    assert problems(tree) == [(2, "name", "The file calls “201” Chloe Martin; in Brightspace this is Ana Novak.")]
    assert not can_be_applied(tree)


def test_a_row_with_somebody_elses_name_is_applied_under_brightspaces_name_if_the_admin_says_so(adrian: Client) -> None:
    tree = check(adrian, "person,manager,name\n201,101,Chloe Martin\n202,101,Tom Beltran\n")
    assert "Apply 1 row" in main_text(tree)

    tree = submit(adrian, tree, "names-form", accepts="on")
    assert problems(tree) == []
    assert cells(tree, "differences") == [
        ["2", "201", "Chloe Martin", "Ana Novak"],
        ["3", "202", "Tom Beltran", "Tomás Beltrán"],
    ]
    apply(adrian, tree)

    assert rows_in_use() == {(ANA, MAYA), (TOMAS, MAYA)}
    assert set(Roster.objects.get().entries.values_list("name", flat=True)) == {"Ana Novak", "Tomás Beltrán"}


def test_rows_with_somebody_elses_name_can_be_left_out_again(adrian: Client) -> None:
    tree = check(adrian, "person,manager,name\n201,101,Chloe Martin\n202,101,Tomas Beltran\n")

    tree = submit(adrian, submit(adrian, tree, "names-form", accepts="on"), "names-form")

    assert [row for row, _, _ in problems(tree)] == [2]


@pytest.mark.parametrize(
    "name", ["Ana Novak", "NOVAK, ANA", "Novák Ána", "ana  novak", "Ana-Novak", "", "Ana “Novak”", "Novak, Ana."]
)
def test_a_name_written_in_another_way_is_the_same_name(adrian: Client, name: str) -> None:
    tree = check(adrian, f'person,manager,name\n201,101,"{name}"\n')

    assert (problems(tree), cells(tree, "differences")) == ([], [])


@pytest.mark.parametrize(
    ("person", "name"),
    [(ANA, "Anastasia Novak"), (ANA, "Ana Novak-Smith"), (MEI, "Mei"), (TOMAS, "Tom Smith"), (LINNEA, "L. Sjoberg")],
)
def test_a_similar_name_is_shown_beside_brightspaces(adrian: Client, person: int, name: str) -> None:
    tree = check(adrian, f"person,manager,name\n{person},101,{name}\n")

    [[row, value, in_file, _]] = cells(tree, "differences")
    assert (row, value, in_file) == ("2", str(person), name)
    assert can_be_applied(tree)


@pytest.mark.parametrize(
    ("changes", "value", "message"),
    [
        ({"user_name": "201"}, "201", "the id of one and the user name of another (Ana Novak and Mei-Ling Chen)"),
        ({"org_defined_id": "201"}, "201", "“201”: Ana Novak (id), Mei-Ling Chen (OrgDefinedId)."),
        ({"org_defined_id": "ana.novak"}, "ana.novak", "Ana Novak (user name), Mei-Ling Chen (OrgDefinedId)."),
        ({"org_defined_id": "E000201"}, "E000201", "Ana Novak (OrgDefinedId), Mei-Ling Chen (OrgDefinedId)."),
    ],
)
def test_a_value_that_fits_two_people_is_a_problem(
    adrian: Client, sandbox: Sandbox, changes: dict[str, str], value: str, message: str
) -> None:
    sandbox.control.patch_person(MEI, **changes)

    [(row, column, reason)] = problems(check(adrian, f"person,manager\n{value},101\n"))

    assert (row, column) == (2, "person")
    assert message in reason


def test_a_value_that_names_one_person_twice_is_that_person(adrian: Client, sandbox: Sandbox) -> None:
    sandbox.control.patch_person(ANA, user_name="201", org_defined_id="201")

    apply(adrian, check(adrian, "person,manager\n201,101\n"))

    assert rows_in_use() == {(ANA, MAYA)}


def test_an_org_defined_id_names_a_person(adrian: Client) -> None:
    apply(adrian, check(adrian, "person,manager\nE000201,E000101\n"))

    assert rows_in_use() == {(ANA, MAYA)}


def test_the_manager_dashboards_own_file_is_read_as_it_is(adrian: Client) -> None:
    tree = check_case(adrian, "roster-manager-dashboard-attributes.csv")

    assert problems(tree) == []
    assert "The column “LMS Username” is read as the person, “Manager” as the manager." in notes(tree)
    apply(adrian, tree)
    assert rows_in_use() == {(ANA, MAYA), (MAYA, HELENA), (HELENA, None)}


def test_the_headings_of_hr_systems_are_read(adrian: Client) -> None:
    tree = check_case(adrian, "roster-hr-headers.csv")

    assert "The column “Employee ID” is read as the person, “Line Manager ID” as the manager." in notes(tree)
    apply(adrian, tree)
    assert rows_in_use() == {(ANA, MAYA)}


@pytest.mark.parametrize(
    "header",
    [
        "Employee Number,Supervisor Employee Number",
        "EMPLID,SUPERVISOR_ID",
        "Worker,Reports To",
        "Username,Manager Username",
        "Manager,Manager ID,Person Number",
        "Manager ID,Manager,OrgDefinedId",
        "Matricule,Matricule du gestionnaire",
        "USERID,MANAGER",
        "Associate ID,Reports To Associate ID",
        "Staff Number;Line manager employee number",
        "Employé;Gestionnaire",
    ],
)
def test_a_column_is_found_by_what_hr_systems_call_it(adrian: Client, header: str) -> None:
    delimiter = ";" if ";" in header else ","
    values = {"Manager": "Maya Okafor"} if header.count("Manager") > 1 and "Username" not in header else {}
    row = [
        values.get(heading, "101" if any(word in heading.casefold() for word in MANAGER_WORDS) else "201")
        for heading in header.split(delimiter)
    ]

    apply(adrian, check(adrian, f"{header}\n{delimiter.join(row)}\n"))

    assert rows_in_use() == {(ANA, MAYA)}


def test_first_and_last_names_make_a_name(adrian: Client) -> None:
    tree = check(adrian, "Employee ID,First Name,Last Name,Manager ID\n201,Chloe,Martin,101\n202,Tomás,Beltrán,101\n")

    assert [message for _, _, message in problems(tree)] == [
        "The file calls “201” Chloe Martin; in Brightspace this is Ana Novak."
    ]


def test_numbers_with_a_decimal_point_are_read_as_whole_numbers(adrian: Client) -> None:
    tree = check_case(adrian, "roster-pandas-floats.csv")

    assert "5 values were read as whole numbers, such as “201.0” as “201”." in notes(tree)
    apply(adrian, tree)
    assert rows_in_use() == {(ANA, MAYA), (TOMAS, MAYA), (MAYA, None)}


def test_a_number_kept_as_text_by_a_formula_is_read(adrian: Client) -> None:
    tree = check_case(adrian, "roster-equals-quotes.csv")

    assert '2 values were read as the text in a formula, such as “="201"” as “201”.' in notes(tree)
    apply(adrian, tree)
    assert rows_in_use() == {(ANA, MAYA)}


def test_a_number_kept_as_text_by_an_apostrophe_is_read(adrian: Client, sandbox: Sandbox) -> None:
    sandbox.control.patch_person(MEI, user_name="0201")

    tree = check_case(adrian, "roster-apostrophe-prefix.csv")

    assert "1 value was read without the apostrophe before it: “'0201” as “0201”." in notes(tree)
    apply(adrian, tree)
    assert rows_in_use() == {(MEI, MAYA)}


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("'ana.novak", "It begins with the character ': remove it if it does not belong there."),
        ("=ana.novak", "It begins with the character =: remove it if it does not belong there."),
        ("ana\u00a0novak", "characters that no id and no user name has: U+00A0 NO-BREAK SPACE."),
        ("ana\u200bnovak", "characters that no id and no user name has: U+200B ZERO WIDTH SPACE."),
    ],
)
def test_a_character_that_does_not_belong_there_is_named(adrian: Client, value: str, message: str) -> None:
    [(_, _, reason)] = problems(check(adrian, f"person,manager\n{value},101\n"))

    assert message in reason


def test_invisible_characters_around_a_value_are_no_part_of_it(adrian: Client) -> None:
    apply(adrian, check(adrian, "person,manager\n\u200b201\u00a0,\ufeff101\u200e\n"))

    assert rows_in_use() == {(ANA, MAYA)}


def test_somebody_at_the_top_needs_no_attention(adrian: Client) -> None:
    tree = check_case(adrian, "roster-top-of-house.csv")

    assert problems(tree) == [(5, "manager", "Adrian Minh cannot be their own manager.")]
    assert "1 person is at the top, without a manager." in notes(tree)
    apply(adrian, tree, without_bad="on")
    assert rows_in_use() == {(ANA, MAYA), (MAYA, HELENA), (HELENA, None)}


def test_somebody_who_is_their_own_manager_is_listed_once(adrian: Client) -> None:
    tree = check(adrian, "person,manager\n104,104\n201,101\nadrian.minh,104\n")

    assert [row for row, _, _ in problems(tree)] == [2]


@pytest.mark.parametrize("empty", ["", "NO_MANAGER", " ", "\u00a0"])
def test_a_manager_that_is_left_empty_is_no_manager(adrian: Client, empty: str) -> None:
    apply(adrian, check(adrian, f"person,manager\n201,101\n101,{empty}\n"))

    assert rows_in_use() == {(ANA, MAYA), (MAYA, None)}


def test_a_file_that_names_no_manager_cannot_be_applied(adrian: Client) -> None:
    tree = check(adrian, "person,manager\n201,\n202,\n")

    assert "2 people are at the top, without a manager." in notes(tree)
    assert not can_be_applied(tree)


def test_the_same_fact_in_another_case_is_no_problem(adrian: Client) -> None:
    tree = check_case(adrian, "roster-case-duplicates.csv")

    assert problems(tree) == []
    assert "1 row says again what an earlier row says." in notes(tree)
    apply(adrian, tree)
    assert rows_in_use() == {(ANA, MAYA)}


def test_somebody_who_has_left_is_named_and_stored_as_inactive(adrian: Client, sandbox: Sandbox) -> None:
    sandbox.control.patch_person(AMARA, is_active=False)

    tree = check_case(adrian, "roster-leaver.csv")

    assert "1 person is inactive in Brightspace" in main_text(tree)
    assert "Amara Diallo (row 2)" in notes(tree)
    apply(adrian, tree)
    assert set(Roster.objects.get().entries.values_list("person_id", "is_active")) == {(AMARA, False), (ANA, True)}


def test_a_manager_who_has_left_is_named_with_their_people(adrian: Client, sandbox: Sandbox) -> None:
    sandbox.control.patch_person(MAYA, is_active=False)

    tree = check_case(adrian, "roster-leaver.csv")

    assert "Maya Okafor, manager of 2 people" in notes(tree)


def test_a_file_with_headings_alone_is_refused_by_name(adrian: Client) -> None:
    tree = check(adrian, "person,manager\n\n,\n", name="june.csv")

    assert "june.csv : The file has headings but no rows." in main_text(tree)
