"""Large roster files: read whole, and looked up in steps that stay within Brightspace's budget."""

import time

import pytest
from django.test import Client
from django.test.html import Element
from pytest_django import Settings

from portal.brightspace.ratelimit import background_calls_per_minute, reserve_for_background
from portal.rosters.models import Roster
from portal.rosters.upload import lookup, steps
from tests.conftest import MAYA
from tests.portal.rosters.roster_page import (
    address_of,
    apply,
    can_be_applied,
    check,
    main_text,
    problems,
    rows_in_use,
    submit,
)
from tests.portal.team.reading import FRAGMENT, elements, page_of, text, value
from tests.sandbox.models.people import Person
from tests.sandbox.server import Sandbox

USERS = "/d2l/api/lp/(version)/users/"
FIRST = 100_000


def add_people(sandbox: Sandbox, number: int) -> list[str]:
    """Give the sandbox so many more people; returns their user names."""
    names = [f"employee.{at:06}@northfield.example" for at in range(number)]
    for at, name in enumerate(names):
        sandbox.world.add_person(Person(FIRST + at, "Employee", str(at), f"Employee {at}", name))
    sandbox.control.set_switches(page_size=1_000)
    return names


def finished(admin: Client, tree: Element, most: int = 30) -> Element:
    """The check once everybody has been looked up."""
    for _ in range(most):
        if not elements(tree, "form", id="continue-form"):
            return tree
        tree = submit(admin, tree, "continue-form")
    raise AssertionError(main_text(tree))


def test_twelve_thousand_user_names_are_looked_up_in_the_list_of_all_users(adrian: Client, sandbox: Sandbox) -> None:
    names = add_people(sandbox, 12_000)
    rows = "".join(f"{name},maya.okafor\n" for name in names)
    sandbox.control.clear_requests()

    tree = finished(adrian, check(adrian, f"person,manager\n{rows}"))

    assert "12,000 rows read: 12,000 people with 1 manager." in main_text(tree)
    assert problems(tree) == []
    assert len([request for request in sandbox.control.requests() if request.route == USERS]) < 20
    apply(adrian, tree)
    assert Roster.objects.get().entries.count() == 12_000


def test_fifty_thousand_rows_are_read_and_applied(adrian: Client, sandbox: Sandbox) -> None:
    names = add_people(sandbox, 1_000)
    rows = "".join(f"{names[at] if at < 1_000 else f'nobody{at}'},101\n" for at in range(50_000))

    tree = finished(adrian, check(adrian, f"person,manager\n{rows}"))

    assert "50,000 rows read: 1,000 people with 1 manager, 49,000 rows with a problem." in main_text(tree)
    assert len(problems(tree)) == 50
    assert "Page 1 of 980" in main_text(tree)
    apply(adrian, tree, without_bad="on")
    assert Roster.objects.get().entries.count() == 1_000


def test_the_list_of_all_users_shows_who_is_meant_by_a_number_twice(
    adrian: Client, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookup, "MAX_LOOKUPS", 8)
    sandbox.control.patch_person(210, org_defined_id="201")

    tree = finished(adrian, check(adrian, "person,manager\n201,101\n202,101\nE000203,101\nnobody,101\n"))

    assert [(row, column) for row, column, _ in problems(tree)] == [(2, "person"), (5, "person")]
    assert "Ana Novak (id), Mei-Ling Chen (OrgDefinedId)" in problems(tree)[0][2]
    apply(adrian, tree, without_bad="on")
    assert rows_in_use() == {(202, MAYA), (203, MAYA)}


def test_a_step_makes_no_more_calls_than_its_bound(
    adrian: Client, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookup, "MAX_LOOKUPS", 3)
    monkeypatch.setattr(lookup, "LIST_SHARE", 1)
    sandbox.control.set_switches(page_size=10)
    adrian.get("/roster/")
    sandbox.control.clear_requests()

    tree = check(adrian, "person,manager,name\n201,maya.okafor,Ana\n202,maya.okafor,Tom\n203,maya.okafor,Linn\n")

    assert len(sandbox.control.requests()) == 3
    assert "30 users of Brightspace have been read." in main_text(tree)
    assert can_be_applied(finished(adrian, tree))


