"""A checked roster put in use: once, by the admin who checked it, and at once for the managers it names."""

import logging
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from portal.rosters.models import Roster, RosterCheck
from tests.conftest import ADRIAN, HELENA, MAYA, SignIn
from tests.portal.rosters.roster_page import (
    TWO_PEOPLE,
    address_of,
    apply,
    can_be_applied,
    check,
    main_text,
    rows_in_use,
)
from tests.portal.team.reading import elements, names, page_of, rows, whole_team
from tests.sandbox.server import Sandbox


def test_a_roster_applied_is_the_managers_team(adrian: Client, sign_in: SignIn) -> None:
    tree = apply(adrian, check(adrian, TWO_PEOPLE))

    assert "The new roster is in use." in main_text(tree)
    assert "names 2 people and 1 manager" in main_text(tree)
    assert names(whole_team(sign_in(MAYA), "sort=name")) == ["Ana Novak", "Tomás Beltrán"]


def test_accents_and_case_of_user_names_are_no_hindrance(adrian: Client) -> None:
    apply(adrian, check(adrian, "person;manager\nTOMÁS.Beltrán;Maya.Okafor\n".encode("cp1252")))

    assert rows_in_use() == {(202, MAYA)}


def test_bad_rows_are_left_out_only_when_the_admin_agrees(adrian: Client) -> None:
    tree = check(adrian, TWO_PEOPLE + "nobody.here,101\n,\n203,101\n")
    assert "4 rows read: 3 people with 1 manager" in main_text(tree)
    assert "1 row with a problem" in main_text(tree)
    assert "say that they are to be left out" in main_text(apply(adrian, tree))
    assert rows_in_use() == set()
    apply(adrian, tree, without_bad="on")
    assert rows_in_use() == {(201, MAYA), (202, MAYA), (203, MAYA)}


def test_a_file_without_a_good_row_cannot_be_applied(adrian: Client) -> None:
    tree = check(adrian, "person,manager\nnobody.here,101\n")

    assert not can_be_applied(tree)
    assert "The file cannot be applied" in main_text(tree)


def test_user_names_that_are_numbers_are_found(adrian: Client, sandbox: Sandbox) -> None:
    sandbox.control.patch_person(210, user_name="1100081362")

    apply(adrian, check(adrian, "person,manager,name\n1100081362,101,Mei\n"))

    assert rows_in_use() == {(210, MAYA)}


def test_the_newest_roster_counts_at_once_and_older_ones_are_kept(adrian: Client, sign_in: SignIn) -> None:
    apply(adrian, check(adrian, TWO_PEOPLE))
    maya = sign_in(MAYA)
    whole_team(maya)

    apply(adrian, check(adrian, "person,manager\n203,101\n"))

    assert [row.person_id for row in rows(page_of(maya.get("/team/")))] == [203]
    assert maya.get("/people/201/").status_code == 404
    assert Roster.objects.count() == 2


def test_pressing_apply_twice_applies_once(adrian: Client) -> None:
    tree = check(adrian, TWO_PEOPLE)
    apply(adrian, tree)

    assert "Another roster has been applied" in main_text(apply(adrian, tree))
    assert Roster.objects.count() == 1


def test_a_check_serves_only_the_admin_who_made_it(adrian: Client, sandbox: Sandbox, sign_in: SignIn) -> None:
    tree = check(adrian, TWO_PEOPLE)
    sandbox.control.patch_person(HELENA, role="admin")
    sandbox.world.enrol(HELENA, sandbox.world.organisation.org_unit_id, "admin")

    assert "was not made by you" in main_text(apply(sign_in(HELENA), tree))
    assert not Roster.objects.exists()


@pytest.mark.parametrize("check_id", ["0", "999999", str(2**63 - 1)])
def test_a_check_that_nobody_made_applies_nothing(adrian: Client, check_id: str) -> None:
    tree = page_of(adrian.post(f"/roster/checks/{check_id}/apply/", follow=True))

    assert "too old or was not made by you" in main_text(tree)
    assert not Roster.objects.exists()


def test_a_check_serves_for_a_day(adrian: Client) -> None:
    tree = check(adrian, TWO_PEOPLE)
    RosterCheck.objects.update(created_at=timezone.now() - timedelta(hours=23, minutes=59))
    assert can_be_applied(page_of(adrian.get(address_of(tree))))

    RosterCheck.objects.update(created_at=timezone.now() - timedelta(hours=24, minutes=1))

    assert "too old" in main_text(apply(adrian, tree))
    assert not Roster.objects.exists()
    assert not RosterCheck.objects.exists()


def test_markup_and_formulas_in_a_file_are_text(adrian: Client, sandbox: Sandbox, sign_in: SignIn) -> None:
    sandbox.control.patch_person(201, display_name="<script>alert(2)</script>")
    sandbox.control.patch_person(202, display_name='=HYPERLINK("x")')
    names_given = '201,101,<script>alert(1)</script>\n202,101,"=HYPERLINK(""x"")"\n<b>x</b>,101,\n'
    tree = check(adrian, "person,manager,name\n" + names_given, name="<i>.csv")
    assert elements(tree, "b") == elements(tree, "i") == []

    apply(adrian, tree, without_bad="on")
    maya = sign_in(MAYA)

    assert "<script>alert(" not in maya.get("/team/").content.decode()
    assert "'=HYPERLINK" in maya.get("/team/export.csv").content.decode()


def test_applying_is_logged_without_names(adrian: Client, caplog: pytest.LogCaptureFixture) -> None:
    tree = check(adrian, TWO_PEOPLE)
    with caplog.at_level(logging.INFO, logger="portal.rosters"):
        apply(adrian, tree)

    [line] = [record.getMessage() for record in caplog.records if "applied roster" in record.getMessage()]
    assert line.startswith(f"Person {ADRIAN} applied roster")
