"""The roster an admin uploads: checked, told, applied, and then the teams of the managers it names."""

import logging
import time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.html import Element
from pytest_django import Settings

from portal.rosters.models import Roster, RosterEntry
from portal.rosters.upload import lookup
from tests.conftest import ADRIAN, ALMA, GRACE, HELENA, INES, MAYA, SignIn
from tests.portal.team.reading import elements, names, page_of, rows, text, value, whole_team
from tests.sandbox.server import Sandbox

USERS, USER = "/d2l/api/lp/(version)/users/", "/d2l/api/lp/(version)/users/(userId)"
TWO = "person,manager\nana.novak,maya.okafor\n202,101\n"


@pytest.fixture
def file_roster(settings: Settings) -> None:
    settings.PORTAL_ROSTER = "file"


@pytest.fixture
def adrian(file_roster: None, sign_in: SignIn) -> Client:
    return sign_in(ADRIAN)


def checked(admin: Client, content: str | bytes, name: str = "team.csv") -> Element:
    data = content.encode() if isinstance(content, str) else content
    return page_of(admin.post("/roster/", {"roster": SimpleUploadedFile(name, data, "text/csv")}))


def problems(tree: Element) -> list[tuple[int, str, str]]:
    cells = [[text(cell) for cell in elements(row, "td")] for row in elements(tree, "tr")]
    return [(int(number), column, sentence) for number, column, sentence in (each for each in cells if each)]


def applied(admin: Client, tree: Element, **more: str) -> Element:
    [token] = elements(tree, "input", name="checked")
    return page_of(admin.post("/roster/", {"checked": value(token, "value"), **more}, follow=True))


def said(tree: Element) -> str:
    return text(elements(tree, "main")[0])


def in_force() -> set[tuple[int, int]]:
    newest = Roster.objects.first()
    return set(newest.entries.values_list("person_id", "manager_id")) if newest else set()


def test_a_roster_applied_is_the_managers_team(adrian: Client, sign_in: SignIn) -> None:
    tree = applied(adrian, checked(adrian, TWO))

    assert "The new roster is in use." in said(tree)
    assert "names 2 people and 1 manager" in said(tree)
    assert names(whole_team(sign_in(MAYA), "sort=name")) == ["Ana Novak", "Tomás Beltrán"]


def test_checking_stores_nothing(adrian: Client) -> None:
    tree = checked(adrian, TWO)

    assert "2 rows read: 2 people with 1 manager. Nothing has been changed." in said(tree)
    assert "Apply 2 rows" in [text(button) for button in elements(tree, "button")]
    assert not Roster.objects.exists()


def test_user_names_and_missing_names_are_looked_up_as_the_admin(adrian: Client, sandbox: Sandbox) -> None:
    adrian.get("/roster/")
    sandbox.control.clear_requests()
    applied(adrian, checked(adrian, "person,manager,name\nana.novak,maya.okafor,\n202,maya.okafor,Tom\n"))

    asked = sandbox.control.requests()
    assert {request.caller for request in asked} == {ADRIAN}
    assert {request.route for request in asked} == {USERS, USER}
    assert set(RosterEntry.objects.values_list("person_id", "name")) == {(201, "Ana Novak"), (202, "Tom")}


def test_accents_and_case_of_user_names_are_no_hindrance(adrian: Client) -> None:
    applied(adrian, checked(adrian, "person;manager\nTOMÁS.Beltrán;Maya.Okafor\n".encode("cp1252")))

    assert in_force() == {(202, MAYA)}


@pytest.mark.parametrize(
    ("row", "column", "sentence"),
    [
        (",101", "person", "The cell is empty."),
        ("999999,101", "person", "knows nobody with “999999” as an id or user name"),
        ("nobody.here,101", "person", "knows nobody with “nobody.here” as a user name"),
        ("203,007", "manager", "knows nobody with “007” as a user name"),
        ("203,99999999999999999999", "manager", "knows nobody with “99999999999999999999” as a user name"),
        ("203,203", "manager", "Linnéa Sjöberg cannot be their own manager."),
        ("203,linnéa.sjöberg", "manager", "Linnéa Sjöberg cannot be their own manager."),
        ("201,101", "person", "Ana Novak is in row 2 already."),
        ("ana.novak,106", "person", "Ana Novak is in row 2 already, under Maya Okafor."),
    ],
)
def test_a_row_that_cannot_be_used_is_told(adrian: Client, row: str, column: str, sentence: str) -> None:
    [(number, where, why)] = problems(checked(adrian, f"person,manager\n201,101\n202,101\n{row}\n"))

    assert (number, where) == (4, column)
    assert sentence in why


