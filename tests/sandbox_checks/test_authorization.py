"""Sign-in: picker, consent, codes, tokens and their refresh."""

from __future__ import annotations

import base64
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from tests.sandbox.client import sign_in
from tests.sandbox.oauth.access_tokens import signing_key
from tests.sandbox_checks.conftest import ANA, CALLBACK, CHALLENGE, MAYA, SCOPE, VERIFIER, App

WHOAMI = "/d2l/api/lp/1.50/users/whoami"


def _query(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def test_a_person_who_allows_comes_back_with_code_and_the_state_unchanged(app: App) -> None:
    state = "a b&c=d/ü+%20"
    callback = sign_in(app.authorize_url(state=state), MAYA)
    assert callback.startswith(CALLBACK)
    assert _query(callback)["state"] == state
    assert _query(callback)["code"]


def test_a_person_who_denies_comes_back_with_access_denied(app: App) -> None:
    callback = sign_in(app.authorize_url(), MAYA, allow=False)
    answer = _query(callback)
    assert (answer["error"], answer["state"]) == ("access_denied", "s-1")
    assert "code" not in answer


def test_the_picker_offers_the_demo_people_as_buttons_and_asks_again_without_session(
    app: App,
) -> None:
    for _ in range(2):
        page = requests.get(app.authorize_url(), timeout=10).text
        assert 'name="person" value="101"' in page
        assert "Maya Okafor" in page
        assert "A manager with twelve people" in page


def test_the_lms_session_remembers_the_person_until_they_switch(app: App) -> None:
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


def _pairs(url: str) -> list[tuple[str, str]]:
    return list(_query(url).items())


def test_without_the_consent_prompt_picking_a_person_is_enough(app: App) -> None:
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
def test_an_unknown_app_or_redirect_gets_an_error_page_and_never_a_redirect(app: App, changes: dict[str, Any]) -> None:
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
def test_a_request_that_cannot_be_granted_returns_to_the_app_with_the_reason(
    app: App, changes: dict[str, Any], error: str
) -> None:
    reply = requests.get(app.authorize_url(**changes), allow_redirects=False, timeout=10)
    assert reply.headers["Location"].startswith(CALLBACK)
    answer = _query(reply.headers["Location"])
    assert (answer["error"], answer["state"]) == (error, "s-1")


def test_a_code_is_exchanged_for_a_signed_token_with_brightspaces_claims(app: App) -> None:
    tokens = app.tokens()
    head, claims, _ = (_decoded(part) for part in tokens["access_token"].split("."))
    assert {k: head[k] for k in ("typ", "alg")} == {"typ": "JWT", "alg": "RS256"}
    assert head["kid"] == signing_key().kid
    assert claims["sub"] == str(MAYA)
    assert claims["iss"] == "https://api.brightspace.com/auth"
    assert claims["aud"] == "https://api.brightspace.com/auth/token"
    assert claims["azp"] == app.sandbox.client_id
    assert claims["scope"] == SCOPE
    assert claims["exp"] - claims["nbf"] == tokens["expires_in"] == 3600
    assert claims["tenantid"]
    assert claims["jti"]
    assert tokens["token_type"] == "Bearer"
    assert "." not in tokens["refresh_token"]


def _decoded(part: str) -> dict[str, Any]:
    padded = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    try:
        claims: dict[str, Any] = json.loads(padded)
    except ValueError:
        return {}  # the signature
    return claims


def test_the_secret_is_taken_from_the_form_as_well_as_from_basic(app: App) -> None:
    form = {
        "grant_type": "authorization_code",
        "code": app.code(),
        "redirect_uri": CALLBACK,
        "client_id": app.sandbox.client_id,
        "client_secret": app.sandbox.client_secret,
    }
    assert requests.post(app.sandbox.token_url, data=form, timeout=10).status_code == 200


@pytest.mark.parametrize("where", ["basic", "form", "nowhere", "unknown"])
def test_an_app_that_cannot_prove_who_it_is_gets_invalid_client(app: App, where: str) -> None:
    form = {"grant_type": "authorization_code", "code": app.code(), "redirect_uri": CALLBACK}
    client_id = "unknown" if where == "unknown" else app.sandbox.client_id
    if where in ("form", "unknown"):
        form |= {"client_id": client_id, "client_secret": "wrong"}
    auth = (client_id, "wrong") if where == "basic" else None
    reply = requests.post(app.sandbox.token_url, data=form, auth=auth, timeout=10)
    assert (reply.status_code, reply.json()["error"]) == (401, "invalid_client")


def test_credentials_that_are_not_text_are_an_invalid_request(app: App) -> None:
    headers = {"Authorization": "Basic " + base64.b64encode(b"\xff:\xfe").decode()}
    form = {"grant_type": "authorization_code", "code": "x", "redirect_uri": CALLBACK}
    reply = requests.post(app.sandbox.token_url, data=form, headers=headers, timeout=10)
    assert (reply.status_code, reply.json()["error"]) == (400, "invalid_request")


def test_a_code_works_once(app: App) -> None:
    code = app.code()
    assert app.exchange(code).status_code == 200
    replayed = app.exchange(code)
    assert (replayed.status_code, replayed.json()["error"]) == (400, "invalid_grant")


def test_of_many_who_send_one_code_at_once_one_gets_tokens(app: App) -> None:
    code = app.code()
    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda _: app.exchange(code).status_code, range(8)))
    assert sorted(statuses) == [200] + [400] * 7


