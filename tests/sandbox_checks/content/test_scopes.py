"""Registration of all content actions, and their scopes."""

import time

import pytest

from tests.contract.documents import ACTIONS
from tests.sandbox.api.routing import ROUTES
from tests.sandbox.oauth.token_store import AccessToken
from tests.sandbox.seeds.demo_people import INES
from tests.sandbox_checks.api_client import ApiClient
from tests.sandbox_checks.content_blocks import FIRE, KNOW, POSTER, QUIZ


def status(api: ApiClient, scope: str, method: str, path: str) -> int:
    """The status of a call with a token that has this scope only."""
    text = f"token-of-{INES}"
    token = AccessToken(text, "client", INES, frozenset({scope}), time.time() + 3600, text)
    api.state.tokens.add(token, None)
    return api.send(method, INES, path).status


def test_every_content_action_is_registered() -> None:
    documented = {action.name for action in ACTIONS if action.document == "content"}
    registered = {f"{action.method} {action.template}" for action in ROUTES.all()}
    assert documented
    assert documented - registered == set()


@pytest.mark.parametrize(
    ("method", "path", "scopes"),
    [
        ("GET", "root/", ["content:modules:readonly", "content:modules:read"]),
        ("GET", f"modules/{KNOW}", ["content:modules:readonly", "content:modules:read"]),
        ("GET", f"modules/{KNOW}/structure/", ["content:modules:readonly", "content:modules:read"]),
        ("GET", f"topics/{QUIZ}", ["content:topics:readonly", "content:topics:read"]),
        ("DELETE", f"topics/{QUIZ}", ["content:topics:manage", "content:topics:read"]),
        ("DELETE", f"modules/{KNOW}", ["content:modules:manage", "content:modules:read"]),
        ("GET", f"topics/{POSTER}/file", ["content:file:read"]),
        ("GET", f"topics/{POSTER}/access/", ["content:access:read"]),
        ("GET", f"topics/{QUIZ}/completions/", ["content:completions:read"]),
        ("GET", "bookmarks", ["content:toc:read"]),
        ("GET", "pacing", ["core:*:*"]),
        ("GET", "myItems/", ["core:*:*"]),
    ],
)
def test_documented_scopes_open_their_action_and_others_do_not(method: str, path: str, scopes: list[str]) -> None:
    for scope in scopes:
        assert status(ApiClient(), scope, method, FIRE + path) == 200
    for scope in {"content:toc:read", "content:file:read", "content:modules:write", "content:topics:write"} - {*scopes}:
        assert status(ApiClient(), scope, method, FIRE + path) == 403


@pytest.mark.parametrize("scope", ["content:modules:manage", "content:topics:manage"])
def test_either_scope_opens_the_order(api: ApiClient, scope: str) -> None:
    assert status(api, scope, "POST", f"{FIRE}order/objectId/{QUIZ}?position=last") == 200
    assert status(api, "content:modules:read", "POST", f"{FIRE}order/objectId/{QUIZ}?position=last") == 403
