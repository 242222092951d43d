"""Sign-in, its problems, and the error pages in French: no English on them."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from tests.conftest import MAYA
from tests.languages.conftest import Compare
from tests.portal.sign_in_steps import CALLBACK, callback_url
from tests.sandbox.oauth.scopes import KNOWN_SCOPES
from tests.sandbox.server import Sandbox

pytestmark = pytest.mark.django_db
TOKEN, WHOAMI = "/core/connect/token", "/d2l/api/lp/(version)/users/whoami"


def signed_in(browser: Client, allow: bool = True) -> Any:
    """What a browser gets that comes back from Brightspace's sign-in page."""
    return browser.get(callback_url(browser, MAYA, allow=allow))


def test_the_front_page_has_no_english(compare: Compare) -> None:
    compare(None, "/")


def test_the_page_after_sign_out_has_no_english(compare: Compare) -> None:
    def signed_out(browser: Client) -> Any:
        signed_in(browser)
        return browser.post("/signout/")

    compare(None, signed_out)


def test_a_sign_in_without_consent_has_no_english(compare: Compare) -> None:
    compare(None, partial(signed_in, allow=False))


def test_a_sign_in_that_is_no_longer_valid_has_no_english(compare: Compare, sandbox: Sandbox) -> None:
    compare(None, CALLBACK)


@pytest.mark.parametrize("route", [TOKEN, WHOAMI, "/d2l/api/versions/"])
@pytest.mark.parametrize("fault", ["503", "429", "html"])
def test_a_sign_in_that_brightspace_fails_has_no_english(
    compare: Compare, sandbox: Sandbox, route: str, fault: str
) -> None:
    sandbox.control.add_fault(fault, route=route)
    compare(None, signed_in)


def test_a_sign_in_that_brightspace_refuses_has_no_english(compare: Compare, settings: Settings) -> None:
    settings.BRIGHTSPACE_CLIENT_SECRET = "not-the-secret"
    compare(None, signed_in)


def test_a_sign_in_without_its_scopes_has_no_english(compare: Compare, sandbox: Sandbox, settings: Settings) -> None:
    def missing(browser: Client) -> Any:
        settings.BRIGHTSPACE_SCOPES = "users:own_profile:read"
        callback = callback_url(browser, MAYA)
        settings.BRIGHTSPACE_SCOPES = "users:own_profile:read cpd:records:read"
        return browser.get(callback)

    compare(None, missing)
    settings.BRIGHTSPACE_SCOPES = ""
    sandbox.control.declare_scopes(["users:own_profile:read"])
    try:
        compare(None, signed_in)
    finally:
        sandbox.control.declare_scopes(KNOWN_SCOPES)


def test_a_sign_in_loop_has_no_english(compare: Compare) -> None:
    def looping(browser: Client) -> Any:
        for _ in range(4):
            signed_in(browser)
        return browser.get("/signin/?next=/people/101/")

    compare(None, looping)


def without_csrf(browser: Client) -> Any:
    browser.handler.enforce_csrf_checks = True
    return browser.post("/signout/")


ERRORS: dict[int, str | Callable[[Client], Any]] = {
    400: partial(Client.get, path="/", headers={"Host": "elsewhere.example"}),
    403: "/forbidden/",
    404: "/nowhere/",
    500: "/crashed/",
}


@pytest.mark.urls("tests.languages.failing_urls")
@pytest.mark.parametrize("visit", [*ERRORS.values(), without_csrf], ids=[*map(str, ERRORS), "403 without CSRF token"])
@pytest.mark.parametrize("is_signed_in", [False, True])
def test_an_error_page_has_no_english(
    request: pytest.FixtureRequest, compare: Compare, visit: Any, is_signed_in: bool
) -> None:
    browser = request.getfixturevalue("maya") if is_signed_in else None

    def visited(visitor: Client) -> Any:
        visitor.raise_request_exception = False
        response = visitor.get(visit) if isinstance(visit, str) else visit(visitor)
        visitor.handler.enforce_csrf_checks = False
        return response

    french = compare(browser, visited, label=str(visit))
    assert french.label[:3] in {"400", "403", "404", "500"}


def test_a_person_outside_the_team_has_no_english(maya: Client, compare: Compare) -> None:
    compare(maya, "/people/301/")
    compare(maya, partial(Client.get, path="/people/301/", headers={"HX-Request": "true"}))


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("not_found", {}),
        ("forbidden", {"permission": "CPD.View"}),
        ("forbidden", {"shape": "html"}),
        ("forbidden", {"shape": "no_scopes"}),
        ("status", {"status": 410}),
        ("status", {"status": 400}),
        ("429", {"retry_after": "90"}),
        ("500", {}),
    ],
)
def test_a_file_that_brightspace_does_not_give_has_no_english(
    maya: Client, compare: Compare, sandbox: Sandbox, kind: str, options: dict[str, Any]
) -> None:
    sandbox.control.add_fault(kind, path="/attachment|/file", **options)
    compare(maya, "/courses/6606/topics/999999/file")
    compare(maya, "/cpd/records/999999/attachments/1/")
