"""The check of an uploaded roster: who is looked up, and what is said of each row."""

import pytest
from django.test import Client

from portal.rosters.models import Roster, RosterEntry
from tests.conftest import ADRIAN
from tests.portal.rosters.roster_page import (
    TWO_PEOPLE,
    address_of,
    apply,
    can_be_applied,
    check,
    main_text,
    problems,
    submit,
)
from tests.portal.team.reading import elements, page_of, text, value
from tests.sandbox.server import Sandbox

USERS, USER = "/d2l/api/lp/(version)/users/", "/d2l/api/lp/(version)/users/(userId)"


def test_checking_a_file_puts_nothing_in_use(adrian: Client) -> None:
    tree = check(adrian, TWO_PEOPLE)

    assert "2 rows read: 2 people with 1 manager. Nothing has been changed." in main_text(tree)
    assert "Apply 2 rows" in [text(button) for button in elements(tree, "button")]
    assert not Roster.objects.exists()


def test_people_are_looked_up_as_the_admin_and_keep_brightspaces_names(adrian: Client, sandbox: Sandbox) -> None:
    adrian.get("/roster/")
    sandbox.control.clear_requests()
    apply(adrian, check(adrian, "person,manager,name\nana.novak,maya.okafor,\n202,maya.okafor,Tom\n"))

    requests = sandbox.control.requests()
    assert {request.caller for request in requests} == {ADRIAN}
    assert {request.route for request in requests} == {USERS, USER}
    assert set(RosterEntry.objects.values_list("person_id", "name")) == {
        (201, "Ana Novak"),
        (202, "Tomás Beltrán"),
    }


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        (",101", "person", "The cell is empty."),
        ("999999,101", "person", "knows nobody with “999999” as an id, user name or OrgDefinedId"),
        ("nobody.here,101", "person", "knows nobody with “nobody.here” as a user name"),
        ("203,007", "manager", "knows nobody with “007” as a user name"),
        ("203,99999999999999999999", "manager", "knows nobody with “99999999999999999999” as a user name"),
        ("203,203", "manager", "Linnéa Sjöberg cannot be their own manager."),
        ("203,linnéa.sjöberg", "manager", "Linnéa Sjöberg cannot be their own manager."),
        ("201,", "person", "Ana Novak is in row 2 already, under Maya Okafor."),
        ("ana.novak,106", "person", "Ana Novak is in row 2 already, under Maya Okafor."),
    ],
)
def test_a_row_that_cannot_be_used_is_listed_with_the_reason(
    adrian: Client, row: str, column: str, message: str
) -> None:
    [(number, where, reason)] = problems(check(adrian, f"person,manager\n201,101\n202,101\n{row}\n"))

    assert (number, where) == (4, column)
    assert message in reason


def test_a_circle_of_managers_is_a_problem_of_each_of_its_rows(adrian: Client) -> None:
    found = problems(check(adrian, "person,manager\n201,202\n202,203\n203,201\n204,201\n205,101\n"))

    assert [(row, column) for row, column, _ in found] == [(2, "manager"), (3, "manager"), (4, "manager")]
    assert "Ana Novak (row 2) → Tomás Beltrán (row 3) → Linnéa Sjöberg (row 4) → Ana Novak." in found[0][2]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty."),
        (b"person,boss\n1,2\n", "Row 1 has no column manager"),
        (b"PK\x03\x04", "save the sheet as CSV"),
        (b"\0\1\2\3", "not a text file"),
        (b"person,manager\n" + b"1,2\n" * 200_001, "more than 200,000 rows"),
        (b"person,manager\r\n", "The file has headings but no rows."),
    ],
)
def test_a_file_that_is_no_roster_is_refused_beside_the_field(adrian: Client, content: bytes, message: str) -> None:
    [error] = elements(check(adrian, content), id="roster-error")

    assert message in text(error)


def test_a_form_without_a_file_asks_for_one(adrian: Client) -> None:
    assert "Choose a file first." in main_text(page_of(adrian.post("/roster/", {})))


