"""Privacy: no page, fragment, export, cursor, cache or shared browser shows people to those who may not see them."""

import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from tests.conftest import ALMA, GRACE, HELENA, INES, MAYA, OTTO, SignIn
from tests.portal.faults import rows
from tests.portal.team.expected import Upstream
from tests.sandbox.models.cpd import RECORDS_PER_PERSON
from tests.sandbox.server import Sandbox

HTMX = {"HX-Request": "true"}
ANA, TOMAS, GRACES, PROLIFIC, MARKUP = 201, 202, 221, 315, 301
NOBODY = 999_999
MAYAS_PEOPLE = ("Novak", "Beltrán", "Sjöberg", "Kapoor", "Whitford", "Hale", "Mori", "Diallo", "Brandt", "Reid")
OPEN_TO_ALL = {f"accounts:{name}" for name in ("welcome", "sign_in", "callback", "sign_out", "language")}
# What a guess puts into an address, by the name of the parameter.
IDS_OF_TOMAS = {
    "person_id": TOMAS,
    "record_id": TOMAS * RECORDS_PER_PERSON + 1,
    "attachment_id": 1,
    "check_id": 1,
    "org_unit_id": 6609,
    "topic_id": 6609005,
}
QUERIES = ("", "?panel=cpd", "?panel=content", "?figures=0.0", "?wait=1", "?q=Nov", "?for=excel", "?records=x")
WITHOUT_ID = ("/team/", "/team/export.csv")


def every_route(resolver: Any = None, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Each route of the site with its url name."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", entry
        else:
            yield from every_route(entry, f"{entry.namespace}:" if entry.namespace else namespace)


def address_of(route: URLPattern, ids: dict[str, int]) -> str:
    """The address of a route with these ids. Raises KeyError for a parameter that has none here."""
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(ids[match[1]]), str(route.pattern))


ROUTES = {name: route for name, route in every_route() if name not in OPEN_TO_ALL}
GUESSES = [route for route in ROUTES.values() if "person_id" in route.pattern.converters]


def response_of(browser: Client, address: str, **headers: str) -> Any:
    """The response to GET, or to POST where the address takes no GET."""
    response: Any = browser.get(address, headers=headers)
    if response.status_code == 405:
        response = browser.post(address, headers=headers)
    return response


def comparable(response: Any) -> tuple[int, str]:
    """Status and content of a response, without what differs from one request to the next."""
    return response.status_code, re.sub(r'value="[A-Za-z0-9]{64}"|\d\d:\d\d', "", response.content.decode())


def test_the_list_of_routes_is_complete() -> None:
    pages = {"team", "export", "refresh", "person", "person_refresh"}
    assert {f"team:{page}" for page in pages} | {"cpd:attachment", "content:topic_file"} <= ROUTES.keys()


@pytest.mark.django_db
@pytest.mark.parametrize("route", ROUTES.values(), ids=ROUTES)
def test_a_stranger_is_redirected_to_sign_in(client: Client, sandbox: Sandbox, route: URLPattern) -> None:
    address = address_of(route, IDS_OF_TOMAS)
    page, part = response_of(client, address), response_of(client, address, **HTMX)

    assert (page.status_code, part.status_code) == (302, 204)
    assert page["Location"].startswith("/signin/?next=%2F")
    assert part["HX-Redirect"].startswith("/signin/?next=%2F")
    assert (page.content, part.content) == (b"", b"")
    assert sandbox.control.requests() == []


@pytest.mark.parametrize("viewer", [ANA, OTTO, GRACE, HELENA, INES])
def test_a_guessed_person_looks_like_one_who_does_not_exist(sign_in: SignIn, sandbox: Sandbox, viewer: int) -> None:
    sign_in(MAYA).get("/team/?wait=1")
    browser = sign_in(viewer)
    for route, query, headers in product(GUESSES, QUERIES[:3], ({}, HTMX)):
        guess, nobody = (address_of(route, IDS_OF_TOMAS | {"person_id": person}) + query for person in (TOMAS, NOBODY))
        guessed = comparable(response_of(browser, guess, **headers))
        assert guessed == comparable(response_of(browser, nobody, **headers))
        assert guessed[0] == 404
    assert not [request for request in sandbox.control.requests(caller=viewer) if str(TOMAS) in request.path]


@pytest.mark.parametrize("viewer", [ANA, OTTO, GRACE])
def test_no_address_shows_a_person_of_another_team(sign_in: SignIn, viewer: int) -> None:
    sign_in(MAYA).get("/team/?wait=1")
    browser = sign_in(viewer)
    for address, query, headers in product(WITHOUT_ID, QUERIES, ({}, HTMX)):
        response = browser.get(address + query, headers=headers)
        text = response.content.decode()
        assert response.status_code == 200
        assert not [name for name in MAYAS_PEOPLE[1:] if name in text]  # Ana is herself
        assert not {person for person in range(202, 213) if f'data-person="{person}"' in text}


def test_a_learner_sees_nothing_about_others(sign_in: SignIn) -> None:
    browser = sign_in(ANA)
    for route in ROUTES.values():
        response = response_of(browser, address_of(route, IDS_OF_TOMAS))
        assert response.status_code < 500, route
        page = b"".join(response).decode(errors="replace")
        assert not [name for name in MAYAS_PEOPLE[1:] if name in page], route


