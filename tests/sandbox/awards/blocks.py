"""JSON blocks of the awards documents as the sandbox sends them, and pages of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from tests.sandbox.api.calls import Call
from tests.sandbox.api.paging import object_list_page
from tests.sandbox.api.responses import ApiError, Response
from tests.sandbox.models.awards import (
    CERTIFICATE,
    Association,
    Award,
    Expiry,
    ExpiryNotice,
    IssuedAward,
    ReleaseCondition,
    StoredFile,
)

T = TypeVar("T")

DEFAULT_LIMIT, MAX_LIMIT = 100, 200


def award_page(call: Call, objects: Sequence[T], render: Callable[[T], Any]) -> Response:
    """One page of ``limit`` (1 to 200) objects after ``offset``; 400 for limits outside."""
    limit, offset = call.number("limit", DEFAULT_LIMIT), call.number("offset", 0)
    if not 1 <= limit <= MAX_LIMIT:
        raise ApiError.invalid_parameters(f"limit is between 1 and {MAX_LIMIT}.")
    if offset < 0:
        raise ApiError.invalid_parameters("offset is at least 0.")
    return object_list_page(call, objects, limit=limit, cursor="offset", render=render)


def has_criteria(call: Call) -> bool:
    """Whether an award's Criteria exists in the version that was called."""
    return call.is_at_least("1.2")


def format_award_date(moment: datetime | None) -> str | None:
    """An AwardDateTime as Brightspace writes it: ``U`` in front, milliseconds, no ``Z``."""
    if moment is None:
        return None
    return "U" + moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds")


def award_block(call: Call, award: Award) -> dict[str, Any]:
    """An Awards.Award."""
    block: dict[str, Any] = {
        "AwardId": award.award_id,
        "CreatedBy": award.created_by,
        "Title": award.title,
        "Description": award.description,
        "ExpiryCalculation": _expiry(award.expiry),
        "ExpiryNotification": _notice(award.notice),
        "IssuerName": award.issuer_name,
        "IssuerUrl": award.issuer_url,
        "IssuerContact": award.issuer_contact,
        "AwardType": award.award_type,
        "CertificateData": None if award.certificate is None else file_block(call, award.certificate),
        "ImageData": file_block(call, award.image),
        "IsDeleted": award.is_deleted,
    }
    return {**block, "Criteria": award.criteria} if has_criteria(call) else block


def file_block(call: Call, file: StoredFile) -> dict[str, str]:
    """An Awards.FileData; its path is an absolute address."""
    return {"Name": file.name, "Path": call.host_url + file.path}


def association_block(call: Call, association: Association) -> dict[str, Any]:
    """An Awards.Association."""
    conditions = association.conditions
    return {
        "AssociationId": association.association_id,
        "OrgUnitId": association.org_unit_id,
        "ConditionSet": {
            "ConditionSetId": association.association_id if conditions else 0,
            "ConditionSetType": 1 if conditions else None,
            "ReleaseConditions": [_condition(condition) for condition in conditions],
        },
        "Credit": decimal(association.credit),
        "HiddenAward": association.is_hidden,
        "Award": award_block(call, call.world.awards.awards[association.award_id]),
    }


def issued_block(call: Call, issued: IssuedAward) -> dict[str, Any]:
    """An Awards.IssuedAward."""
    award = call.world.awards.awards[issued.award_id]
    return {
        "IssuedId": issued.issued_id,
        "OrgUnitId": issued.org_unit_id,
        "Criteria": issued.criteria,
        "Evidence": issued.evidence,
        "IssuedDate": format_award_date(issued.issued_at),
        "ExpiryDate": format_award_date(issued.expires_at),
        "IssuedByUserId": issued.issued_by,
        "IssuedToUserId": issued.person_id,
        "Credit": decimal(issued.credit),
        "Share": _share(call, issued),
        "Award": award_block(call, award),
        "CertificateId": issued.certificate_id if award.award_type == CERTIFICATE else None,
    }


def decimal(value: float | None) -> float | None:
    """A decimal as Brightspace writes it: ``110.0``, also when it is whole."""
    return None if value is None else float(value)


def _condition(condition: ReleaseCondition) -> dict[str, Any]:
    return {"ConditionId": condition.condition_id, "ConditionText": condition.text}


def _share(call: Call, issued: IssuedAward) -> dict[str, Any]:
    return {
        "SentToProfile": issued.is_on_profile,
        "SentToMozilla": False,
        "SentToEportfolio": False,
        "SharedObjectId": None,
        "WithProfile": call.world.switches.profile_integration,
        "WithMozilla": False,
        "WithEportfolio": False,
    }


def _expiry(expiry: Expiry) -> dict[str, int | None]:
    return {
        "ExpiryCalculationType": expiry.kind,
        "Minute": expiry.minute,
        "Hour": expiry.hour,
        "Day": expiry.day,
        "Week": expiry.week,
        "DayOfWeek": expiry.day_of_week,
        "Month": expiry.month,
        "Year": expiry.year,
    }


def _notice(notice: ExpiryNotice) -> dict[str, float | None]:
    return {"ExpiryNotifyValue": decimal(notice.value), "ExpiryNotifyType": notice.unit}
