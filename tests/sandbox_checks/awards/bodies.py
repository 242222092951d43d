"""Valid bodies for the awards actions, which tests change field by field."""

from __future__ import annotations

import base64
from typing import Any

from tests.sandbox.sample_files import pdf, png
from tests.sandbox.seeds import award_catalogue as cat

ICON = base64.b64encode(png(1, 2, 3)).decode()
TEMPLATE = base64.b64encode(pdf(["{FullName}"])).decode()
_PARTS = ("Minute", "Hour", "Day", "Week", "DayOfWeek", "Month", "Year")
NEVER: dict[str, int | None] = {"ExpiryCalculationType": 1, **dict.fromkeys(_PARTS)}
BADGE: dict[str, Any] = {
    "AwardType": 1,
    "Title": "Night Shift",
    "Description": "A month of nights.",
    "ExpiryCalculation": NEVER,
    "ExpiryNotification": {"ExpiryNotifyValue": None, "ExpiryNotifyType": None},
    "IssuerName": "Ward 7",
    "IssuerUrl": "https://ward7.example/awards",
    "IssuerContact": "ward7@northfield.example",
    "Image": {"Name": "moon.png", "Content": ICON},
    "Criteria": "Twenty nights.",
}
CERTIFICATE: dict[str, Any] = {
    **BADGE,
    "AwardType": 2,
    "Certificate": {"Name": "night.pdf", "Content": TEMPLATE},
}


def issue_of(award_id: int = cat.KINDNESS, person_id: int = 201, **changes: Any) -> dict[str, Any]:
    """An IssuedAwardCreate."""
    return {
        "AwardId": award_id,
        "IssuedToUserId": person_id,
        "Criteria": "Was kind.",
        "Evidence": "Seen by many.",
        "IssuedDate": None,
        **changes,
    }


def with_expiry(**parts: Any) -> dict[str, Any]:
    """A badge with this ExpiryCalculation."""
    return {**BADGE, "ExpiryCalculation": parts}