def test_two_managers_each_see_their_own_team(sign_in: SignIn, sandbox: Sandbox) -> None:
    maya, grace = sign_in(MAYA), sign_in(GRACE)
    for _ in range(2):
        tables = [rows(browser.get("/team/?wait=1")) for browser in (maya, grace)]
        assert [min(table_rows) // 10 for table_rows in tables] == [20, 22]
        assert not tables[0].keys() & tables[1].keys()


def test_figures_of_one_manager_are_refused_to_the_other(sign_in: SignIn, sandbox: Sandbox) -> None:
    sandbox.control.set_auditees(GRACE, [ANA, GRACES])
    credit = Upstream(sandbox, MAYA).credit(ANA)
    tables = [rows(sign_in(viewer).get("/team/?wait=1")) for viewer in (MAYA, GRACE)]

    assert credit in tables[0][ANA]
    assert "<summary>not visible</summary>" in tables[1][ANA]
    assert credit.split()[0] not in tables[1][ANA]
    assert "not visible" not in tables[1][GRACES]


@pytest.mark.parametrize("first", [MAYA, GRACE])
def test_a_refused_viewer_stays_refused_whoever_looked_first(sign_in: SignIn, sandbox: Sandbox, first: int) -> None:
    sandbox.control.set_auditees(GRACE, [ANA])
    second = MAYA + GRACE - first
    panels = {
        viewer: sign_in(viewer).get(f"/people/{ANA}/?panel=cpd", headers=HTMX).content.decode()
        for viewer in (first, second)
    }

    assert "By category" in panels[MAYA]
    assert "By category" not in panels[GRACE]
    assert "Brightspace does not let you see this person’s CPD" in panels[GRACE]


def test_another_person_in_the_same_browser_sees_nothing_of_the_first(sign_in: SignIn) -> None:
    browser = sign_in(MAYA)
    browser.get("/team/?wait=1")
    browser.post("/team/refresh/")  # leaves a message for the next page
    before = browser.cookies["portal"].value
    sign_in(GRACE, browser)
    page = browser.get("/team/?wait=1").content.decode()

    assert browser.cookies["portal"].value != before
    assert not [name for name in (*MAYAS_PEOPLE, "Maya", "Reading the figures") if name in page]
    assert browser.get(f"/people/{ANA}/").status_code == 404


def test_sign_out_leaves_nothing_for_the_next_sign_in(sign_in: SignIn, sandbox: Sandbox) -> None:
    browser = sign_in(MAYA)
    browser.get("/team/?wait=1")
    browser.post("/signout/")
    sign_in(MAYA, browser)
    browser.get("/team/")

    assert [request.caller for request in sandbox.control.requests(path="auditees")] == [MAYA]


def cursor(browser: Client, person: int) -> str:
    """The cursor in the panel's link to further records."""
    panel = browser.get(f"/people/{person}/?panel=cpd", headers=HTMX).content.decode()
    match = re.search(r"records=([^\"&]+)", panel)
    assert match is not None
    return match[1]


def test_a_cursor_of_one_person_shows_nothing_of_them_on_anothers_page(sign_in: SignIn, sandbox: Sandbox) -> None:
    alma = sign_in(ALMA)
    foreign_cursor = cursor(alma, PROLIFIC)
    further = alma.get(f"/people/{PROLIFIC}/?panel=cpd&records={foreign_cursor}", headers=HTMX).content.decode()
    sandbox.control.clear_requests()
    other = alma.get(f"/people/{MARKUP}/?panel=cpd&records={foreign_cursor}", headers=HTMX).content.decode()

    assert "Ward round 21" in further
    assert "Ward round" not in other
    assert not [request for request in sandbox.control.requests() if str(PROLIFIC) in request.path]


def test_a_cursor_opens_nothing_for_somebody_else(sign_in: SignIn, sandbox: Sandbox) -> None:
    foreign_cursor = cursor(sign_in(ALMA), PROLIFIC)
    maya = sign_in(MAYA)

    assert maya.get(f"/people/{PROLIFIC}/?panel=cpd&records={foreign_cursor}", headers=HTMX).status_code == 404
    assert (
        "Ward round"
        not in maya.get(f"/people/{ANA}/?panel=cpd&records={foreign_cursor}", headers=HTMX).content.decode()
    )


@pytest.mark.parametrize("change", [lambda c: c[:-1], lambda c: c + "A", lambda c: "A" + c[1:], lambda c: c.upper()])
def test_a_changed_cursor_leads_to_the_first_page(sign_in: SignIn, sandbox: Sandbox, change: Any) -> None:
    alma = sign_in(ALMA)
    changed_cursor = change(cursor(alma, PROLIFIC))
    sandbox.control.clear_requests()
    panel = alma.get(f"/people/{PROLIFIC}/?panel=cpd&records={changed_cursor}", headers=HTMX).content.decode()

    assert re.search(r"Ward round 1\b", panel)
    assert sandbox.control.requests() == []


@pytest.mark.parametrize(
    "invalid_cursor", ["", "x", "%00", "'", "/d2l/api/lp/1.63/users/202", "..", "a:b:c", "%F0%9F%A6%8A"]
)
def test_an_invalid_cursor_leads_to_the_first_page(sign_in: SignIn, sandbox: Sandbox, invalid_cursor: str) -> None:
    maya = sign_in(MAYA)
    panel = maya.get(f"/people/{ANA}/?panel=cpd&records={invalid_cursor}", headers=HTMX)

    assert panel.status_code == 200
    assert {request.path.rsplit("/", 1)[-1] for request in sandbox.control.requests(path="cpd")} == {str(ANA)}


@pytest.mark.parametrize("address", ["/team/", "/team/?figures=0.0", "/team/export.csv", f"/people/{ANA}/", "/signin/"])
def test_no_response_may_be_stored_by_a_proxy(sign_in: SignIn, address: str) -> None:
    response = sign_in(MAYA).get(address, headers=HTMX)

    assert response["Cache-Control"] == "no-store, private"
    assert "HX-Request" in response["Vary"]