def test_a_code_that_waited_too_long_is_an_invalid_grant(app: App) -> None:
    app.sandbox.control.set_switches(code_seconds=-1)
    assert app.exchange(app.code()).json()["error"] == "invalid_grant"


def test_a_code_is_bound_to_its_redirect_uri(app: App) -> None:
    reply = app.exchange(app.code(), redirect_uri=CALLBACK + "other")
    assert reply.json()["error"] == "invalid_grant"


@pytest.mark.parametrize("verifier", ["w" * 64, "short", None])
def test_a_wrong_or_missing_verifier_spoils_the_grant(app: App, verifier: str | None) -> None:
    code = app.code(code_challenge=CHALLENGE, code_challenge_method="S256")
    changes = {} if verifier is None else {"code_verifier": verifier}
    reply = app.exchange(code, **changes)
    assert (reply.status_code, reply.json()["error"]) == (400, "invalid_grant")


def test_the_right_verifier_is_accepted(app: App) -> None:
    code = app.code(code_challenge=CHALLENGE, code_challenge_method="S256")
    assert app.exchange(code, code_verifier=VERIFIER).status_code == 200


def test_a_grant_type_brightspace_does_not_offer_is_refused(app: App) -> None:
    reply = app.post({"grant_type": "password", "username": "x", "password": "y"})
    assert (reply.status_code, reply.json()["error"]) == (400, "unsupported_grant_type")


def test_a_refresh_gives_a_new_pair_and_kills_the_old_token(app: App) -> None:
    first = app.tokens()
    second = app.refresh(first["refresh_token"]).json()
    assert second["refresh_token"] != first["refresh_token"]
    assert app.get(WHOAMI, second["access_token"]).json()["Identifier"] == str(MAYA)
    again = app.refresh(first["refresh_token"])
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    assert app.refresh(second["refresh_token"]).status_code == 200


def test_with_revoke_family_reuse_ends_everything_from_that_sign_in(app: App) -> None:
    app.sandbox.control.set_switches(refresh_reuse="revoke_family")
    other = app.tokens(ANA)
    first = app.tokens()
    second = app.refresh(first["refresh_token"]).json()
    app.refresh(first["refresh_token"])
    assert app.refresh(second["refresh_token"]).json()["error"] == "invalid_grant"
    assert app.get(WHOAMI, second["access_token"]).status_code == 401
    assert app.get(WHOAMI, other["access_token"]).status_code == 200


def test_of_many_who_refresh_at_once_one_gets_tokens(app: App) -> None:
    token = app.tokens()["refresh_token"]
    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda _: app.refresh(token).status_code, range(8)))
    assert sorted(statuses) == [200] + [400] * 7
    assert app.sandbox.control.token_counts()["refresh_token"] == 1


def test_a_refresh_may_narrow_the_scope_without_losing_it_for_good(app: App) -> None:
    first = app.tokens()
    narrow = app.refresh(first["refresh_token"], scope="cpd:records:read").json()
    assert narrow["scope"] == "cpd:records:read"
    assert app.get(WHOAMI, narrow["access_token"]).status_code == 403
    wide = app.refresh(narrow["refresh_token"]).json()
    assert wide["scope"] == SCOPE


def test_a_refresh_cannot_widen_the_scope_and_the_token_survives_the_attempt(app: App) -> None:
    token = app.tokens()["refresh_token"]
    reply = app.refresh(token, scope=SCOPE + " cpd:records:manage")
    assert (reply.status_code, reply.json()["error"]) == (400, "invalid_scope")
    assert app.refresh(token).status_code == 200


def test_without_the_check_box_no_refresh_token_is_issued(app: App) -> None:
    app.sandbox.control.set_switches(refresh_tokens=False)
    assert "refresh_token" not in app.tokens()


def test_the_token_lifetime_is_a_matter_of_the_registration(app: App) -> None:
    app.sandbox.control.set_switches(access_token_seconds=90)
    assert app.tokens()["expires_in"] == 90


def test_the_token_endpoint_takes_post_only(app: App) -> None:
    assert requests.get(app.sandbox.token_url, timeout=10).status_code == 405


def test_no_page_needs_inline_script_or_style(app: App) -> None:
    reply = requests.get(app.authorize_url(), timeout=10)
    assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
    assert "<script" not in reply.text
    assert "style=" not in reply.text
    css = requests.get(app.sandbox.url + "/oauth2/assets/sandbox.css", timeout=10)
    assert css.headers["Content-Type"].startswith("text/css")
