"""Whatever Brightspace does, a page says what is missing, and one person's trouble is nobody else's."""

import re
from functools import partial

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from portal.brightspace.cache import PersonCache
from portal.brightspace.ratelimit import rate_limit
from portal.team import views
from tests.conftest import MAYA
from tests.portal import faults
from tests.portal.faults import Fault, cell, compact, leaks, rows
from tests.sandbox.server import Sandbox

HTMX = {"HX-Request": "true"}
BOARD = "/team/?figures=0.0"
PANELS = ("/people/201/?panel=cpd", "/people/201/?panel=content")
# Whose answers from which route are disturbed, and the figure that is made of them.
DISTURBED = {
    201: (faults.PROGRESS, "cpd"),
    202: (faults.RECORDS, "last"),
    203: (faults.OVERDUE, "overdue"),
    204: (faults.ENROLMENTS, "courses"),
    207: (faults.CONTENT, "courses"),
}
SPARED = (208,)
EVERY_FAULT = faults.FAILURES | faults.SLOW | faults.REFUSALS | faults.UNGRANTED | faults.ABSENCES | faults.LIMITS
undisturbed: dict[int, str] = {}

each = partial(pytest.mark.parametrize, "fault")


@pytest.fixture
def viewer(maya: Client, sandbox: Sandbox) -> Client:
    """Maya's, with a team of six in two courses each."""
    sandbox.control.set_auditees(MAYA, [*DISTURBED, *SPARED])
    for person in (*DISTURBED, *SPARED):
        courses = sandbox.world.enrolments_of(person)
        for course in sorted(courses)[3:]:  # the first is the organisation
            del courses[course]
    if not undisturbed:
        undisturbed.update(rows(maya.get(BOARD, headers=HTMX)))
        cache.clear()
    return maya


def disturb_one_figure_each(sandbox: Sandbox, fault: Fault) -> None:
    for person, (route, _) in DISTURBED.items():
        sandbox.control.add_fault(fault[0], route=route, subject=person, **fault[1])


def test_the_undisturbed_board_is_complete(viewer: Client) -> None:
    assert set(undisturbed) == {*DISTURBED, *SPARED}
    assert not any("skeleton" in row or "no data" in row or "not visible" in row for row in undisturbed.values())


@each(faults.FAILURES.values(), ids=faults.FAILURES)
def test_a_failure_shows_where_it_happened_and_nowhere_else(viewer: Client, sandbox: Sandbox, fault: Fault) -> None:
    disturb_one_figure_each(sandbox, fault)
    board = rows(viewer.get(BOARD, headers=HTMX))

    assert {person: board[person] for person in SPARED} == {person: undisturbed[person] for person in SPARED}
    for person, (_, figure) in DISTURBED.items():
        assert "<summary>no data</summary>" in cell(board[person], figure)
        assert_only(figure, board[person], undisturbed[person])


def assert_only(figure: str, row: str, before: str) -> None:
    """No other figure of the row differs from before."""
    others = {"cpd", "courses", "overdue", "last"} - {figure}
    assert {key: cell(row, key) for key in others} == {key: cell(before, key) for key in others}


@each(faults.REFUSALS.values(), ids=faults.REFUSALS)
def test_who_is_refused_is_not_visible_and_counts_as_nothing(viewer: Client, sandbox: Sandbox, fault: Fault) -> None:
    disturb_one_figure_each(sandbox, fault)
    board = rows(viewer.get(BOARD, headers=HTMX))

    assert {person: board[person] for person in SPARED} == {person: undisturbed[person] for person in SPARED}
    for person, (_, figure) in DISTURBED.items():
        shown = cell(board[person], figure)
        assert "<summary>not visible</summary><p>Brightspace does not let you see" in shown
        assert "<b>" not in shown


def test_who_is_unknown_has_no_data(viewer: Client, sandbox: Sandbox) -> None:
    disturb_one_figure_each(sandbox, faults.ABSENCES["404"])
    board = rows(viewer.get(BOARD, headers=HTMX))

    assert {person: board[person] for person in SPARED} == {person: undisturbed[person] for person in SPARED}
    for person, (_, figure) in DISTURBED.items():
        assert "<summary>no data</summary><p>Brightspace has no " in cell(board[person], figure)