def test_a_number_that_means_two_people_is_a_problem(adrian: Client, sandbox: Sandbox) -> None:
    sandbox.control.patch_person(210, user_name="201")

    [(_, column, reason)] = problems(check(adrian, "person,manager\n201,101\n"))

    assert column == "person"
    assert "Several people match “201”" in reason
    assert "Ana Novak and Mei-Ling Chen" in reason


def test_the_check_names_the_permission_that_looking_people_up_needs(adrian: Client, sandbox: Sandbox) -> None:
    sandbox.control.add_fault("forbidden", route=USERS, permission="Users.SearchUsers")

    [first, second] = problems(check(adrian, "person,manager\nana.novak,maya.okafor\n"))

    assert (first[:2], second[:2]) == ((2, "manager"), (2, "person"))
    assert "the permission “Users.SearchUsers”" in first[2]


def test_the_check_goes_on_where_brightspace_stopped(adrian: Client, sandbox: Sandbox) -> None:
    fault = sandbox.control.add_fault("500", path="userName=tom")
    tree = check(adrian, "person,manager\nana.novak,101\ntomás.beltrán,101\n")
    assert "has not answered about 1 of the people" in main_text(tree)
    assert not can_be_applied(tree)

    sandbox.control.remove_fault(fault)
    sandbox.control.clear_requests()
    tree = submit(adrian, tree, "continue-form")

    assert can_be_applied(tree)
    queries = {request.query.partition("%")[0] for request in sandbox.control.requests()}
    assert queries <= {"userName=tom", "orgDefinedId=tom"}


def test_the_next_check_of_a_file_looks_nobody_up_again_who_was_found(adrian: Client, sandbox: Sandbox) -> None:
    check(adrian, "person,manager\n201,101\n")
    sandbox.control.clear_requests()

    assert can_be_applied(check(adrian, "person,manager\n201,101\n202,101\n"))
    requests = sandbox.control.requests()
    assert {request.path.rpartition("/")[2] for request in requests if request.route == USER} == {"202"}
    assert {request.query for request in requests if request.route == USERS} == {"userName=202", "orgDefinedId=202"}


def test_a_file_that_says_nothing_new_cannot_be_applied(adrian: Client) -> None:
    apply(adrian, check(adrian, TWO_PEOPLE))

    tree = check(adrian, "manager;person\n101;tomás.beltrán\n101;201\n")

    assert "says the same as the roster in use" in main_text(tree)
    assert not can_be_applied(tree)


def test_the_check_counts_what_applying_would_change(adrian: Client) -> None:
    apply(adrian, check(adrian, TWO_PEOPLE))

    tree = check(adrian, "person,manager\n202,106\n203,101\n204,101\n")

    assert "2 added, 1 with another manager, 1 no longer in it" in main_text(tree)


def test_problems_of_one_kind_can_be_shown_alone(adrian: Client) -> None:
    tree = check(adrian, "person,manager\nnobody.here,101\n203,203\nnobody.there,101\n,101\n201,101\n")
    links = {text(link): value(link, "href") for link in elements(tree, "a", class_="chip")}
    assert list(links) == ["all 4", "nobody found 2", "own manager 1", "wrong value 1"]

    tree = page_of(adrian.get(address_of(tree) + links["nobody found 2"]))

    assert [row for row, _, _ in problems(tree)] == [2, 4]
    assert [text(link) for link in elements(tree, "a", class_="chip", aria_current="true")] == ["nobody found 2"]


@pytest.mark.parametrize("query", ["kind=x", "problems=99", "problems=x", "managers=0", "differences=-1", "readings=1"])
def test_a_page_of_a_list_that_is_not_there_is_the_nearest_one(adrian: Client, query: str) -> None:
    tree = check(adrian, TWO_PEOPLE + "203,203\n")

    tree = page_of(adrian.get(f"{address_of(tree)}?{query}"))

    assert [row for row, _, _ in problems(tree)] == [4]
