"""All content actions of the reference, and the scopes that open them."""

import time

import pytest

from tests.sandbox.api.routing import ROUTES
from tests.sandbox.oauth.token_store import AccessToken
from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import ANA, INES
from tests.sandbox_checks.api_client import Api
from tests.sandbox_checks.content_blocks import FIRE, KNOW, POSTER, QUIZ

UNIT = "/(orgUnitId)/content"
MODULE, TOPIC = f"{UNIT}/modules/(moduleId)", f"{UNIT}/topics/(topicId)"
EXEMPTIONS = f"{UNIT}/exemptions/users/(userId)"
DOCUMENTED = {
    "DELETE": [MODULE, TOPIC, f"{TOPIC}/captions/(language)"],
    "GET": [
        MODULE,
        f"{MODULE}/access/",
        f"{MODULE}/structure/",
        f"{UNIT}/root/",
        TOPIC,
        f"{TOPIC}/access/",
        f"{TOPIC}/file",
        "/(orgUnitId)/overview",
        "/(orgUnitId)/overview/attachment",
        "/content/myItems/",
        "/content/items/(userId)",
        "/content/myItems/due/",
        "/content/myItems/itemCounts/",
        "/content/myItems/due/itemCounts/",
        "/content/myItems/completions/",
        "/content/myItems/completions/due/",
        f"{UNIT}/myItems/",
        f"{UNIT}/myItems/due/",
        f"{UNIT}/myItems/itemCount",
        f"{UNIT}/myItems/due/itemCount",
        "/overdueItems/",
        "/overdueItems/myItems",
        f"{UNIT}/bookmarks",
        f"{UNIT}/recent",
        f"{UNIT}/toc",
        f"{TOPIC}/completions/",
        f"{TOPIC}/completions/users/(userId)",
        f"{UNIT}/completions/mycount/",
        f"{UNIT}/completions/",
        "/content/completions/(userId)/",
        f"{UNIT}/userprogress/",
        f"{UNIT}/userprogress/(topicId)",
        f"{UNIT}/pacing",
        f"{TOPIC}/captions",
    ],
    "POST": [
        f"{EXEMPTIONS}/byList/",
        f"{EXEMPTIONS}/byFilter/",
        f"{EXEMPTIONS}/byList/delete/",
        f"{MODULE}/structure/",
        f"{UNIT}/root/",
        f"{UNIT}/userprogress/",
        f"{UNIT}/order/objectId/(objectId)",
    ],
    "PUT": [
        MODULE,
        TOPIC,
        f"{TOPIC}/file",
        f"{TOPIC}/completions/users/(userId)",
        f"{UNIT}/pacing",
        f"{UNIT}/pacing/modules/(moduleId)",
        f"{TOPIC}/captions/(language)",
    ],
}


@pytest.fixture
def api() -> Api:
    return Api()


def status(api: Api, scope: str, method: str, path: str) -> int:
    """What a token with one scope alone gets."""
    text = f"token-of-{INES}"
    token = AccessToken(text, "client", INES, frozenset({scope}), time.time() + 3600, text)
    api.state.tokens.add(token, None)
    return api.send(method, INES, path).status


def test_all_fifty_one_content_actions_are_answered() -> None:
    documented = {(method, f"/d2l/api/le/(version){path}") for method, paths in DOCUMENTED.items() for path in paths}
    answered = {(action.method, action.template) for action in ROUTES.all()}
    assert len(documented) == 51
    assert documented - answered == set()


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
def test_each_documented_scope_opens_its_action_and_others_do_not(method: str, path: str, scopes: list[str]) -> None:
    for scope in scopes:
        assert status(Api(), scope, method, FIRE + path) == 200
    for scope in {"content:toc:read", "content:file:read", "content:modules:write", "content:topics:write"} - {*scopes}:
        assert status(Api(), scope, method, FIRE + path) == 403


@pytest.mark.parametrize("scope", ["content:modules:manage", "content:topics:manage"])
def test_either_scope_lets_order_things(api: Api, scope: str) -> None:
    assert status(api, scope, "POST", f"{FIRE}order/objectId/{QUIZ}?position=last") == 200
    assert status(api, "content:modules:read", "POST", f"{FIRE}order/objectId/{QUIZ}?position=last") == 403


def test_before_le_1_67_only_modules_can_be_seen_ahead_of_their_dates(api: Api) -> None:
    api.state.versions["le"] = ("1.66", "1.67")

    def modules(version: str, **query: str) -> int:
        path = f"le/{version}/{org.SAFEGUARDING}/content/toc"
        return len(api.get(ANA, path, **query).value["Modules"])

    seen = modules("1.67")
    assert modules("1.67", ignoreDateRestrictions="true") == seen + 1
    assert modules("1.67", ignoreModuleDateRestrictions="true") == seen
    assert modules("1.66", ignoreModuleDateRestrictions="true") == seen + 1
    assert modules("1.66", ignoreDateRestrictions="true") == seen
