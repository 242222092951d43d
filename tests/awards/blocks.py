"""Valid blocks to send to the awards API; keyword arguments change their fields."""

from datetime import UTC, datetime
from typing import Any

from awards.files import file_of, library_file_of
from awards.schemas import (
    AssociationCreate,
    AwardCreate,
    AwardType,
    AwardUpdate,
    ExpiryCalculation,
    ExpiryNotification,
    IssuedAwardCreate,
    IssuedAwardUpdate,
)
from tests.sandbox.sample_files import pdf, png
from tests.sandbox.seeds import award_catalogue as catalogue
from tests.sandbox.seeds.demo_people import ANA

BADGE, CERTIFICATE = int(AwardType.BADGE), int(AwardType.CERTIFICATE)
ISSUED_AT, EXPIRES_AT = datetime(2026, 1, 2, 3, 4, 5, 6000, tzinfo=UTC), datetime(2027, 1, 2, tzinfo=UTC)
PICTURE, FORM = png(1, 2, 3), pdf(["{FullName}"])
ICON, TEMPLATE = library_file_of("moon.png", PICTURE), library_file_of("night.pdf", FORM)


def new_award(**changes: Any) -> AwardCreate:
    """A badge that never expires."""
    values: dict[str, Any] = {
        "award_type": BADGE,
        "title": "Night Shift",
        "description": "A month of nights.",
        "expiry_calculation": ExpiryCalculation(),
        "expiry_notification": ExpiryNotification(),
        "issuer_name": "Ward 7",
        "issuer_url": "https://ward7.example/awards",
        "issuer_contact": "ward7@northfield.example",
        "image": file_of("moon.png", PICTURE),
        "criteria": "Twenty nights.",
    }
    return AwardCreate(**{**values, **changes})


def new_certificate(**changes: Any) -> AwardCreate:
    """A certificate that never expires, with its template."""
    return new_award(**{"award_type": CERTIFICATE, "certificate": file_of("night.pdf", FORM), **changes})


def award_update(**changes: Any) -> AwardUpdate:
    """The fields of ``new_award`` that can be changed."""
    award = new_award(**changes)
    return AwardUpdate(**{name: getattr(award, name) for name in AwardUpdate.__struct_fields__})


def new_issue(award_id: int = catalogue.KINDNESS, person_id: int = ANA, **changes: Any) -> IssuedAwardCreate:
    """An award to issue as of now."""
    reasons = {"criteria": "Was kind.", "evidence": "Seen by many."}
    return IssuedAwardCreate(**{"award_id": award_id, "issued_to_user_id": person_id, **reasons, **changes})


def issue_dates(**changes: Any) -> IssuedAwardUpdate:
    """New dates for an issued award."""
    return IssuedAwardUpdate(**{"issued_date": ISSUED_AT, "expiry_date": EXPIRES_AT, **changes})


def new_association(**changes: Any) -> AssociationCreate:
    """An award to attach, with credit."""
    return AssociationCreate(**{"award_id": catalogue.TEAM_LEADER, "credit": 1.5, **changes})
