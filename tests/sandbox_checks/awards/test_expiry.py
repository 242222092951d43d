"""The expiry of an award and the notification before it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.seeds.demo_people import ADRIAN
from tests.sandbox_checks.api_client import ApiClient, Reply
from tests.sandbox_checks.awards.bodies import BADGE, with_expiry


def create(api: ApiClient, body: Any) -> Reply:
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
def test_every_type_of_expiry_is_accepted(api: ApiClient, parts: dict[str, Any]) -> None:
    made = create(api, with_expiry(**parts))
    assert made.status == 201, made.value
    assert isinstance(made.value["ExpiryCalculation"]["ExpiryCalculationType"], int)


@pytest.mark.parametrize(
    ("parts", "field"),
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
def test_invalid_expiry_is_refused_by_field(api: ApiClient, parts: dict[str, Any], field: str) -> None:
    refused = create(api, with_expiry(**parts))
    assert refused.status == 400
    assert field in refused.value["detail"]


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
def test_expiry_notification_needs_a_value_from_1_to_999(api: ApiClient, value: Any, kind: Any, status: int) -> None:
    notice = {"ExpiryNotifyValue": value, "ExpiryNotifyType": kind}
    assert create(api, {**BADGE, "ExpiryNotification": notice}).status == status


def test_expiry_never_drops_parts_of_other_types(api: ApiClient) -> None:
    made = create(api, with_expiry(ExpiryCalculationType=1, Day=3, Year=2030)).value["ExpiryCalculation"]
    assert made.pop("ExpiryCalculationType") == 1
    assert set(made.values()) == {None}
    assert len(made) == 7
