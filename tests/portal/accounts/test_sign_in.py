"""Sign-in by the browser: what is requested of Brightspace, what is refused, and where it leads."""

from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django import Settings

from tests.conftest import HELENA, MAYA, SignIn
from tests.portal.sign_in_steps import (
    CALLBACK,
    authorization_request,
    callback_url,
    is_signed_in,
    new_browser,
    no_tokens_are_stored,
)
from tests.sandbox.oauth.scopes import KNOWN_SCOPES
from tests.sandbox.server import Sandbox

pytestmark = pytest.mark.django_db


def test_sign_in_requests_state_pkce_and_every_scope(sandbox: Sandbox) -> None:
    request = authorization_request(new_browser())

    assert len(request["state"]) >= 30
    assert (len(request["code_challenge"]), request["code_challenge_method"]) == (43, "S256")
    assert request["redirect_uri"] == "http://localhost/signin/callback/"
    assert {"cpd:records:read", "users:own_profile:read"} <= set(request["scope"].split())


def test_every_sign_in_has_a_state_and_a_challenge_of_its_own(sandbox: Sandbox) -> None:
    one, other = authorization_request(new_browser()), authorization_request(new_browser())

    assert one["state"] != other["state"]
    assert one["code_challenge"] != other["code_challenge"]


def test_sign_in_leads_to_the_team(sandbox: Sandbox) -> None:
    browser = new_browser()
    response = browser.get(callback_url(browser, MAYA))

    assert (response.status_code, response["Location"]) == (302, "/team/")
    assert "Maya" in browser.get("/team/").content.decode()


def test_sign_in_works_where_brightspace_requires_pkce(sandbox: Sandbox) -> None:
    sandbox.control.set_switches(pkce="required")
    browser = new_browser()

    assert browser.get(callback_url(browser, MAYA)).status_code == 302


def test_a_wrong_verifier_is_refused(sandbox: Sandbox) -> None:
    browser = new_browser()
    callback = callback_url(browser, MAYA)
    session = browser.session
    state = f"_state_brightspace_{parse_qs(urlsplit(callback).query)['state'][0]}"
    session[state]["data"]["code_verifier"] = "x" * 48
    session.save()

    assert browser.get(callback).status_code == 400
    assert not is_signed_in(browser)


def test_the_session_key_changes_at_sign_in(sandbox: Sandbox) -> None:
    browser = new_browser()
    callback = callback_url(browser, MAYA)
    before = browser.cookies["portal"].value
    browser.get(callback)

    assert browser.cookies["portal"].value != before
    assert not Session.objects.filter(session_key=before).exists()


def without_state(callback: str) -> str:
    return callback.partition("&state=")[0]


def with_another_state(callback: str) -> str:
    return f"{without_state(callback)}&state=made-up-by-somebody-else"


@pytest.mark.parametrize("change", [without_state, with_another_state, lambda callback: CALLBACK])
def test_a_missing_or_wrong_state_is_refused(sandbox: Sandbox, change: object) -> None:
    browser = new_browser()
    response = browser.get(change(callback_url(browser, MAYA)))  # type: ignore[operator]

    assert_refused(browser, response)


def test_the_state_of_another_session_is_refused(sandbox: Sandbox) -> None:
    attacker, victim = new_browser(), new_browser()
    authorization_request(victim)
    response = victim.get(callback_url(attacker, MAYA))

    assert_refused(victim, response)


def test_a_state_is_refused_after_an_hour(sandbox: Sandbox) -> None:
    browser = new_browser()
    callback = callback_url(browser, MAYA)
    session = browser.session
    for state in [value for name, value in session.items() if name.startswith("_state_")]:
        state["exp"] -= 3_601
    session.save()

    assert_refused(browser, browser.get(callback))


def test_a_callback_address_signs_in_only_once(sandbox: Sandbox) -> None:
    browser, other = new_browser(), new_browser()
    callback = callback_url(browser, MAYA)
    browser.get(callback)

    assert browser.get(callback).status_code == 400
    assert other.get(callback).status_code == 400
    assert not is_signed_in(other)
    assert is_signed_in(browser)


def test_a_used_code_is_refused_even_with_a_valid_state(sandbox: Sandbox) -> None:
    browser, other = new_browser(), new_browser()
    used = callback_url(browser, MAYA)
    browser.get(used)
    code, state = parse_qs(urlsplit(used).query)["code"][0], authorization_request(other)["state"]
    response = other.get(f"{CALLBACK}?code={code}&state={state}")

    assert response.status_code == 400
    assert not is_signed_in(other)


def test_a_session_stores_a_limited_number_of_started_sign_ins(sandbox: Sandbox) -> None:
    browser = new_browser()
    for _ in range(20):
        browser.get("/signin/")

    assert sum(name.startswith("_state_") for name, _ in browser.session.items()) == 8
    assert browser.get(callback_url(browser, MAYA)).status_code == 302


def assert_refused(browser: Client, response: object) -> None:
    assert response.status_code == 400  # type: ignore[attr-defined]
    assert "no longer valid" in response.content.decode()  # type: ignore[attr-defined]
    assert 'href="/signin/"' in response.content.decode()  # type: ignore[attr-defined]
    assert not is_signed_in(browser)
    assert no_tokens_are_stored()


