"""The roster page, the check of a file and its problems in French: no English on them."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from portal.rosters.models import Roster
from tests.conftest import ADRIAN, SignIn
from tests.languages.conftest import Compare
from tests.portal.rosters import roster_page
from tests.portal.team.reading import elements, page_of, value
from tests.sandbox.server import Sandbox

USERS, USER = "/d2l/api/lp/(version)/users/", "/d2l/api/lp/(version)/users/(userId)"
CASES = sorted((Path(roster_page.__file__).parent / "cases").glob("*.csv"))
HEADINGS = {"person", "manager", "name", "LMS Username", "Manager", "Employee ID", "Line Manager ID"}
TWO_PEOPLE = b"person,manager\nana.novak,maya.okafor\n202,101\n"
PROBLEMS = b"""person,manager,name
,101,
999999,101,
nobody.here,101,
203,007,
203,203,
201,101,Somebody Quite Different
201,,
ana.novak,106,
1.2346E+12,101,
=\x7f202,101,
"204,101
205,206,
206,205,
207,208,x,y,z
"""
BROKEN_FILES = {
    "empty": b"",
    "no manager": b"person,boss\n1,2\n",
    "neither": b"a,b\n1,2\n",
    "twice": b"person,manager,manager\n1,2,3\n",
    "a workbook": b"PK\x03\x04",
    "headings alone": b"person,manager\n",
    "not text": b"\x00\x01\x02\x03" * 50,
}


@pytest.fixture
def adrian(settings: Settings, sign_in: SignIn) -> Client:
    settings.PORTAL_ROSTER = "file"
    return sign_in(ADRIAN)


def uploaded(content: bytes) -> Any:
    """Visits the check of a file, or the page that says why there is none."""

    def visit(browser: Client) -> Any:
        file = SimpleUploadedFile("team.csv", content, "text/csv")
        return browser.post("/roster/", {"roster": file}, follow=True)

    return visit


def applied(browser: Client) -> Any:
    """Uploads a file and puts it in use, where none is in use yet."""
    Roster.objects.all().delete()
    roster_page.apply(browser, page_of(uploaded(TWO_PEOPLE)(browser)))
    return browser.get("/roster/")


def words_of(content: bytes) -> set[str]:
    """What a file holds, which its check repeats."""
    cells = content.decode("utf-8", "replace").replace(";", ",").replace("\n", ",").split(",")
    return {cell.strip(" \"='\r") for cell in cells if len(cell.strip(" \"='\r")) > 1}


def test_the_roster_page_has_no_english(adrian: Client, compare: Compare) -> None:
    compare(adrian, "/roster/", names=HEADINGS)


def test_the_roster_page_with_checks_has_no_english(adrian: Client, compare: Compare) -> None:
    compare(adrian, applied, names=HEADINGS)
    compare(adrian, partial(Client.post, path="/roster/"), names=HEADINGS)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_the_check_of_a_file_has_no_english(adrian: Client, compare: Compare, case: Path) -> None:
    compare(adrian, uploaded(case.read_bytes()), names=words_of(case.read_bytes()))


def test_the_problems_of_a_file_have_no_english(adrian: Client, compare: Compare) -> None:
    compare(adrian, uploaded(PROBLEMS), names=words_of(PROBLEMS))
    compare(adrian, uploaded(PROBLEMS + b"208,101,\n" * 3), names=words_of(PROBLEMS))


@pytest.mark.parametrize("content", BROKEN_FILES.values(), ids=BROKEN_FILES)
def test_a_file_that_cannot_be_read_has_no_english(adrian: Client, compare: Compare, content: bytes) -> None:
    compare(adrian, uploaded(content), names=HEADINGS | words_of(content))


def test_the_question_how_a_file_is_read_has_no_english(adrian: Client, compare: Compare) -> None:
    file = "person,manager,name\n203,101,Hélène Muñoz\n".encode("cp1252")
    names = HEADINGS | {file.decode(encoding).split(",")[-1].strip() for encoding in ("cp1252", "cp1250")}

    def without_an_answer(browser: Client) -> Any:
        form = elements(page_of(uploaded(file)(browser)), "form", id="encoding-form")[0]
        return browser.post(value(form, "action"), {}, follow=True)

    def answered(browser: Client) -> Any:
        form = elements(page_of(uploaded(file)(browser)), "form", id="encoding-form")[0]
        return browser.post(value(form, "action"), {"encoding": "cp1252"}, follow=True)

    for visit in (uploaded(file), without_an_answer, answered):
        compare(adrian, visit, names=names)


def test_names_that_differ_and_people_who_left_have_no_english(
    adrian: Client, compare: Compare, sandbox: Sandbox
) -> None:
    sandbox.control.patch_person(202, is_active=False)
    sandbox.control.patch_person(210, user_name="201")
    content = b"person,manager,name\n202,101,Tomas Beltran\n203,202,Linnea Sjoberg\n201,101,\n204,101,Oliver\n"
    compare(adrian, uploaded(content), names=HEADINGS | words_of(content))


def test_further_pages_of_problems_have_no_english(adrian: Client, compare: Compare) -> None:
    content = b"person,manager\n" + b"".join(b"%d,101\n" % number for number in range(900_000, 900_120))

    def second_page(browser: Client) -> Any:
        response = uploaded(content)(browser)
        return browser.get(f"{response.redirect_chain[-1][0].partition('?')[0]}?problems=2")

    compare(adrian, second_page, names=HEADINGS)


def test_a_file_that_is_applied_without_its_conditions_has_no_english(adrian: Client, compare: Compare) -> None:
    def without_consent(browser: Client) -> Any:
        tree = page_of(uploaded(b"person,manager\n203,101\n999999,101\n")(browser))
        return browser.post(value(elements(tree, "form", id="apply-form")[0], "action"), {}, follow=True)

    compare(adrian, without_consent, names=HEADINGS)


def test_a_check_against_a_roster_in_use_has_no_english(adrian: Client, compare: Compare) -> None:
    applied(adrian)
    for content in (TWO_PEOPLE, b"person,manager\n201,106\n203,106\n204,106\n"):
        compare(adrian, uploaded(content), names=HEADINGS)


def test_a_check_that_was_applied_has_no_english(adrian: Client, compare: Compare) -> None:
    def seen_again(browser: Client) -> Any:
        Roster.objects.all().delete()
        tree = page_of(uploaded(TWO_PEOPLE)(browser))
        roster_page.apply(browser, tree)
        return browser.get(roster_page.address_of(tree))

    compare(adrian, seen_again)


def test_an_outdated_check_has_no_english(adrian: Client, compare: Compare) -> None:
    def outdated(browser: Client) -> Any:
        tree = page_of(uploaded(b"person,manager\n203,101\n")(browser))
        applied(browser)
        return browser.get(roster_page.address_of(tree))

    compare(adrian, outdated, names=HEADINGS)


def test_a_check_that_is_gone_has_no_english(adrian: Client, compare: Compare) -> None:
    compare(adrian, partial(Client.get, path="/roster/checks/999999/", follow=True), names=HEADINGS)


@pytest.mark.parametrize("fault", ["500", "429", "forbidden"])
def test_a_check_that_brightspace_interrupts_has_no_english(
    adrian: Client, compare: Compare, sandbox: Sandbox, fault: str
) -> None:
    for route in (USERS, USER):
        sandbox.control.add_fault(fault, route=route)
    compare(adrian, uploaded(TWO_PEOPLE), names=HEADINGS)