def test_a_circle_of_managers_is_told_in_each_of_its_rows(adrian: Client) -> None:
    found = problems(checked(adrian, "person,manager\n201,202\n202,203\n203,201\n204,201\n205,101\n"))

    assert [(row, column) for row, column, _ in found] == [(2, "manager"), (3, "manager"), (4, "manager")]
    assert "Ana Novak (row 2) → Tomás Beltrán (row 3) → Linnéa Sjöberg (row 4) → Ana Novak." in found[0][2]


def test_bad_rows_are_left_out_only_when_the_admin_says_so(adrian: Client) -> None:
    tree = checked(adrian, TWO + "nobody.here,101\n,\n203,101\n")
    assert "4 rows read: 3 people with 1 manager" in said(tree)
    assert "1 row with a problem" in said(tree)
    assert "say that they are to be left out" in said(applied(adrian, tree))
    assert in_force() == set()
    applied(adrian, tree, without_bad="on")
    assert in_force() == {(201, MAYA), (202, MAYA), (203, MAYA)}


def test_a_file_without_a_good_row_cannot_be_applied(adrian: Client) -> None:
    tree = checked(adrian, "person,manager\nnobody.here,101\n")

    assert elements(tree, "input", name="checked") == []
    assert "The file cannot be applied" in said(tree)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"person,boss\n1,2\n", "Row 1 has no column manager"),
        (b"PK\x03\x04", "save the sheet as CSV"),
        (b"\0\1\2\3", "not a text file"),
        (b"person,manager\n" + b"1,2\n" * 300_000, "larger than 1 MB"),
    ],
)
def test_a_file_that_is_no_roster_is_refused_beside_the_field(adrian: Client, content: bytes, sentence: str) -> None:
    [error] = elements(checked(adrian, content), id="roster-error")

    assert sentence in text(error)


def test_no_file_at_all_is_told(adrian: Client) -> None:
    assert "Choose a file first." in said(page_of(adrian.post("/roster/", {})))


def test_a_number_that_means_two_people_is_told(adrian: Client, sandbox: Sandbox) -> None:
    sandbox.control.patch_person(210, user_name="201")

    [(_, column, why)] = problems(checked(adrian, "person,manager\n201,101\n"))

    assert column == "person"
    assert "Several people match “201”" in why
    assert "Ana Novak and Mei-Ling Chen" in why


def test_user_names_that_are_numbers_are_found(adrian: Client, sandbox: Sandbox) -> None:
    sandbox.control.patch_person(210, user_name="1100081362")

    applied(adrian, checked(adrian, "person,manager,name\n1100081362,101,Mei\n"))

    assert in_force() == {(210, MAYA)}


def test_an_admin_whose_role_may_not_look_people_up_is_told_the_permission(adrian: Client, sandbox: Sandbox) -> None:
    sandbox.control.add_fault("forbidden", route=USERS, permission="Users.SearchUsers")

    [first, second] = problems(checked(adrian, "person,manager\nana.novak,maya.okafor\n"))

    assert (first[:2], second[:2]) == ((2, "manager"), (2, "person"))
    assert "the permission “Users.SearchUsers”" in first[2]


def test_the_next_check_goes_on_where_brightspace_stopped(adrian: Client, sandbox: Sandbox) -> None:
    fault = sandbox.control.add_fault("500", path="tom")
    tree = checked(adrian, "person,manager\nana.novak,101\ntomás.beltrán,101\n")
    assert "has not answered about 1 of the people" in said(tree)
    assert elements(tree, "input", name="checked") == []

    sandbox.control.remove_fault(fault)
    sandbox.control.clear_requests()
    tree = checked(adrian, "person,manager\nana.novak,101\ntomás.beltrán,101\n")

    assert elements(tree, "input", name="checked") != []
    assert {request.query.partition("%")[0] for request in sandbox.control.requests()} == {"userName=tom"}


def test_look_ups_stay_within_a_bound_and_ids_with_names_come_last(
    adrian: Client, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookup, "MAX_LOOKUPS", 3)
    adrian.get("/roster/")
    sandbox.control.clear_requests()

    tree = checked(adrian, "person,manager,name\n201,maya.okafor,Ana\n202,maya.okafor,Tom\n203,maya.okafor,Linn\n")

    assert len(sandbox.control.requests()) == 3
    assert "2 ids with a name were taken as written" in said(tree)
    assert "Apply 3 rows" in said(tree)


def test_a_file_that_says_nothing_new_is_told(adrian: Client) -> None:
    applied(adrian, checked(adrian, TWO))

    tree = checked(adrian, "manager;person\n101;tomás.beltrán\n101;201\n")

    assert "says the same as the roster in use" in said(tree)
    assert elements(tree, "input", name="checked") == []


def test_what_would_change_is_told_before_it_does(adrian: Client) -> None:
    applied(adrian, checked(adrian, TWO))

    tree = checked(adrian, "person,manager\n202,106\n203,101\n204,101\n")

    assert "2 added, 1 with another manager, 1 no longer in it" in said(tree)