@each(faults.UNGRANTED.values(), ids=faults.UNGRANTED)
def test_a_scope_that_was_not_granted_is_named_with_the_way_to_it(
    viewer: Client, sandbox: Sandbox, fault: Fault
) -> None:
    sandbox.control.add_fault(fault[0], route=faults.PROGRESS, **fault[1])
    board = rows(viewer.get(BOARD, headers=HTMX))
    panel = viewer.get(PANELS[0], headers=HTMX).content.decode()

    for shown in (cell(board[201], "cpd"), panel):
        assert re.search("scope “(cpd:targets:read|core:[*]:[*])”", shown)
        assert "Sign in again" in shown
    assert '<a href="/signin/">' in cell(board[201], "cpd")


def test_a_roster_whose_scope_was_not_granted_leads_to_sign_in_again(viewer: Client, sandbox: Sandbox) -> None:
    sandbox.control.add_fault("forbidden", shape="no_scopes", route=faults.ROSTER)
    page = viewer.get("/team/")

    assert page.status_code == 403
    assert "scope “core:*:*”" in page.content.decode()
    assert re.search(r'href="/signin/[^>]*>Sign in again</a>', page.content.decode())


@each(faults.HARMLESS.values(), ids=faults.HARMLESS)
def test_what_is_only_unusual_changes_nothing(viewer: Client, sandbox: Sandbox, fault: Fault) -> None:
    sandbox.control.add_fault(fault[0], **fault[1])

    assert rows(viewer.get(BOARD, headers=HTMX)) == undisturbed


def test_unknown_fields_and_enum_values_change_nobody_elses_row(viewer: Client, sandbox: Sandbox) -> None:
    disturb_one_figure_each(sandbox, ("extra", {}))
    board = rows(viewer.get(BOARD, headers=HTMX))

    assert {person: row for person, row in board.items() if person != 207} == {
        person: row for person, row in undisturbed.items() if person != 207
    }
    assert "<b>" in cell(board[207], "courses")  # her topics are of kinds nobody knows


@each(faults.SLOW.values(), ids=faults.SLOW)
def test_one_persons_slow_answers_hold_up_nobody_else(
    viewer: Client, sandbox: Sandbox, settings: Settings, fault: Fault
) -> None:
    settings.PORTAL_PAGE_SECONDS = 3
    disturb_one_figure_each(sandbox, fault)
    page = viewer.get(BOARD, headers=HTMX)
    board = rows(page)

    assert {person: board[person] for person in SPARED} == {person: undisturbed[person] for person in SPARED}
    assert "skeleton" in cell(board[201], "cpd")
    assert f'data-waiting="{len(DISTURBED)}"' in page.content.decode()


def test_a_page_that_asked_in_vain_says_so_and_asks_no_more(
    viewer: Client, sandbox: Sandbox, settings: Settings
) -> None:
    settings.PORTAL_PAGE_SECONDS = 1
    sandbox.control.add_fault("slow", route=faults.PROGRESS, delay_ms=60_000)
    page = compact(viewer.get("/team/?figures=0.3", headers=HTMX))

    assert "Brightspace did not answer for 6 people." in page
    assert "<summary>no data</summary><p>Brightspace took too long to answer" in page
    assert 'hx-trigger="load' not in page
    assert "skeleton" not in page


@each(faults.LIMITS.values(), ids=faults.LIMITS)
def test_a_limit_takes_nothing_away_that_was_known(viewer: Client, sandbox: Sandbox, fault: Fault) -> None:
    viewer.get(BOARD, headers=HTMX)
    PersonCache(MAYA).mark_stale()
    sandbox.control.add_fault(fault[0], route=faults.PROGRESS, subject=201, **fault[1])
    board = rows(viewer.get(BOARD, headers=HTMX))

    for person, row in board.items():
        assert_only("", row, undisturbed[person])
    assert 'class="stale"' in board[201]


# Somebody who audits nobody may be refused the list; and a scope can be agreed to.
TOLD = {"forbidden": {200, 403}, "not_found": {200}, "400": {400}, "418": {400}}


@each([*EVERY_FAULT.values()], ids=[*EVERY_FAULT])
def test_every_page_is_a_page_that_says_what_is_missing(
    viewer: Client, sandbox: Sandbox, settings: Settings, monkeypatch: pytest.MonkeyPatch, fault: Fault
) -> None:
    settings.PORTAL_PAGE_SECONDS, settings.BRIGHTSPACE_READ_SECONDS = 0.6, 0.3
    monkeypatch.setattr(views, "EXPORT_SECONDS", 0.6)
    viewer.get("/team/")
    sandbox.control.add_fault(fault[0], path=faults.FIGURES, **fault[1])
    pages = {address: viewer.get(address, headers=HTMX) for address in (BOARD, "/team/export.csv", *PANELS)}

    assert {page.status_code for page in pages.values()} == {200}
    assert all(name in pages[BOARD].content.decode() for name in ("Ana Novak", "Amara Diallo"))
    assert [leaks(page, sandbox, MAYA) for page in pages.values()] == [set()] * 4
    for address in PANELS:
        assert re.search(r"Brightspace[^<]*\.", pages[address].content.decode()), address
    without_a_roster(viewer, sandbox, fault)


