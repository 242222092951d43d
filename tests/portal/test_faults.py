"""Faults of Brightspace: every page says what is missing, and an error about one person affects no other."""

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
FRAGMENT = "/team/?figures=0.0"
PANELS = ("/people/201/?panel=cpd", "/people/201/?panel=content")
# By person: the route whose answers about them are disturbed, and the figure that depends on it.
DISTURBED = {
    201: (faults.PROGRESS, "cpd"),
    202: (faults.RECORDS, "last"),
    203: (faults.OVERDUE, "overdue"),
    204: (faults.ENROLMENTS, "courses"),
    207: (faults.CONTENT, "courses"),
}
UNDISTURBED = (208,)
EVERY_FAULT = faults.FAILURES | faults.SLOW | faults.REFUSALS | faults.UNGRANTED | faults.ABSENCES | faults.LIMITS
undisturbed_rows: dict[int, str] = {}

each = partial(pytest.mark.parametrize, "fault")


@pytest.fixture
def viewer(maya: Client, sandbox: Sandbox) -> Client:
    """Maya's browser; her team has six people in two courses each."""
    sandbox.control.set_auditees(MAYA, [*DISTURBED, *UNDISTURBED])
    for person in (*DISTURBED, *UNDISTURBED):
        courses = sandbox.world.enrolments_of(person)
        for course in sorted(courses)[3:]:  # the first is the organisation
            del courses[course]
    if not undisturbed_rows:
        undisturbed_rows.update(rows(maya.get(FRAGMENT, headers=HTMX)))
        cache.clear()
    return maya


def disturb_one_figure_each(sandbox: Sandbox, fault: Fault) -> None:
    for person, (route, _) in DISTURBED.items():
        sandbox.control.add_fault(fault[0], route=route, subject=person, **fault[1])


def test_the_undisturbed_table_is_complete(viewer: Client) -> None:
    assert set(undisturbed_rows) == {*DISTURBED, *UNDISTURBED}
    assert not any("skeleton" in row or "no data" in row or "not visible" in row for row in undisturbed_rows.values())


@each(faults.FAILURES.values(), ids=faults.FAILURES)
def test_a_failure_shows_where_it_happened_and_nowhere_else(viewer: Client, sandbox: Sandbox, fault: Fault) -> None:
    disturb_one_figure_each(sandbox, fault)
    table = rows(viewer.get(FRAGMENT, headers=HTMX))

    assert [table[person] for person in UNDISTURBED] == [undisturbed_rows[person] for person in UNDISTURBED]
    for person, (_, figure) in DISTURBED.items():
        assert "<summary>no data</summary>" in cell(table[person], figure)
        assert_only(figure, table[person], undisturbed_rows[person])


def assert_only(figure: str, row: str, before: str) -> None:
    """No other figure of the row differs from before."""
    others = {"cpd", "courses", "overdue", "last"} - {figure}
    assert {key: cell(row, key) for key in others} == {key: cell(before, key) for key in others}


@each(faults.REFUSALS.values(), ids=faults.REFUSALS)
def test_a_refused_figure_is_not_visible_and_not_counted(viewer: Client, sandbox: Sandbox, fault: Fault) -> None:
    disturb_one_figure_each(sandbox, fault)
    table = rows(viewer.get(FRAGMENT, headers=HTMX))

    assert [table[person] for person in UNDISTURBED] == [undisturbed_rows[person] for person in UNDISTURBED]
    for person, (_, figure) in DISTURBED.items():
        content = cell(table[person], figure)
        assert "<summary>not visible</summary><p>Brightspace does not let you see" in content
        assert "<b>" not in content


def test_an_unknown_person_has_no_data(viewer: Client, sandbox: Sandbox) -> None:
    disturb_one_figure_each(sandbox, faults.ABSENCES["404"])
    table = rows(viewer.get(FRAGMENT, headers=HTMX))

    assert [table[person] for person in UNDISTURBED] == [undisturbed_rows[person] for person in UNDISTURBED]
    for person, (_, figure) in DISTURBED.items():
        assert "<summary>no data</summary><p>Brightspace has no " in cell(table[person], figure)


