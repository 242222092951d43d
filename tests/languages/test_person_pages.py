"""A person's page in French, in each of its states: no English on it."""

import re
from functools import partial
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from tests.conftest import ALMA, MAYA, SignIn
from tests.languages.conftest import Compare
from tests.languages.test_team_pages import FAULTS, HTMX
from tests.portal import faults
from tests.portal.faults import Fault
from tests.sandbox.models.cpd import RECORDS_PER_PERSON
from tests.sandbox.server import Sandbox

PANELS = ("cpd", "content")
ROUTES = (faults.PROGRESS, faults.RECORDS, faults.OVERDUE, faults.ENROLMENTS, faults.CONTENT)


def compare_panels(compare: Compare, browser: Client, person_id: int) -> None:
    """Both panels of a person's page, as the page loads them."""
    for panel in PANELS:
        compare(browser, partial(Client.get, path=f"/people/{person_id}/?panel={panel}", headers=HTMX), label=panel)


@pytest.mark.parametrize("person_id", [201, MAYA])
@pytest.mark.parametrize("query", ["", "?panel=cpd", "?panel=content"])
def test_a_persons_page_has_no_english(maya: Client, compare: Compare, person_id: int, query: str) -> None:
    compare(maya, f"/people/{person_id}/{query}")


@pytest.mark.parametrize("viewer", [MAYA, ALMA])
def test_everybodys_page_has_no_english(sign_in: SignIn, compare: Compare, sandbox: Sandbox, viewer: int) -> None:
    browser = sign_in(viewer)
    for person_id in (*sandbox.world.auditees[viewer], viewer):
        compare_panels(compare, browser, person_id)


def test_a_page_that_counts_records_has_no_english(maya: Client, compare: Compare, settings: Settings) -> None:
    settings.PORTAL_CPD_UNIT = "records"
    for person_id in range(201, 213):
        compare_panels(compare, maya, person_id)


def test_further_records_have_no_english(maya: Client, compare: Compare, sandbox: Sandbox) -> None:
    file = sandbox.world.cpd_of(201)
    file.records.extend(
        type(record)(**{name: getattr(record, name) for name in record.__slots__} | {"record_id": number})
        for number, record in enumerate(file.records * 5, 201 * RECORDS_PER_PERSON + 500)
    )

    def later(browser: Client) -> Any:
        page = browser.get("/people/201/?panel=cpd").content.decode()
        link = re.search(r'href="([^"]*records=[^"]*)"', page)
        assert link
        return browser.get(link[1].replace("&amp;", "&"), headers=HTMX)

    compare(maya, "/people/201/?panel=cpd")
    compare(maya, later)


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_page_without_figures_has_no_english(maya: Client, compare: Compare, sandbox: Sandbox, fault: Fault) -> None:
    for route in ROUTES:
        sandbox.control.add_fault(fault[0], route=route, **fault[1])
    if fault[0] != "expired":  # that leads to sign-in
        compare_panels(compare, maya, 201)


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("kind", ["forbidden", "not_found"])
def test_a_page_without_one_figure_has_no_english(
    maya: Client, compare: Compare, sandbox: Sandbox, route: str, kind: str
) -> None:
    sandbox.control.add_fault(kind, route=route)
    compare_panels(compare, maya, 201)


def test_a_stale_page_has_no_english(maya: Client, compare: Compare) -> None:
    def stale(browser: Client) -> Any:
        for panel in PANELS:
            browser.get(f"/people/201/?panel={panel}")
        browser.post("/people/202/refresh/?panel=cpd")
        return browser.get("/people/201/")

    compare(maya, stale)
