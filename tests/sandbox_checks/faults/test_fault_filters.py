"""Filters of faults, their order, and latency."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from tests.sandbox.control import Control
from tests.sandbox.seeds.demo_people import ANA, MAYA
from tests.sandbox_checks.api_client import ApiClient
from tests.sandbox_checks.registered_app import WHOAMI, RegisteredApp

RECORDS = "/d2l/api/le/1.84/cpd/record/user/201?limit=2"
RECORDS_ROUTE = "/d2l/api/le/(version)/cpd/record/user/(userId)"
PROGRESS = "/d2l/api/le/1.84/cpd/target/progress/user/{}"


def test_exclusive_faults_apply_one_after_the_other_as_often_as_set(app: RegisteredApp) -> None:
    app.sandbox.control.add_fault("500", times=1)
    app.sandbox.control.add_fault("503", times=2)
    assert [app.get(WHOAMI).status_code for _ in range(4)] == [500, 503, 503, 200]


@pytest.mark.parametrize(
    ("options", "matching", "other"),
    [
        ({"route": RECORDS_ROUTE}, RECORDS, WHOAMI),
        ({"path": r"limit=2$"}, RECORDS, RECORDS.replace("2", "1", 1)),
        ({"subject": ANA}, PROGRESS.format(ANA), PROGRESS.format(202)),
        ({"subject": ANA}, f"/d2l/api/le/1.84/overdueItems/?userId={ANA}", WHOAMI),
    ],
)
def test_fault_is_limited_by_route_path_or_subject(
    app: RegisteredApp, options: dict[str, Any], matching: str, other: str
) -> None:
    app.sandbox.control.add_fault("500", **options)
    assert app.get(matching).status_code == 500
    assert app.get(other).status_code != 500


def test_fault_is_limited_by_method_and_caller(app: RegisteredApp) -> None:
    app.sandbox.control.add_fault("500", caller=ANA, method="GET")
    assert app.get(WHOAMI).status_code == 200
    ana = app.sandbox.control.issue_access_token(ANA)
    assert app.get(WHOAMI, ana).status_code == 500
    assert app.get(WHOAMI, ana, method="PUT").status_code == 405


def test_token_endpoint_fault_is_limited_to_a_caller(app: RegisteredApp) -> None:
    mayas, anas = app.tokens(MAYA)["refresh_token"], app.tokens(ANA)["refresh_token"]
    app.sandbox.control.add_fault("html", route="/core/connect/token", caller=ANA)
    assert app.refresh(mayas).headers["Content-Type"] == "application/json"
    assert app.refresh(anas).headers["Content-Type"].startswith("text/html")


def test_authorize_page_can_fail(app: RegisteredApp) -> None:
    app.sandbox.control.add_fault("503", route="/oauth2/auth", times=1)
    assert requests.get(app.authorize_url(), timeout=10).status_code == 503
    assert requests.get(app.authorize_url(), timeout=10).status_code == 200


def test_additive_faults_add_up(app: RegisteredApp) -> None:
    app.sandbox.control.add_fault("slow", delay_ms=50)
    app.sandbox.control.add_fault("extra")
    app.sandbox.control.add_fault("set_cookie")
    reply = app.get(WHOAMI)
    assert reply.elapsed.total_seconds() >= 0.05
    assert "SandboxUnknown" in reply.json()
    assert reply.cookies


def test_latency_applies_everywhere_or_to_one_route(api: ApiClient, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses_ms: list[float] = []
    monkeypatch.setattr(api.state, "pause", pauses_ms.append)
    whoami, records = "lp/1.50/users/whoami", f"le/1.84/cpd/record/user/{ANA}"
    control = Control(api.state)
    control.set_latency(60, route="/d2l/api/lp/(version)/users/whoami")
    assert [api.get(MAYA, path).status for path in (whoami, records)] == [200, 200]
    control.set_latency(60)
    assert api.get(MAYA, records).status == 200
    assert pauses_ms == [60, 0, 60]


@pytest.mark.parametrize(
    ("kind", "options"),
    [("nonsense", {}), ("500", {"colour": "red"}), ("forbidden", {"shape": "round"})],
)
def test_invalid_fault_is_refused(app: RegisteredApp, kind: str, options: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"fault|shape"):
        app.sandbox.control.add_fault(kind, **options)
    assert app.sandbox.control.faults() == []