@each(faults.UNGRANTED.values(), ids=faults.UNGRANTED)
def test_a_missing_scope_is_named_with_a_link_to_sign_in(viewer: Client, sandbox: Sandbox, fault: Fault) -> None:
    sandbox.control.add_fault(fault[0], route=faults.PROGRESS, **fault[1])
    table = rows(viewer.get(FRAGMENT, headers=HTMX))
    panel = viewer.get(PANELS[0], headers=HTMX).content.decode()

    for content in (cell(table[201], "cpd"), panel):
        assert re.search("scope “(cpd:targets:read|core:[*]:[*])”", content)
        assert "Sign in again" in content
    assert '<a href="/signin/">' in cell(table[201], "cpd")


def test_a_roster_without_its_scope_leads_to_sign_in(viewer: Client, sandbox: Sandbox) -> None:
    sandbox.control.add_fault("forbidden", shape="no_scopes", route=faults.ROSTER)
    page = viewer.get("/team/")

    assert page.status_code == 403
    assert "scope “core:*:*”" in page.content.decode()
    assert re.search(r'href="/signin/[^>]*>Sign in again</a>', page.content.decode())


@each(faults.HARMLESS.values(), ids=faults.HARMLESS)
def test_a_harmless_oddity_changes_nothing(viewer: Client, sandbox: Sandbox, fault: Fault) -> None:
    sandbox.control.add_fault(fault[0], **fault[1])

    assert rows(viewer.get(FRAGMENT, headers=HTMX)) == undisturbed_rows


def test_unknown_fields_and_enum_values_change_no_other_row(viewer: Client, sandbox: Sandbox) -> None:
    disturb_one_figure_each(sandbox, ("extra", {}))
    table = rows(viewer.get(FRAGMENT, headers=HTMX))

    assert {person: row for person, row in table.items() if person != 207} == {
        person: row for person, row in undisturbed_rows.items() if person != 207
    }
    assert "<b>" in cell(table[207], "courses")  # her topics are of unknown kinds


@each(faults.SLOW.values(), ids=faults.SLOW)
def test_slow_answers_about_one_person_delay_no_other(
    viewer: Client, sandbox: Sandbox, settings: Settings, fault: Fault
) -> None:
    settings.PORTAL_PAGE_SECONDS = 3
    disturb_one_figure_each(sandbox, fault)
    page = viewer.get(FRAGMENT, headers=HTMX)
    table = rows(page)

    assert [table[person] for person in UNDISTURBED] == [undisturbed_rows[person] for person in UNDISTURBED]
    assert "skeleton" in cell(table[201], "cpd")
    assert f'data-waiting="{len(DISTURBED)}"' in page.content.decode()


