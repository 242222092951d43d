"""The team page in French, in each of its states: no English on it."""

import csv
import io
from functools import partial
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from tests.conftest import ALMA, MAYA, OTTO, SignIn
from tests.languages.conftest import Compare, choose
from tests.portal import faults
from tests.portal.faults import Fault
from tests.sandbox.server import Sandbox

HTMX = {"HX-Request": "true"}
# One fault for each way in which an error is said.
FAULTS = {
    name: (faults.FAILURES | faults.REFUSALS | faults.UNGRANTED | faults.ABSENCES | faults.LIMITS)[name]
    for name in (
        "500",
        "a web page",
        "truncated",
        "redirected",
        "200 MB",
        "another type",
        "token refused",
        "refused input",
        "403 not_authorized",
        "403 html",
        "403 insufficient_scope",
        "403 no_scopes",
        "404",
        "429",
        "429 seconds",
    )
}
ROUTES = (faults.PROGRESS, faults.RECORDS, faults.OVERDUE, faults.ENROLMENTS, faults.CONTENT)
ADDRESSES = (
    "/team/",
    "/team/?wait=1",
    "/team/?wait=1&sort=-cpd&q=a&status=behind",
    "/team/?wait=1&sort=name&status=overdue",
    "/team/?wait=1&q=zzz",
)


@pytest.fixture
def one_report(maya: Client, sandbox: Sandbox) -> Client:
    """Maya's browser; her team is one person in two courses."""
    sandbox.control.set_auditees(MAYA, [201])
    courses = sandbox.world.enrolments_of(201)
    for course in sorted(courses)[3:]:  # the first is the organisation
        del courses[course]
    return maya


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_team_has_no_english(maya: Client, compare: Compare, address: str) -> None:
    compare(maya, address)
    compare(maya, partial(Client.get, path=f"{address}{'&' if '?' in address else '?'}figures=0.0", headers=HTMX))


@pytest.mark.parametrize("unit", ["minutes", "records"])
def test_the_team_with_every_kind_of_progress_has_no_english(
    sign_in: SignIn, compare: Compare, settings: Settings, unit: str
) -> None:
    settings.PORTAL_CPD_UNIT = unit
    compare(sign_in(ALMA), "/team/?wait=1")


def test_further_pages_of_a_team_have_no_english(maya: Client, compare: Compare, sandbox: Sandbox) -> None:
    sandbox.control.set_auditees(MAYA, sorted(sandbox.world.people)[-60:])
    compare(maya, "/team/?wait=1&page=2")


def test_a_stale_team_has_no_english(one_report: Client, compare: Compare) -> None:
    def stale(browser: Client) -> Any:
        browser.get("/team/?wait=1")
        return browser.post("/team/refresh/", follow=True)

    compare(one_report, stale)


def test_a_team_without_answers_has_no_english(
    one_report: Client, compare: Compare, sandbox: Sandbox, settings: Settings
) -> None:
    settings.PORTAL_PAGE_SECONDS = 0.5
    sandbox.control.add_fault("slow", route=faults.PROGRESS, delay_ms=60_000)
    compare(one_report, "/team/?figures=0.3")


@pytest.mark.parametrize("roster", ["auditors", "attributes", "org_unit", "file"])
def test_a_team_of_nobody_has_no_english(sign_in: SignIn, compare: Compare, settings: Settings, roster: str) -> None:
    settings.PORTAL_ROSTER = roster
    settings.PORTAL_ROSTER_ORG_UNIT = "6606"
    compare(sign_in(OTTO), "/team/?wait=1")


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_team_without_figures_has_no_english(
    one_report: Client, compare: Compare, sandbox: Sandbox, fault: Fault
) -> None:
    for route in ROUTES:
        sandbox.control.add_fault(fault[0], route=route, **fault[1])
    compare(one_report, "/team/?wait=1", label=fault[0])


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_team_without_a_roster_has_no_english(
    one_report: Client, compare: Compare, sandbox: Sandbox, fault: Fault
) -> None:
    sandbox.control.add_fault(fault[0], route=faults.ROSTER, **fault[1])
    if fault[0] == "expired":
        return  # leads to sign-in
    compare(one_report, "/team/", label=fault[0])
    compare(one_report, partial(Client.get, path="/team/", headers=HTMX), label=fault[0])


@pytest.mark.parametrize("versions", [[], ["1.0"]])
def test_a_brightspace_that_is_too_old_has_no_english(
    maya: Client, compare: Compare, sandbox: Sandbox, versions: list[str]
) -> None:
    sandbox.control.set_versions("le", versions)
    compare(maya, "/team/?wait=1")


def test_the_export_is_the_same_in_every_language(maya: Client) -> None:
    exports = []
    for language in ("en", "fr"):
        choose(maya, language)
        rows = csv.reader(io.StringIO(maya.get("/team/export.csv").content.decode(), newline=""))
        exports.append([row[:-1] for row in rows])  # without the time of reading

    assert exports[0] == exports[1]
    assert len(exports[0]) == 13
