"""The rules of an award's expiry and of the notice before it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.seeds.demo_people import ADRIAN
from tests.sandbox_checks.api_client import Api, Reply
from tests.sandbox_checks.award_bodies import BADGE, with_expiry


@pytest.fixture
def api() -> Api:
    return Api()


def create(api: Api, body: Any) -> Reply:
    return api.send("POST", ADRIAN, "bas/1.3/awards/", body=body)


@pytest.mark.parametrize(
    "parts",
    [
        {"ExpiryCalculationType": "Never", "Day": 77},
        {"ExpiryCalculationType": 2, "Day": 29, "Month": 2, "Year": 2024},
        {"ExpiryCalculationType": "Fixed", "Day": 1, "Month": 1, "Year": 1999, "Hour": 23, "Minute": 59},
        {"ExpiryCalculationType": 3, "Day": 1},
        {"ExpiryCalculationType": 3, "Week": 999},
        {"ExpiryCalculationType": "relative", "Month": 24, "Day": None},
        {"ExpiryCalculationType": 3, "Year": 5},
        {"ExpiryCalculationType": 4, "Day": 31, "Month": 999},
        {"ExpiryCalculationType": "RelativeDayOfMonth", "Day": 1, "Month": 1},
    ],
)
def test_each_kind_of_expiry_is_taken(api: Api, parts: dict[str, Any]) -> None:
    made = create(api, with_expiry(**parts))
    assert made.status == 201, made.value
    assert isinstance(made.value["ExpiryCalculation"]["ExpiryCalculationType"], int)


@pytest.mark.parametrize(
    ("parts", "named"),
    [
        ({}, "ExpiryCalculationType"),
        ({"ExpiryCalculationType": 5}, "ExpiryCalculationType"),
        ({"ExpiryCalculationType": 2, "Day": 1, "Month": 1}, "Year"),
        ({"ExpiryCalculationType": 2, "Month": 1, "Year": 2030}, "Day"),
        ({"ExpiryCalculationType": 2, "Day": 31, "Month": 2, "Year": 2030}, "Day"),
        ({"ExpiryCalculationType": 2, "Day": 1, "Month": 13, "Year": 2030}, "Month"),
        ({"ExpiryCalculationType": 3}, "Day"),
        ({"ExpiryCalculationType": 3, "Day": 0}, "Day"),
        ({"ExpiryCalculationType": 3, "Year": 1000}, "Year"),
        ({"ExpiryCalculationType": 3, "Month": 1.5}, "Month"),
        ({"ExpiryCalculationType": 3, "Month": 1, "Year": 1}, "Month"),
        ({"ExpiryCalculationType": 4, "Day": 32, "Month": 1}, "Day"),
        ({"ExpiryCalculationType": 4, "Day": 31}, "Month"),
        ({"ExpiryCalculationType": 4, "Day": 31, "Month": 1000}, "Month"),
    ],
)
def test_a_senseless_expiry_is_refused_by_name(api: Api, parts: dict[str, Any], named: str) -> None:
    refused = create(api, with_expiry(**parts))
    assert refused.status == 400
    assert named in refused.value["detail"]


@pytest.mark.parametrize(
    ("value", "kind", "status"),
    [
        (30, "Days", 201),
        (1.5, 4, 201),
        (999, 2, 201),
        (None, None, 201),
        (None, 1, 400),
        (0, 1, 400),
        (1000, 1, 400),
        (5, 9, 400),
    ],
)
def test_a_notification_needs_a_value_from_1_to_999(api: Api, value: Any, kind: Any, status: int) -> None:
    notice = {"ExpiryNotifyValue": value, "ExpiryNotifyType": kind}
    assert create(api, {**BADGE, "ExpiryNotification": notice}).status == status


def test_never_forgets_what_belongs_to_other_kinds(api: Api) -> None:
    made = create(api, with_expiry(ExpiryCalculationType=1, Day=3, Year=2030)).value["ExpiryCalculation"]
    assert made.pop("ExpiryCalculationType") == 1
    assert set(made.values()) == {None}
    assert len(made) == 7
