"""Issuing one award: reads the request, checks it in a fixed order, and works out the expiry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tests.sandbox.api.calls import Call
from tests.sandbox.api.dates import parse_utc
from tests.sandbox.api.responses import ApiError
from tests.sandbox.awards import request_fields
from tests.sandbox.awards.permissions import EARN, ISSUE, SEE, award_permission, can_earn, require_verbs
from tests.sandbox.awards.queries import not_revoked
from tests.sandbox.models.awards import FIRST_NEW_ISSUED_ID, Association, Award, IssuedAward
from tests.sandbox.world import World


@dataclass(frozen=True)
class _IssueRequest:
    award_id: int
    person_id: int
    criteria: str
    evidence: str
    issued_at: datetime


def issue(call: Call, unit_id: int) -> IssuedAward:
    """Issues what the body asks for, or raises the error."""
    request = _read_request(call)
    award = call.world.awards.awards.get(request.award_id)
    if award is None or award.is_deleted:
        raise ApiError.not_found()
    require_verbs(call, award.award_type, SEE, ISSUE, org_unit_id=unit_id)
    association = _check(call, unit_id, request, award)
    issued = IssuedAward(
        issued_id=FIRST_NEW_ISSUED_ID + len(call.world.awards.newly_issued),
        org_unit_id=unit_id,
        award_id=award.award_id,
        person_id=request.person_id,
        issued_by=call.person().person_id,
        criteria=request.criteria,
        evidence=request.evidence,
        issued_at=request.issued_at,
        expires_at=_expiry(call, award, request),
        credit=association.credit,
    )
    call.world.awards.newly_issued[issued.issued_id] = issued
    call.world.issued_to(issued.person_id).append(issued)
    return issued


def _read_request(call: Call) -> _IssueRequest:
    body = request_fields.body_block(call, "IssuedAwardCreate")
    issued_at = call.world.now
    if body.get("IssuedDate") is not None:
        issued_at = parse_utc(body["IssuedDate"], "IssuedDate")
    return _IssueRequest(
        award_id=request_fields.d2lid(body, "AwardId"),
        person_id=request_fields.d2lid(body, "IssuedToUserId"),
        criteria=request_fields.text(body, "Criteria", min_length=1),
        evidence=request_fields.text(body, "Evidence", min_length=1),
        issued_at=issued_at,
    )


def _check(call: Call, unit_id: int, request: _IssueRequest, award: Award) -> Association:
    """The award's association with the org unit; 403 or 400 when the award cannot be issued to this person there."""
    world, person_id = call.world, request.person_id
    if person_id == call.person().person_id:
        raise ApiError.not_authorized(award_permission(ISSUE, award.award_type), unit_id)
    association = world.awards.association(unit_id, award.award_id)
    if association is None:
        raise ApiError.invalid_parameters("AwardId: the award is not associated with this org unit.")
    if world.role_in(person_id, unit_id) is None:
        raise ApiError.invalid_parameters("IssuedToUserId: the user is not enrolled in this org unit.")
    if not can_earn(world, person_id, unit_id, award.award_type):
        raise ApiError.not_authorized(award_permission(EARN, award.award_type), unit_id)
    if _is_issued(world, person_id, unit_id, award.award_id):
        raise ApiError.invalid_parameters("AwardId: the award has already been issued to this user.")
    return association


def _is_issued(world: World, person_id: int, org_unit_id: int, award_id: int) -> bool:
    """Whether the person holds the award in the org unit; expired ones count by the switch ``award_reissue``."""
    only_current = world.switches.award_reissue == "after_expiry"
    return any(
        issued.award_id == award_id
        and issued.org_unit_id == org_unit_id
        and (issued.is_current(world.now) or not only_current)
        for issued in not_revoked(world.issued_to(person_id))
    )


def _expiry(call: Call, award: Award, request: _IssueRequest) -> datetime | None:
    from_issue_date = call.boolean("useIssueDateToCalcExpiry", False)
    try:
        return award.expiry.after(request.issued_at if from_issue_date else call.world.now)
    except (ValueError, OverflowError):
        raise ApiError.invalid_parameters("IssuedDate: the award would expire after the last possible date.") from None