def test_a_page_without_progress_says_so_and_stops_polling(
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
def test_a_limit_leaves_cached_figures_shown(viewer: Client, sandbox: Sandbox, fault: Fault) -> None:
    viewer.get(FRAGMENT, headers=HTMX)
    PersonCache(MAYA).mark_stale()
    sandbox.control.add_fault(fault[0], route=faults.PROGRESS, subject=201, **fault[1])
    table = rows(viewer.get(FRAGMENT, headers=HTMX))

    for person, row in table.items():
        assert_only("", row, undisturbed_rows[person])
    assert 'class="stale"' in table[201]


# By fault: statuses that are allowed besides 503. A person without reports may be refused the list of reports.
STATUSES = {"forbidden": {200, 403}, "not_found": {200}, "400": {400}, "418": {400}}


@each([*EVERY_FAULT.values()], ids=[*EVERY_FAULT])
def test_every_page_says_what_is_missing(
    viewer: Client, sandbox: Sandbox, settings: Settings, monkeypatch: pytest.MonkeyPatch, fault: Fault
) -> None:
    settings.PORTAL_PAGE_SECONDS, settings.BRIGHTSPACE_READ_SECONDS = 0.6, 0.3
    monkeypatch.setattr(views, "EXPORT_SECONDS", 0.6)
    viewer.get("/team/")
    sandbox.control.add_fault(fault[0], path=faults.FIGURES, **fault[1])
    pages = {address: viewer.get(address, headers=HTMX) for address in (FRAGMENT, "/team/export.csv", *PANELS)}

    assert {page.status_code for page in pages.values()} == {200}
    assert all(name in pages[FRAGMENT].content.decode() for name in ("Ana Novak", "Amara Diallo"))
    assert [leaks(page, sandbox, MAYA) for page in pages.values()] == [set()] * 4
    for address in PANELS:
        assert re.search(r"Brightspace[^<]*\.", pages[address].content.decode()), address
    check_without_a_roster(viewer, sandbox, fault)


def check_without_a_roster(viewer: Client, sandbox: Sandbox, fault: Fault) -> None:
    """The same where the roster cannot be read."""
    cache.clear()
    rate_limit.clear()
    sandbox.control.clear_faults()
    sandbox.control.add_fault(fault[0], route=faults.ROSTER, **fault[1])
    page, part = viewer.get("/team/"), viewer.get(FRAGMENT, headers=HTMX)

    assert {page.status_code, part.status_code} <= STATUSES.get(fault[0], {503})
    assert "<html" in page.content.decode()
    assert "<html" not in part.content.decode()
    assert all("Brightspace" in answer.content.decode() for answer in (page, part))
    assert leaks(page, sandbox, MAYA) | leaks(part, sandbox, MAYA) == set()


@pytest.mark.parametrize("address", ["/team/export.csv", "/people/201/", "/people/201/?panel=cpd", "/team/?wait=1"])
def test_every_address_without_a_roster_is_an_error_page(viewer: Client, sandbox: Sandbox, address: str) -> None:
    sandbox.control.add_fault("html", route=faults.ROSTER)
    page = viewer.get(address)

    assert page.status_code == 503
    assert re.search(r'class="lead">\s*Brightspace [^<]*Try again', page.content.decode())


PANEL_OF_ROUTE = {
    faults.PROGRESS: PANELS[0],
    faults.RECORDS: PANELS[0],
    faults.OVERDUE: PANELS[1],
    faults.ENROLMENTS: PANELS[1],
    faults.COMPLETIONS: PANELS[1],
    faults.TOPICS_DONE: PANELS[1],
    faults.CONTENT: PANELS[1],
}


@pytest.mark.parametrize("route", PANEL_OF_ROUTE)
@each(["html", "forbidden"])
def test_each_part_of_a_persons_page_fails_by_itself(viewer: Client, sandbox: Sandbox, route: str, fault: str) -> None:
    sandbox.control.add_fault(fault, route=route)
    broken = viewer.get(PANEL_OF_ROUTE[route], headers=HTMX)
    other = viewer.get(next(panel for panel in PANELS if panel != PANEL_OF_ROUTE[route]), headers=HTMX)

    assert (broken.status_code, other.status_code) == (200, 200)
    assert "Brightspace" in broken.content.decode() or (route, fault) in FALLS_BACK
    assert "Brightspace" not in other.content.decode()


FALLS_BACK = {(faults.COMPLETIONS, "forbidden")}


@each(["500", "html", "not_found", "forbidden", "expired", "wrong_type", "empty", "drop"])
def test_unreadable_versions_lead_to_an_error_page_and_not_to_an_empty_team(
    viewer: Client, sandbox: Sandbox, fault: str
) -> None:
    cache.clear()
    sandbox.control.add_fault(fault, route=faults.VERSIONS)
    pages = [viewer.get(address) for address in ("/team/", "/team/export.csv", "/people/201/")]

    assert {page.status_code for page in pages} == {302 if fault == "expired" else 503}


@pytest.mark.parametrize("fault", ["500", "html", "drop_after", "400", "429", "wrong_type"])
def test_a_token_that_cannot_be_refreshed_leads_to_an_error_page_or_to_sign_in(
    viewer: Client, sandbox: Sandbox, fault: str
) -> None:
    sandbox.control.expire_tokens(MAYA)
    sandbox.control.add_fault(fault, route="/core/connect/token")
    page = viewer.get("/team/")

    assert page.status_code in (302, 503)
    assert page.headers.get("Location", "/signin/?next=%2Fteam%2F") == "/signin/?next=%2Fteam%2F"
    assert sandbox.url not in page.content.decode()


def test_an_expired_sign_in_leads_back_to_the_interrupted_address(viewer: Client, sandbox: Sandbox) -> None:
    sandbox.control.add_fault("expired", path="/d2l/")
    page = viewer.get("/people/201/?panel=cpd")
    part = viewer.get("/people/201/?panel=cpd", headers={**HTMX, "HX-Current-URL": "http://localhost/people/201/"})

    assert page["Location"] == "/signin/?next=%2Fpeople%2F201%2F%3Fpanel%3Dcpd"
    assert part["HX-Redirect"] == "/signin/?next=%2Fpeople%2F201%2F"
