"""What applying a file changes: told by manager and by name before it is applied, and confirmed when it is much."""

import pytest
from django.test import Client

from portal.brightspace.gateway import CachePolicy, Gateway
from portal.rosters.models import Roster
from portal.rosters.providers.file import FileProvider
from tests.conftest import GRACE, HELENA, MAYA, SignIn
from tests.portal.rosters.roster_page import (
    TWO_PEOPLE,
    address_of,
    apply,
    can_be_applied,
    cells,
    check,
    main_text,
    rows_in_use,
    submit,
)
from tests.portal.team.reading import elements, page_of
from tests.sandbox.server import Sandbox

ELEVEN = "person,manager\n" + "".join(f"{person},101\n" for person in range(201, 212))


def second_admin(sandbox: Sandbox, sign_in: SignIn) -> Client:
    sandbox.control.patch_person(HELENA, role="admin")
    sandbox.world.enrol(HELENA, sandbox.world.organisation.org_unit_id, "admin")
    return sign_in(HELENA)


def test_the_first_roster_shows_whom_each_manager_gains(adrian: Client) -> None:
    tree = check(adrian, "person,manager\nana.novak,maya.okafor\n202,101\n203,106\n")

    assert "No roster is in use yet, so everybody in the file is new." in main_text(tree)
    assert cells(tree, "changes") == [
        ["Maya Okafor", "Ana Novak, Tomás Beltrán", "–"],
        ["Grace Achebe", "Linnéa Sjöberg", "–"],
    ]


def test_the_check_shows_who_gains_and_who_loses_whom(adrian: Client) -> None:
    apply(adrian, check(adrian, "person,manager\n201,101\n202,101\n203,106\n"))

    tree = check(adrian, "person,manager\n201,101\n202,106\n204,102\n")

    assert "1 added, 1 with another manager, 1 no longer in it" in main_text(tree)
    assert cells(tree, "changes") == [
        ["Grace Achebe", "Tomás Beltrán", "Linnéa Sjöberg"],
        ["Helena Marsh", "Priya Kapoor", "–"],
        ["Maya Okafor", "–", "Tomás Beltrán"],
    ]


def test_a_file_that_moves_up_to_a_tenth_needs_no_confirmation(adrian: Client) -> None:
    apply(adrian, check(adrian, ELEVEN))

    tree = check(adrian, ELEVEN.replace("211,101", "211,106"))

    assert elements(tree, "input", name="confirmed") == []
    apply(adrian, tree)
    assert (211, GRACE) in rows_in_use()


@pytest.mark.parametrize("number", ["", "1", "3", "two", "-2", "2.5", "9" * 400])
def test_a_file_that_moves_more_than_a_tenth_needs_the_number_to_be_typed(adrian: Client, number: str) -> None:
    apply(adrian, check(adrian, ELEVEN))
    before = rows_in_use()
    tree = check(adrian, ELEVEN.replace("211,101", "211,106").replace("210,101\n", ""))
    assert "2 of the 11 people in the roster in use would get another manager or leave it." in main_text(tree)

    tree = apply(adrian, tree, confirmed=number)

    assert "Nothing has been applied: type the number 2" in main_text(tree)
    assert rows_in_use() == before
    apply(adrian, tree, confirmed=" 2 ")
    assert rows_in_use() == before - {(211, MAYA), (210, MAYA)} | {(211, GRACE)}


def test_people_who_are_added_do_not_move(adrian: Client) -> None:
    apply(adrian, check(adrian, TWO_PEOPLE))

    tree = check(adrian, ELEVEN)

    assert elements(tree, "input", name="confirmed") == []


def test_a_large_number_can_be_typed_as_it_is_shown(adrian: Client, sandbox: Sandbox) -> None:
    apply(adrian, check(adrian, TWO_PEOPLE))
    roster = Roster.objects.get()
    roster.entries.bulk_create(
        type(roster.entries.get(person_id=201))(roster=roster, person_id=at, manager_id=1) for at in range(5_000, 6_500)
    )

    tree = check(adrian, "person,manager\n203,101\n")

    assert "Type 1,502 to confirm." in main_text(tree)
    apply(adrian, tree, confirmed="1,502")
    assert rows_in_use() == {(203, MAYA)}


def test_a_roster_applied_meanwhile_makes_the_check_compare_again(
    adrian: Client, sandbox: Sandbox, sign_in: SignIn
) -> None:
    mine = check(adrian, TWO_PEOPLE)
    apply(second_admin(sandbox, sign_in), check(second_admin(sandbox, sign_in), "person,manager\n203,106\n"))

    tree = apply(adrian, mine)

    assert "Another roster has been applied since this file was checked." in main_text(tree)
    assert not can_be_applied(tree)
    assert rows_in_use() == {(203, GRACE)}
    tree = submit(adrian, tree, "compare-form")
    assert "2 added, 0 with another manager, 1 no longer in it" in main_text(tree)
    apply(adrian, tree)
    assert rows_in_use() == {(201, MAYA), (202, MAYA)}


def test_of_two_checks_of_one_admin_the_first_applied_wins(adrian: Client) -> None:
    first, second = check(adrian, TWO_PEOPLE), check(adrian, "person,manager\n203,101\n")

    apply(adrian, second)
    apply(adrian, first)

    assert rows_in_use() == {(203, MAYA)}


def test_a_change_of_brightspaces_name_alone_can_be_applied(adrian: Client, sandbox: Sandbox) -> None:
    apply(adrian, check(adrian, TWO_PEOPLE))
    sandbox.control.patch_person(201, display_name="Ana Novak-Reid")
    Roster.objects.get().entries.filter(person_id=201).update(name="Ana N.")

    tree = check(adrian, TWO_PEOPLE)

    assert can_be_applied(tree)
    assert "0 added, 0 with another manager, 0 no longer in it" in main_text(tree)


def test_the_file_provider_says_who_has_left(adrian: Client, sandbox: Sandbox, sign_in: SignIn) -> None:
    sandbox.control.patch_person(202, is_active=False)
    apply(adrian, check(adrian, TWO_PEOPLE))
    sign_in(MAYA)

    people = FileProvider().direct_reports(Gateway(MAYA), CachePolicy.CACHE_ONLY)

    assert {(person.person_id, person.is_active) for person in people} == {(201, True), (202, False)}


@pytest.mark.parametrize("action", ["encoding", "continue", "names", "compare", "apply"])
def test_opening_the_address_of_an_action_leads_to_the_check(adrian: Client, action: str) -> None:
    tree = check(adrian, TWO_PEOPLE)

    answer = adrian.get(f"{address_of(tree)}{action}/")

    assert answer.headers["Location"] == address_of(tree)


@pytest.mark.parametrize("action", ["", "encoding/", "continue/", "names/", "compare/", "apply/"])
def test_an_applied_check_stays_as_it_is(adrian: Client, action: str) -> None:
    tree = check(adrian, TWO_PEOPLE)
    apply(adrian, tree)
    address = f"{address_of(tree)}{action}"

    answer = adrian.post(address, {"encoding": "cp1252"}, follow=True) if action else adrian.get(address)

    assert "This file has been applied." in main_text(page_of(answer))
    assert Roster.objects.count() == 1


def test_uploading_leads_to_the_address_of_the_check(adrian: Client) -> None:
    tree = check(adrian, TWO_PEOPLE, name="june <1>.csv")

    assert "Check of june <1>.csv" in main_text(tree)
    assert "You can leave this page: the check is kept until" in main_text(tree)
    assert main_text(page_of(adrian.get(address_of(tree)))) == main_text(tree)