def test_the_newest_roster_counts_at_once_and_older_ones_are_kept(adrian: Client, sign_in: SignIn) -> None:
    applied(adrian, checked(adrian, TWO))
    maya = sign_in(MAYA)
    whole_team(maya)

    applied(adrian, checked(adrian, "person,manager\n203,101\n"))

    assert [row.person_id for row in rows(page_of(maya.get("/team/")))] == [203]
    assert maya.get("/people/201/").status_code == 404
    assert Roster.objects.count() == 2


def test_pressing_apply_twice_applies_once(adrian: Client) -> None:
    tree = checked(adrian, TWO)
    applied(adrian, tree)

    assert "Another roster has been applied" in said(applied(adrian, tree))
    assert Roster.objects.count() == 1


def test_a_check_serves_only_the_admin_who_made_it(adrian: Client, sandbox: Sandbox, sign_in: SignIn) -> None:
    tree = checked(adrian, TWO)
    sandbox.control.patch_person(HELENA, role="admin")
    sandbox.world.enrol(HELENA, sandbox.world.organisation.org_unit_id, "admin")

    assert "was not made by you" in said(applied(sign_in(HELENA), tree))
    assert not Roster.objects.exists()


@pytest.mark.parametrize("token", ["", "nonsense", "a:b:c"])
def test_a_check_that_nobody_made_applies_nothing(adrian: Client, token: str) -> None:
    tree = page_of(adrian.post("/roster/", {"checked": token}, follow=True))

    assert "too old or was not made by you" in said(tree)
    assert not Roster.objects.exists()


def test_a_check_serves_for_an_hour(adrian: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = checked(adrian, TWO)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 3700)

    assert "too old" in said(applied(adrian, tree))
    assert not Roster.objects.exists()


@pytest.mark.parametrize("person", [MAYA, INES, ALMA, GRACE, 201])
def test_the_page_does_not_exist_for_anybody_but_admins(file_roster: None, sign_in: SignIn, person: int) -> None:
    browser = sign_in(person)

    assert browser.get("/roster/").status_code == 404
    assert browser.post("/roster/", {"checked": "x"}).status_code == 404
    assert 'href="/roster/"' not in browser.get("/team/").content.decode()


def test_whoever_is_not_signed_in_is_led_to_sign_in(file_roster: None, client: Client, db: None) -> None:
    assert client.get("/roster/", SERVER_NAME="localhost").headers["Location"] == "/signin/?next=%2Froster%2F"


def test_with_another_provider_there_is_no_roster_page(sign_in: SignIn) -> None:
    browser = sign_in(ADRIAN)

    assert browser.get("/roster/").status_code == 404
    assert 'href="/roster/"' not in browser.get("/team/").content.decode()


def test_the_navigation_names_the_page_without_a_call_of_its_own(adrian: Client, sandbox: Sandbox) -> None:
    adrian.get("/team/")
    sandbox.control.clear_requests()

    assert 'href="/roster/"' in adrian.get(f"/people/{ADRIAN}/").content.decode()
    assert sandbox.control.requests() == []


def test_signing_in_works_when_roles_cannot_be_read(file_roster: None, sandbox: Sandbox, sign_in: SignIn) -> None:
    sandbox.control.add_fault("500", route="/d2l/api/lp/(version)/enrollments/myenrollments/")
    browser = sign_in(ADRIAN)
    sandbox.control.clear_faults()

    assert 'href="/roster/"' not in browser.get("/team/").content.decode()
    assert browser.get("/roster/").status_code == 200
    assert 'href="/roster/"' in browser.get("/team/").content.decode()


def test_markup_and_formulas_in_a_file_are_text(adrian: Client, sign_in: SignIn) -> None:
    names_given = '201,101,<script>alert(1)</script>\n202,101,"=HYPERLINK(""x"")"\n<b>x</b>,101,\n'
    tree = checked(adrian, "person,manager,name\n" + names_given, name="<i>.csv")
    assert elements(tree, "b") == []

    applied(adrian, tree, without_bad="on")
    maya = sign_in(MAYA)

    assert "<script>alert(1)" not in maya.get("/team/").content.decode()
    assert "'=HYPERLINK" in maya.get("/team/export.csv").content.decode()


def test_applying_is_logged_without_names(adrian: Client, caplog: pytest.LogCaptureFixture) -> None:
    tree: Any = checked(adrian, TWO)
    with caplog.at_level(logging.INFO, logger="portal.rosters"):
        applied(adrian, tree)

    [line] = [record.getMessage() for record in caplog.records if "applied roster" in record.getMessage()]
    assert line.startswith(f"Person {ADRIAN} applied roster")