def test_the_list_of_all_users_is_given_up_when_it_costs_more_than_a_tenth(
    adrian: Client, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookup, "MAX_LOOKUPS", 9)
    sandbox.control.set_switches(page_size=1)
    adrian.get("/roster/")
    sandbox.control.clear_requests()

    tree = finished(adrian, check(adrian, "person,manager\n201,101\n202,101\n203,101\n204,101\n"))

    assert can_be_applied(tree)
    pages = [each for each in sandbox.control.requests() if each.route == USERS and "Name" not in each.query]
    assert len([page for page in pages if "orgDefinedId" not in page.query]) == 2


def test_a_refused_list_names_the_permission_in_every_row(
    adrian: Client, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookup, "MAX_LOOKUPS", 2)
    sandbox.control.add_fault("forbidden", route=USERS, permission="Users.SearchUsers")

    tree = finished(adrian, check(adrian, "person,manager\nana.novak,maya.okafor\n"))

    assert [column for _, column, _ in problems(tree)] == ["manager", "person"]
    assert "the permission “Users.SearchUsers”" in problems(tree)[0][2]


def test_the_page_goes_on_by_itself_and_says_how_far_it_got(
    adrian: Client, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookup, "MAX_LOOKUPS", 3)
    monkeypatch.setattr(lookup, "LIST_SHARE", 1)
    sandbox.control.set_switches(page_size=10)
    tree = check(adrian, "person,manager\n201,101\n202,101\n203,101\n")

    [form] = elements(tree, "form", id="continue-form")
    assert value(form, "hx-trigger") == "submit, load delay:1s"
    assert "30 users of Brightspace have been read." in main_text(tree)
    fragment = page_of(adrian.post(value(form, "hx-post"), headers=FRAGMENT, follow=True))

    assert elements(fragment, "main") == []
    assert len(elements(fragment, "div", id="check")) == 1


def test_a_check_can_be_left_and_found_again(adrian: Client, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(lookup, "MAX_LOOKUPS", 3)
        patched.setattr(lookup, "LIST_SHARE", 1)
        sandbox.control.set_switches(page_size=10)
        tree = check(adrian, "person,manager\n201,101\n202,101\n203,101\n", name="june.csv")

    roster = page_of(adrian.get("/roster/"))
    [link] = [each for each in elements(roster, "a") if text(each) == "june.csv"]
    assert value(link, "href") == address_of(tree)
    assert "looking people up" in main_text(roster)
    again = page_of(adrian.get(value(link, "href")))

    assert can_be_applied(finished(adrian, again))


def test_a_check_that_makes_no_progress_does_not_go_on_by_itself(adrian: Client, sandbox: Sandbox) -> None:
    sandbox.control.add_fault("500", route=USERS)

    tree = check(adrian, "person,manager\nana.novak,maya.okafor\n")

    [form] = elements(tree, "form", id="continue-form")
    assert value(form, "hx-trigger") == ""
    assert "It does not go on by itself" in main_text(tree)
    assert "Brightspace has not answered about 2 of the people named in the file." in main_text(tree)


def test_what_a_file_needs_beyond_its_first_step_is_taken_from_the_share_of_background_work(
    adrian: Client, sandbox: Sandbox, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.BRIGHTSPACE_CREDITS_A_MINUTE = 1_000
    monkeypatch.setattr(lookup, "MAX_LOOKUPS", 3)
    monkeypatch.setattr(lookup, "LIST_SHARE", 1)
    sandbox.control.set_switches(page_size=10)
    tree = check(adrian, "person,manager\n201,101\n202,101\n203,101\n")
    while time.time() % 60 > 55:
        time.sleep(0.5)  # so that the minute does not end between the two lines below
    reserve_for_background(background_calls_per_minute())

    tree = submit(adrian, tree, "continue-form")

    [form] = elements(tree, "form", id="continue-form")
    assert value(form, "hx-trigger").startswith("submit, load delay:")
    assert "It goes on by itself in" in main_text(tree)


def test_a_step_ends_in_time_for_the_page(adrian: Client, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "STEP_SECONDS", 0.5)
    adrian.get("/roster/")
    sandbox.control.set_latency(300, route=USERS)
    started = time.monotonic()

    tree = check(adrian, "person,manager\n" + "".join(f"user{at},101\n" for at in range(60)))

    assert time.monotonic() - started < 3
    assert "of the 61 people and managers in the file have been looked up." in main_text(tree)
    [progress] = elements(tree, "progress")
    assert value(progress, "max") == "61"
    assert int(value(progress, "value")) < 61
