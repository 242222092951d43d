"""Nobody sees anything of anybody else: by guessed address, fragment, export, cursor, cache or shared browser."""

import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from tests.conftest import ALMA, GRACE, HELENA, INES, MAYA, OTTO, SignIn
from tests.portal.faults import rows
from tests.sandbox.models.cpd import RECORDS_PER_PERSON
from tests.sandbox.server import Sandbox

HTMX = {"HX-Request": "true"}
ANA, TOMAS, GRACES, PROLIFIC, MARKUP = 201, 202, 221, 315, 301
NOBODY = 999_999
MAYAS_PEOPLE = ("Novak", "Beltrán", "Sjöberg", "Kapoor", "Whitford", "Hale", "Mori", "Diallo", "Brandt", "Reid")
OPEN_TO_ALL = {"welcome", "signin", "callback", "signout"}
# What a guess would put into an address, by the name of its parameter.
OF_TOMAS = {
    "person_id": TOMAS,
    "record_id": TOMAS * RECORDS_PER_PERSON + 1,
    "attachment_id": 1,
    "org_unit_id": 6609,
    "topic_id": 6609005,
}
QUERIES = ("", "?panel=cpd", "?panel=content", "?figures=0.0", "?wait=1", "?q=Nov", "?for=excel", "?records=x")
WITHOUT_ID = ("/team/", "/team/export.csv")


def every_route(resolver: Any = None) -> Iterator[URLPattern]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield entry
        else:
            yield from every_route(entry)


def address(route: URLPattern, ids: dict[str, int]) -> str:
    """A route's address; a parameter that nobody has thought of here is a KeyError."""
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(ids[found[1]]), str(route.pattern))


ROUTES = [route for route in every_route() if route.name not in OPEN_TO_ALL]
GUESSES = [route for route in ROUTES if "person_id" in route.pattern.converters]


def asked(browser: Client, where: str, **headers: str) -> Any:
    """The answer to the method that an address takes."""
    answer: Any = browser.get(where, headers=headers)
    if answer.status_code == 405:
        answer = browser.post(where, headers=headers)
    return answer


def alike(answer: Any) -> tuple[int, str]:
    """An answer without what differs from one request to the next."""
    return answer.status_code, re.sub(r'value="[A-Za-z0-9]{64}"|\d\d:\d\d', "", answer.content.decode())


def test_every_route_of_the_site_is_looked_at() -> None:
    names = {route.name for route in ROUTES}
    assert {"team", "team_export", "team_refresh", "person", "person_refresh", "attachment", "topic_file"} <= names


@pytest.mark.django_db
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_whoever_is_not_signed_in_is_led_to_sign_in(client: Client, sandbox: Sandbox, route: URLPattern) -> None:
    where = address(route, OF_TOMAS)
    page, part = asked(client, where), asked(client, where, **HTMX)

    assert (page.status_code, part.status_code) == (302, 204)
    assert page["Location"].startswith("/signin/?next=%2F")
    assert part["HX-Redirect"].startswith("/signin/?next=%2F")
    assert (page.content, part.content) == (b"", b"")
    assert sandbox.control.requests() == []


@pytest.mark.parametrize("viewer", [ANA, OTTO, GRACE, HELENA, INES])
def test_a_guessed_person_looks_like_nobody_at_all(sign_in: SignIn, sandbox: Sandbox, viewer: int) -> None:
    sign_in(MAYA).get("/team/?wait=1")
    browser = sign_in(viewer)
    for route, query, headers in product(GUESSES, QUERIES[:3], ({}, HTMX)):
        guess, nobody = (address(route, OF_TOMAS | {"person_id": person}) + query for person in (TOMAS, NOBODY))
        found = alike(asked(browser, guess, **headers))
        assert found == alike(asked(browser, nobody, **headers))
        assert found[0] == 404
    assert not [request for request in sandbox.control.requests(caller=viewer) if str(TOMAS) in request.path]


@pytest.mark.parametrize("viewer", [ANA, OTTO, GRACE])
def test_no_address_shows_anybody_of_somebody_elses_team(sign_in: SignIn, viewer: int) -> None:
    sign_in(MAYA).get("/team/?wait=1")
    browser = sign_in(viewer)
    for where, query, headers in product(WITHOUT_ID, QUERIES, ({}, HTMX)):
        answer = browser.get(where + query, headers=headers)
        text = answer.content.decode()
        assert answer.status_code == 200
        assert not [name for name in MAYAS_PEOPLE[1:] if name in text]  # Ana is herself
        assert not {person for person in range(202, 213) if f'data-person="{person}"' in text}


def test_a_learner_opens_nothing_that_is_not_about_themselves(sign_in: SignIn) -> None:
    browser = sign_in(ANA)
    for route in ROUTES:
        answer = asked(browser, address(route, OF_TOMAS))
        assert answer.status_code < 500, route
        shown = b"".join(answer).decode(errors="replace")
        assert not [name for name in MAYAS_PEOPLE[1:] if name in shown], route