def test_a_person_who_does_not_consent_gets_an_error_page(sandbox: Sandbox) -> None:
    browser = new_browser()
    response = browser.get(callback_url(browser, MAYA, allow=False))

    assert response.status_code == 403
    assert "You did not agree" in response.content.decode()
    assert no_tokens_are_stored()


@pytest.fixture
def declare_scopes(sandbox: Sandbox) -> Iterator[Callable[[list[str]], None]]:
    """Sets the scopes that the portal's registration at Brightspace declares."""
    yield sandbox.control.declare_scopes
    sandbox.control.declare_scopes(KNOWN_SCOPES)


def test_an_unregistered_scope_leads_to_an_error_page(declare_scopes: Callable[[list[str]], None]) -> None:
    declare_scopes(["users:own_profile:read"])
    browser = new_browser()
    response = browser.get(callback_url(browser, MAYA))

    assert response.status_code == 403
    assert "declare them all" in response.content.decode()


def test_a_scope_that_was_not_granted_is_named_on_the_error_page(sandbox: Sandbox, settings: Settings) -> None:
    browser = new_browser()
    settings.BRIGHTSPACE_SCOPES = "users:own_profile:read"
    callback = callback_url(browser, MAYA)
    settings.BRIGHTSPACE_SCOPES = "users:own_profile:read cpd:records:read"
    response = browser.get(callback)

    assert response.status_code == 403
    assert "did not grant: cpd:records:read." in response.content.decode()
    assert no_tokens_are_stored()


@pytest.mark.parametrize("granted", ["cpd:*:*", "cpd:records:manage,read", "cpd:records:read"])
def test_a_wider_scope_is_enough(declare_scopes: Callable[[list[str]], None], settings: Settings, granted: str) -> None:
    declare_scopes([granted, "core:*:*"])
    browser = new_browser()
    settings.BRIGHTSPACE_SCOPES = f"{granted} core:*:*"
    callback = callback_url(browser, MAYA)
    settings.BRIGHTSPACE_SCOPES = "cpd:records:read"

    assert browser.get(callback).status_code == 302


TOKEN, WHOAMI, VERSIONS = "/core/connect/token", "/d2l/api/lp/(version)/users/whoami", "/d2l/api/versions/"


@pytest.mark.parametrize("route", [TOKEN, WHOAMI, VERSIONS])
@pytest.mark.parametrize("fault", ["500", "503", "429", "html", "cut_json", "empty", "wrong_type", "drop", "redirect"])
def test_a_failing_brightspace_leads_to_an_error_page_with_a_retry_link(
    sandbox: Sandbox, sign_in: SignIn, route: str, fault: str
) -> None:
    browser = new_browser()
    callback = callback_url(browser, MAYA, "/signin/?next=/people/102/%3Fpage%3D2%26x")
    sandbox.control.add_fault(fault, route=route)
    response = browser.get(callback)

    assert response.status_code == 503
    assert 'href="/signin/?next=%2Fpeople%2F102%2F%3Fpage%3D2%26x"' in response.content.decode()
    assert not is_signed_in(browser)
    assert no_tokens_are_stored()


def test_a_huge_token_response_is_not_read_to_its_end(sandbox: Sandbox) -> None:
    browser = new_browser()
    callback = callback_url(browser, MAYA)
    sandbox.control.add_fault("big", route=TOKEN)

    assert browser.get(callback).status_code == 503
    assert (sandbox.control.requests(route=TOKEN)[-1].answer_bytes or 0) < 20_000_000


def test_an_unreachable_token_endpoint_leads_to_an_error_page(sandbox: Sandbox, settings: Settings) -> None:
    browser = new_browser()
    callback = callback_url(browser, MAYA)
    settings.BRIGHTSPACE_TOKEN_URL = "http://127.0.0.1:9/core/connect/token"

    assert browser.get(callback).status_code == 503


def test_a_wrong_client_secret_is_shown_to_the_person_and_logged(
    sandbox: Sandbox, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.BRIGHTSPACE_CLIENT_SECRET = "not-the-secret"
    browser = new_browser()
    response = browser.get(callback_url(browser, MAYA))

    assert response.status_code == 403
    assert "refused the portal: invalid_client." in caplog.text


def test_a_signed_in_person_can_sign_in_again(maya: Client, sandbox: Sandbox) -> None:
    assert maya.get(callback_url(maya, MAYA)).status_code == 302
    assert is_signed_in(maya)


def test_another_person_in_the_same_browser_gets_a_session_of_their_own(maya: Client, sandbox: Sandbox) -> None:
    session = maya.session
    session["left-by"] = "Maya"
    session.save()
    maya.get(callback_url(maya, HELENA))
    page = maya.get("/team/").content.decode()

    assert "Helena" in page
    assert "left-by" not in maya.session


def test_a_sign_in_loop_ends_with_an_error_page(maya: Client, sandbox: Sandbox) -> None:
    for _ in range(3):
        maya.get(callback_url(maya, MAYA))
    response = maya.get("/signin/?next=/people/101/")

    assert response.status_code == 429
    assert 'href="/signin/?next=%2Fpeople%2F101%2F"' in response.content.decode()
