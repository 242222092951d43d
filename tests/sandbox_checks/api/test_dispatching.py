"""Checks of every API call before its action runs: token, scope, route and version."""

from __future__ import annotations

import re
from typing import Any

import pytest
import requests

from tests.sandbox.api.routing import ROUTES
from tests.sandbox.oauth.scopes import allows, covers
from tests.sandbox.seeds.demo_people import MAYA
from tests.sandbox_checks.api_client import ApiClient
from tests.sandbox_checks.registered_app import WHOAMI, RegisteredApp

PROGRESS = "/d2l/api/le/1.84/cpd/target/progress/user/201"
AUDITEES = "/d2l/api/le/1.84/auditing/auditors/101/auditees/"
PROBLEM = "application/problem+json; charset=UTF-8"
INVALID_TOKEN = {
    "type": "http://docs.valence.desire2learn.com/res/apiprop.html#invalid-token",
    "title": "Unauthorized",
    "status": 401,
    "detail": "Couldn't parse token",
}


def _token(app: RegisteredApp, scope: str) -> str:
    return app.sandbox.control.issue_access_token(MAYA, scope)


def _shape(reply: requests.Response) -> str:
    if not reply.content:
        return "empty"
    if reply.headers["Content-Type"].startswith("text/html"):
        return "html"
    body: dict[str, Any] = reply.json()
    return "errors" if list(body) == ["Errors"] else "problem"


def test_every_action_needs_a_token_unless_it_is_public() -> None:
    api = ApiClient()
    for action in ROUTES.all():
        path = action.template.removeprefix("/d2l/api/").replace("(version)", "unstable")
        path = re.sub(r"\([A-Za-z]+\)", "6609", path.replace("(product)", "le"))
        reply = api.send(action.method, None, path)
        assert (reply.status == 403) is not action.public, action.template


def test_unknown_token_is_401(app: RegisteredApp) -> None:
    reply = app.get(WHOAMI, "nonsense")
    assert reply.status_code == 401
    assert reply.headers["Content-Type"] == PROBLEM
    assert reply.json() == INVALID_TOKEN


def test_expired_token_is_401(app: RegisteredApp) -> None:
    token = app.sandbox.control.issue_access_token(MAYA, seconds=-1)
    assert app.get(WHOAMI, token).json() == INVALID_TOKEN


def test_token_is_expired_by_the_control_api(app: RegisteredApp) -> None:
    token = app.sandbox.control.issue_access_token(MAYA)
    assert app.get(WHOAMI, token).status_code == 200
    assert app.sandbox.control.expire_tokens(MAYA) == 1
    assert app.get(WHOAMI, token).json() == INVALID_TOKEN


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Basic eDp5"}])
def test_missing_credential_is_a_403_web_page_or_401_by_switch(app: RegisteredApp, headers: dict[str, str]) -> None:
    url = app.sandbox.url + WHOAMI
    reply = requests.get(url, headers=headers, timeout=10)
    assert reply.status_code == 403
    assert reply.headers["Content-Type"].startswith("text/html")
    app.sandbox.control.set_switches(no_credential="401")
    assert requests.get(url, headers=headers, timeout=10).json() == INVALID_TOKEN


def test_missing_scope_is_reported_as_insufficient(app: RegisteredApp) -> None:
    reply = app.get(PROGRESS, _token(app, "cpd:records:read"))
    assert reply.status_code == 403
    assert reply.headers["Content-Type"].startswith("application/json")
    assert list(reply.json()) == ["Error"]
    assert reply.json()["Error"].startswith("Insufficient scope to call ")


def test_action_without_scopes_needs_the_general_fallback(app: RegisteredApp) -> None:
    reply = app.get(AUDITEES, _token(app, "cpd:targets:read"))
    assert reply.status_code == 403
    assert reply.json() == {"Errors": [{"Message": "No scopes defined for specified requests."}]}
    assert app.get(AUDITEES, _token(app, "core:*:*")).status_code == 200


def test_general_fallback_suffices_for_actions_with_scopes(app: RegisteredApp) -> None:
    assert app.get(PROGRESS, _token(app, "core:*:*")).status_code == 200


def test_any_one_of_an_actions_scopes_suffices(app: RegisteredApp) -> None:
    assert app.get(WHOAMI, _token(app, "users:own_profile:read")).status_code == 200
    assert app.get(WHOAMI, _token(app, "users:profile:read")).status_code == 200


@pytest.mark.parametrize(
    ("granted", "needed", "expected"),
    [
        ("cpd:records:read", "cpd:records:read", True),
        ("cpd:*:read", "cpd:records:read", True),
        ("*:*:*", "cpd:records:read", True),
        ("cpd:records:*", "cpd:records:read", True),
        ("cpd:records:read,manage", "cpd:records:manage", True),
        ("cpd:records:read cpd:records:manage", "cpd:records:read,manage", True),
        ("cpd:records:read", "cpd:records:read,manage", False),
        ("CPD:records:read", "cpd:records:read", False),
        ("cpd:records:Read", "cpd:records:read", False),
        ("cpd:record:read", "cpd:records:read", False),
        ("core:*:*", "cpd:records:read", False),
        ("cpd:records", "cpd:records:read", False),
    ],
)
def test_scopes_match_by_segment_with_wildcards_and_case(granted: str, needed: str, expected: bool) -> None:
    assert covers(granted.split(), needed) is expected


def test_action_without_scopes_is_allowed_by_the_fallback_only() -> None:
    assert allows(["core:*:*"], ())
    assert not allows(["cpd:*:*"], ())


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", WHOAMI + "/", 404),
        ("GET", AUDITEES.rstrip("/"), 404),
        ("GET", "/d2l/api/lp/1.50/users/no-such", 404),
        ("GET", "/d2l/api/le/1.84/cpd/record/abc", 404),
        ("GET", "/d2l/api/le/1.84/cpd/record/1180591620717411303424", 404),
        ("GET", "/d2l/api/le/1.84/cpd/record/-1", 404),
        ("GET", "/d2l/api/le/1.84/nothing", 404),
        ("GET", "/d2l/api/xx/1.84/users/whoami", 404),
        ("GET", "/d2l/api/lp/0.99/users/whoami", 404),
        ("GET", "/d2l/api/lp/latest/users/whoami", 404),
        ("GET", "/d2l/api/le/1.83/cpd/target/progress/user/201", 404),
        ("GET", "/d2l/api/le/1.84/6609/content/userprogress/", 404),
        ("DELETE", WHOAMI, 405),
        ("POST", PROGRESS, 405),
    ],
)
def test_request_outside_the_routing_table_is_refused(app: RegisteredApp, method: str, path: str, status: int) -> None:
    reply = app.get(path, method=method)
    assert reply.status_code == status
    if status == 404:
        assert (reply.headers["Content-Type"], reply.json()["status"]) == (PROBLEM, 404)


@pytest.mark.parametrize("shape", ["errors", "html", "empty"])
def test_error_bodies_follow_their_switches(app: RegisteredApp, shape: str) -> None:
    app.sandbox.control.set_switches(not_found=shape, forbidden=shape)
    for path, status in [
        ("/d2l/api/le/1.84/nothing", 404),
        ("/d2l/api/le/1.84/cpd/target/progress/user/231", 403),
    ]:
        reply = app.get(path)
        assert reply.status_code == status
        assert _shape(reply) == shape


def test_route_table_has_well_formed_scopes_and_templates() -> None:
    for action in ROUTES.all():
        assert action.template.startswith("/d2l/api/")
        assert all(covers([scope], scope) for scope in action.scopes)
