"""The token endpoint: codes, access tokens and refresh tokens."""

from __future__ import annotations

import base64
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests

from tests.sandbox.oauth.access_tokens import signing_key
from tests.sandbox.seeds.demo_people import ANA, MAYA
from tests.sandbox_checks.registered_app import CALLBACK, CHALLENGE, SCOPE, VERIFIER, WHOAMI, RegisteredApp

SENDERS = 8


def _decoded(part: str) -> dict[str, Any]:
    padded = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    try:
        claims: dict[str, Any] = json.loads(padded)
    except ValueError:
        return {}  # the signature
    return claims


def test_code_is_exchanged_for_a_signed_token_with_brightspaces_claims(app: RegisteredApp) -> None:
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


def test_client_secret_is_accepted_in_the_form_as_well_as_in_basic(app: RegisteredApp) -> None:
    form = {
        "grant_type": "authorization_code",
        "code": app.code(),
        "redirect_uri": CALLBACK,
        "client_id": app.sandbox.client_id,
        "client_secret": app.sandbox.client_secret,
    }
    assert requests.post(app.sandbox.token_url, data=form, timeout=10).status_code == 200


@pytest.mark.parametrize("where", ["basic", "form", "nowhere", "unknown"])
def test_wrong_client_credentials_are_invalid_client(app: RegisteredApp, where: str) -> None:
    form = {"grant_type": "authorization_code", "code": app.code(), "redirect_uri": CALLBACK}
    client_id = "unknown" if where == "unknown" else app.sandbox.client_id
    if where in ("form", "unknown"):
        form |= {"client_id": client_id, "client_secret": "wrong"}
    auth = (client_id, "wrong") if where == "basic" else None
    reply = requests.post(app.sandbox.token_url, data=form, auth=auth, timeout=10)
    assert (reply.status_code, reply.json()["error"]) == (401, "invalid_client")


def test_client_credentials_that_are_not_text_are_invalid_request(app: RegisteredApp) -> None:
    headers = {"Authorization": "Basic " + base64.b64encode(b"\xff:\xfe").decode()}
    form = {"grant_type": "authorization_code", "code": "x", "redirect_uri": CALLBACK}
    reply = requests.post(app.sandbox.token_url, data=form, headers=headers, timeout=10)
    assert (reply.status_code, reply.json()["error"]) == (400, "invalid_request")


def test_code_works_once(app: RegisteredApp) -> None:
    code = app.code()
    assert app.exchange(code).status_code == 200
    replayed = app.exchange(code)
    assert (replayed.status_code, replayed.json()["error"]) == (400, "invalid_grant")


def test_code_sent_by_many_at_once_works_once(app: RegisteredApp) -> None:
    code = app.code()
    with ThreadPoolExecutor(SENDERS) as pool:
        statuses = list(pool.map(lambda _: app.exchange(code).status_code, range(SENDERS)))
    assert sorted(statuses) == [200] + [400] * (SENDERS - 1)


def test_expired_code_is_an_invalid_grant(app: RegisteredApp) -> None:
    app.sandbox.control.set_switches(code_seconds=-1)
    assert app.exchange(app.code()).json()["error"] == "invalid_grant"


def test_code_is_bound_to_its_redirect_uri(app: RegisteredApp) -> None:
    reply = app.exchange(app.code(), redirect_uri=CALLBACK + "other")
    assert reply.json()["error"] == "invalid_grant"


@pytest.mark.parametrize("verifier", ["w" * 64, "short", None])
def test_wrong_or_missing_verifier_is_an_invalid_grant(app: RegisteredApp, verifier: str | None) -> None:
    code = app.code(code_challenge=CHALLENGE, code_challenge_method="S256")
    changes = {} if verifier is None else {"code_verifier": verifier}
    reply = app.exchange(code, **changes)
    assert (reply.status_code, reply.json()["error"]) == (400, "invalid_grant")


def test_right_verifier_is_accepted(app: RegisteredApp) -> None:
    code = app.code(code_challenge=CHALLENGE, code_challenge_method="S256")
    assert app.exchange(code, code_verifier=VERIFIER).status_code == 200


def test_grant_type_that_is_not_offered_is_refused(app: RegisteredApp) -> None:
    reply = app.post({"grant_type": "password", "username": "x", "password": "y"})
    assert (reply.status_code, reply.json()["error"]) == (400, "unsupported_grant_type")


def test_refresh_token_works_once(app: RegisteredApp) -> None:
    first = app.tokens()
    second = app.refresh(first["refresh_token"]).json()
    assert second["refresh_token"] != first["refresh_token"]
    assert app.get(WHOAMI, second["access_token"]).json()["Identifier"] == str(MAYA)
    again = app.refresh(first["refresh_token"])
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    assert app.refresh(second["refresh_token"]).status_code == 200


def test_refresh_token_reuse_revokes_everything_of_that_sign_in_by_switch(app: RegisteredApp) -> None:
    app.sandbox.control.set_switches(refresh_reuse="revoke_family")
    other = app.tokens(ANA)
    first = app.tokens()
    second = app.refresh(first["refresh_token"]).json()
    app.refresh(first["refresh_token"])
    assert app.refresh(second["refresh_token"]).json()["error"] == "invalid_grant"
    assert app.get(WHOAMI, second["access_token"]).status_code == 401
    assert app.get(WHOAMI, other["access_token"]).status_code == 200


def test_refresh_token_sent_by_many_at_once_works_once(app: RegisteredApp) -> None:
    token = app.tokens()["refresh_token"]
    with ThreadPoolExecutor(SENDERS) as pool:
        statuses = list(pool.map(lambda _: app.refresh(token).status_code, range(SENDERS)))
    assert sorted(statuses) == [200] + [400] * (SENDERS - 1)
    assert app.sandbox.control.token_counts()["refresh_token"] == 1


def test_refresh_may_narrow_the_scope_for_one_access_token(app: RegisteredApp) -> None:
    first = app.tokens()
    narrow = app.refresh(first["refresh_token"], scope="cpd:records:read").json()
    assert narrow["scope"] == "cpd:records:read"
    assert app.get(WHOAMI, narrow["access_token"]).status_code == 403
    wide = app.refresh(narrow["refresh_token"]).json()
    assert wide["scope"] == SCOPE


def test_refresh_cannot_widen_the_scope_and_leaves_the_token_valid(app: RegisteredApp) -> None:
    token = app.tokens()["refresh_token"]
    reply = app.refresh(token, scope=SCOPE + " cpd:records:manage")
    assert (reply.status_code, reply.json()["error"]) == (400, "invalid_scope")
    assert app.refresh(token).status_code == 200


def test_refresh_tokens_are_not_issued_without_the_check_box(app: RegisteredApp) -> None:
    app.sandbox.control.set_switches(refresh_tokens=False)
    assert "refresh_token" not in app.tokens()


def test_access_token_lifetime_is_set_at_the_registration(app: RegisteredApp) -> None:
    app.sandbox.control.set_switches(access_token_seconds=90)
    assert app.tokens()["expires_in"] == 90


def test_token_endpoint_accepts_post_only(app: RegisteredApp) -> None:
    assert requests.get(app.sandbox.token_url, timeout=10).status_code == 405