def test_two_managers_at_one_cache_each_see_their_own(sign_in: SignIn, sandbox: Sandbox) -> None:
    maya, grace = sign_in(MAYA), sign_in(GRACE)
    for _ in range(2):
        boards = [rows(browser.get("/team/?wait=1")) for browser in (maya, grace)]
        assert [min(board) // 10 for board in boards] == [20, 22]
        assert not boards[0].keys() & boards[1].keys()


def test_what_one_manager_may_see_of_somebody_the_other_is_refused(sign_in: SignIn, sandbox: Sandbox) -> None:
    sandbox.control.set_auditees(GRACE, [ANA, GRACES])
    boards = [rows(sign_in(viewer).get("/team/?wait=1")) for viewer in (MAYA, GRACE)]

    assert "5.8 of 35 h" in boards[0][ANA]
    assert "<summary>not visible</summary>" in boards[1][ANA]
    assert "5.8" not in boards[1][ANA]
    assert "not visible" not in boards[1][GRACES]


@pytest.mark.parametrize("first", [MAYA, GRACE])
def test_who_is_refused_stays_refused_whoever_looked_first(sign_in: SignIn, sandbox: Sandbox, first: int) -> None:
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


def test_whoever_signs_out_leaves_nothing_for_the_next_sign_in(sign_in: SignIn, sandbox: Sandbox) -> None:
    browser = sign_in(MAYA)
    browser.get("/team/?wait=1")
    browser.post("/signout/")
    sign_in(MAYA, browser)
    browser.get("/team/")

    assert [request.caller for request in sandbox.control.requests(path="auditees")] == [MAYA]


def cursor(browser: Client, person: int) -> str:
    """What the panel's link to further records carries."""
    panel = browser.get(f"/people/{person}/?panel=cpd", headers=HTMX).content.decode()
    found = re.search(r"records=([^\"&]+)", panel)
    assert found is not None
    return found[1]


def test_a_cursor_of_one_person_shows_nothing_of_them_on_anothers_page(sign_in: SignIn, sandbox: Sandbox) -> None:
    alma = sign_in(ALMA)
    stolen = cursor(alma, PROLIFIC)
    further = alma.get(f"/people/{PROLIFIC}/?panel=cpd&records={stolen}", headers=HTMX).content.decode()
    sandbox.control.clear_requests()
    other = alma.get(f"/people/{MARKUP}/?panel=cpd&records={stolen}", headers=HTMX).content.decode()

    assert "Ward round 21" in further
    assert "Ward round" not in other
    assert not [request for request in sandbox.control.requests() if str(PROLIFIC) in request.path]


def test_a_cursor_opens_nothing_for_somebody_else(sign_in: SignIn, sandbox: Sandbox) -> None:
    stolen = cursor(sign_in(ALMA), PROLIFIC)
    maya = sign_in(MAYA)

    assert maya.get(f"/people/{PROLIFIC}/?panel=cpd&records={stolen}", headers=HTMX).status_code == 404
    assert "Ward round" not in maya.get(f"/people/{ANA}/?panel=cpd&records={stolen}", headers=HTMX).content.decode()


@pytest.mark.parametrize("spoil", [lambda c: c[:-1], lambda c: c + "A", lambda c: "A" + c[1:], lambda c: c.upper()])
def test_a_cursor_that_was_tampered_with_is_the_first_page(sign_in: SignIn, sandbox: Sandbox, spoil: Any) -> None:
    alma = sign_in(ALMA)
    spoilt = spoil(cursor(alma, PROLIFIC))
    sandbox.control.clear_requests()
    panel = alma.get(f"/people/{PROLIFIC}/?panel=cpd&records={spoilt}", headers=HTMX).content.decode()

    assert re.search(r"Ward round 1\b", panel)
    assert sandbox.control.requests() == []


@pytest.mark.parametrize("made_up", ["", "x", "%00", "'", "/d2l/api/lp/1.63/users/202", "..", "a:b:c", "%F0%9F%A6%8A"])
def test_a_cursor_that_was_made_up_is_the_first_page(sign_in: SignIn, sandbox: Sandbox, made_up: str) -> None:
    maya = sign_in(MAYA)
    panel = maya.get(f"/people/{ANA}/?panel=cpd&records={made_up}", headers=HTMX)

    assert panel.status_code == 200
    assert {request.path.rsplit("/", 1)[-1] for request in sandbox.control.requests(path="cpd")} == {str(ANA)}


@pytest.mark.parametrize("where", ["/team/", "/team/?figures=0.0", "/team/export.csv", f"/people/{ANA}/", "/signin/"])
def test_no_answer_is_kept_by_anything_between(sign_in: SignIn, where: str) -> None:
    answer = sign_in(MAYA).get(where, headers=HTMX)

    assert answer["Cache-Control"] == "no-store, private"
    assert "HX-Request" in answer["Vary"]
