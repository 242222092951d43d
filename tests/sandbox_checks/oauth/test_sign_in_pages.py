"""The sign-in pages: picker, consent and errors."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from tests.sandbox.client import sign_in
from tests.sandbox.seeds.demo_people import MAYA
from tests.sandbox_checks.registered_app import CALLBACK, SCOPE, VERIFIER, RegisteredApp


def _query(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def _pairs(url: str) -> list[tuple[str, str]]:
    return list(_query(url).items())


def test_allowing_returns_a_code_and_the_state_unchanged(app: RegisteredApp) -> None:
    state = "a b&c=d/ü+%20"
    callback = sign_in(app.authorize_url(state=state), MAYA)
    assert callback.startswith(CALLBACK)
    assert _query(callback)["state"] == state
    assert _query(callback)["code"]


def test_denying_returns_access_denied(app: RegisteredApp) -> None:
    callback = sign_in(app.authorize_url(), MAYA, allow=False)
    answer = _query(callback)
    assert (answer["error"], answer["state"]) == ("access_denied", "s-1")
    assert "code" not in answer


def test_picker_has_the_demo_people_as_buttons_at_every_visit_without_a_session(
    app: RegisteredApp,
) -> None:
    for _ in range(2):
        page = requests.get(app.authorize_url(), timeout=10).text
        assert 'name="person" value="101"' in page
        assert "Maya Okafor" in page
        assert "A manager with twelve people" in page


def test_session_remembers_the_person_until_they_switch(app: RegisteredApp) -> None:
    browser = requests.Session()
    form = dict(_pairs(app.authorize_url()))
    browser.post(app.sandbox.authorize_url, data={**form, "person": MAYA}, timeout=10)
    consent = browser.get(app.authorize_url(), timeout=10).text
    assert 'name="decision" value="allow"' in consent
    assert 'name="decision" value="deny"' in consent
    assert "cpd:records:read" in consent
    assert "/oauth2/switch?" in consent
    switch = app.authorize_url().replace("/oauth2/auth", "/oauth2/switch")
    assert 'name="person"' in browser.get(switch, timeout=10).text


def test_picking_a_person_is_enough_without_the_consent_prompt(app: RegisteredApp) -> None:
    app.sandbox.control.set_switches(consent_prompt=False)
    assert _query(sign_in(app.authorize_url(), MAYA))["code"]


@pytest.mark.parametrize(
    "changes",
    [
        {"redirect_uri": CALLBACK + "?x=1"},
        {"redirect_uri": CALLBACK.rstrip("/")},
        {"redirect_uri": "http://127.0.0.1:8700/"},
        {"redirect_uri": 'http://evil"<>\\/'},
        {"redirect_uri": None},
        {"client_id": "someone-else"},
        {"client_id": None},
    ],
)
def test_unknown_app_or_redirect_uri_gets_an_error_page_and_no_redirect(
    app: RegisteredApp, changes: dict[str, Any]
) -> None:
    reply = requests.get(app.authorize_url(**changes), allow_redirects=False, timeout=10)
    assert reply.status_code == 400
    assert "Location" not in reply.headers
    assert reply.headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"scope": "grades:own_grades:read"}, "invalid_scope"),
        ({"scope": SCOPE + " openid"}, "invalid_scope"),
        ({"scope": None}, "invalid_scope"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": None}, "unsupported_response_type"),
        ({"code_challenge": VERIFIER, "code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge": VERIFIER}, "invalid_request"),
    ],
)
def test_invalid_authorize_request_returns_to_the_app_with_the_error(
    app: RegisteredApp, changes: dict[str, Any], error: str
) -> None:
    reply = requests.get(app.authorize_url(**changes), allow_redirects=False, timeout=10)
    assert reply.headers["Location"].startswith(CALLBACK)
    answer = _query(reply.headers["Location"])
    assert (answer["error"], answer["state"]) == (error, "s-1")


def test_pages_need_no_inline_script_or_style(app: RegisteredApp) -> None:
    reply = requests.get(app.authorize_url(), timeout=10)
    assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
    assert "<script" not in reply.text
    assert "style=" not in reply.text
    css = requests.get(app.sandbox.url + "/oauth2/assets/sandbox.css", timeout=10)
    assert css.headers["Content-Type"].startswith("text/css")