def without_a_roster(viewer: Client, sandbox: Sandbox, fault: Fault) -> None:
    """The same when not even the team can be read."""
    cache.clear()
    rate_limit.clear()
    sandbox.control.clear_faults()
    sandbox.control.add_fault(fault[0], route=faults.ROSTER, **fault[1])
    page, part = viewer.get("/team/"), viewer.get(BOARD, headers=HTMX)

    assert {page.status_code, part.status_code} <= TOLD.get(fault[0], {503})
    assert "<html" in page.content.decode()
    assert "<html" not in part.content.decode()
    assert all("Brightspace" in answer.content.decode() for answer in (page, part))
    assert leaks(page, sandbox, MAYA) | leaks(part, sandbox, MAYA) == set()


@pytest.mark.parametrize("address", ["/team/export.csv", "/people/201/", "/people/201/?panel=cpd", "/team/?wait=1"])
def test_without_a_roster_no_address_breaks(viewer: Client, sandbox: Sandbox, address: str) -> None:
    sandbox.control.add_fault("html", route=faults.ROSTER)
    page = viewer.get(address)

    assert page.status_code == 503
    assert re.search(r'class="lead">\s*Brightspace [^<]*Try again', page.content.decode())


PARTS = {
    faults.PROGRESS: PANELS[0],
    faults.RECORDS: PANELS[0],
    faults.OVERDUE: PANELS[1],
    faults.ENROLMENTS: PANELS[1],
    faults.COMPLETIONS: PANELS[1],
    faults.TOPICS_DONE: PANELS[1],
    faults.CONTENT: PANELS[1],
}


@pytest.mark.parametrize("route", PARTS)
@each(["html", "forbidden"])
def test_each_part_of_a_persons_page_fails_by_itself(viewer: Client, sandbox: Sandbox, route: str, fault: str) -> None:
    sandbox.control.add_fault(fault, route=route)
    broken = viewer.get(PARTS[route], headers=HTMX)
    other = viewer.get(next(panel for panel in PANELS if panel != PARTS[route]), headers=HTMX)

    assert (broken.status_code, other.status_code) == (200, 200)
    assert "Brightspace" in broken.content.decode() or (route, fault) in FALLS_BACK
    assert "Brightspace" not in other.content.decode()


FALLS_BACK = {(faults.COMPLETIONS, "forbidden")}


@each(["500", "html", "not_found", "forbidden", "expired", "wrong_type", "empty", "drop"])
def test_versions_that_cannot_be_read_are_trouble_and_not_an_empty_team(
    viewer: Client, sandbox: Sandbox, fault: str
) -> None:
    cache.clear()
    sandbox.control.add_fault(fault, route=faults.VERSIONS)
    pages = [viewer.get(address) for address in ("/team/", "/team/export.csv", "/people/201/")]

    assert {page.status_code for page in pages} == {302 if fault == "expired" else 503}


@pytest.mark.parametrize("fault", ["500", "html", "drop_after", "400", "429", "wrong_type"])
def test_a_token_that_cannot_be_renewed_is_told_or_leads_to_sign_in(
    viewer: Client, sandbox: Sandbox, fault: str
) -> None:
    sandbox.control.expire_tokens(MAYA)
    sandbox.control.add_fault(fault, route="/core/connect/token")
    page = viewer.get("/team/")

    assert page.status_code in (302, 503)
    assert page.headers.get("Location", "/signin/?next=%2Fteam%2F") == "/signin/?next=%2Fteam%2F"
    assert sandbox.url not in page.content.decode()


def test_a_sign_in_that_has_ended_leads_every_address_back_to_itself(viewer: Client, sandbox: Sandbox) -> None:
    sandbox.control.add_fault("expired", path="/d2l/")
    page = viewer.get("/people/201/?panel=cpd")
    part = viewer.get("/people/201/?panel=cpd", headers={**HTMX, "HX-Current-URL": "http://localhost/people/201/"})

    assert page["Location"] == "/signin/?next=%2Fpeople%2F201%2F%3Fpanel%3Dcpd"
    assert part["HX-Redirect"] == "/signin/?next=%2Fpeople%2F201%2F"
