"""Issuing one award: everything the reference refuses, in one order, and the expiry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tests.sandbox import issues
from tests.sandbox.answers import Refusal
from tests.sandbox.api import award_fields as read
from tests.sandbox.award_permissions import can_earn, demand_verbs
from tests.sandbox.award_rights import EARN, ISSUE, SEE, right
from tests.sandbox.awards_model import Association, Award, IssuedAward
from tests.sandbox.routing import Call, utc_date


@dataclass(frozen=True)
class _Request:
    award_id: int
    person_id: int
    criteria: str
    evidence: str
    issued_at: datetime


def issue(call: Call, unit_id: int) -> IssuedAward:
    """Issues what the body asks for, or raises the refusal."""
    asked = _asked(call)
    award = call.world.awards.awards.get(asked.award_id)
    if award is None or award.is_deleted:
        raise Refusal.not_found()
    demand_verbs(call, award.award_type, SEE, ISSUE, org_unit_id=unit_id)
    association = _check(call, unit_id, asked, award)
    from_issue_date = call.boolean("useIssueDateToCalcExpiry", False)
    try:
        expires_at = award.expiry.after(asked.issued_at if from_issue_date else call.world.now)
    except (ValueError, OverflowError):
        read.refuse("IssuedDate: the award would expire after the last date there is.")
    made = IssuedAward(
        issued_id=issues.new_id(call.world),
        org_unit_id=unit_id,
        award_id=award.award_id,
        person_id=asked.person_id,
        issued_by=call.person().person_id,
        criteria=asked.criteria,
        evidence=asked.evidence,
        issued_at=asked.issued_at,
        expires_at=expires_at,
        credit=association.credit,
    )
    issues.add(call.world, made)
    return made


def _asked(call: Call) -> _Request:
    body = read.body_block(call, "IssuedAwardCreate")
    issued_at = call.world.now
    if body.get("IssuedDate") is not None:
        issued_at = utc_date(body["IssuedDate"], "IssuedDate")
    return _Request(
        award_id=read.d2lid(body, "AwardId"),
        person_id=read.d2lid(body, "IssuedToUserId"),
        criteria=read.text(body, "Criteria", shortest=1),
        evidence=read.text(body, "Evidence", shortest=1),
        issued_at=issued_at,
    )


def _check(call: Call, unit_id: int, asked: _Request, award: Award) -> Association:
    world, person_id = call.world, asked.person_id
    if person_id == call.person().person_id:
        raise Refusal.not_authorized(right(ISSUE, award.award_type), unit_id)
    association = world.awards.association(unit_id, award.award_id)
    if association is None:
        read.refuse("AwardId: the award is not associated with this org unit.")
    if world.role_in(person_id, unit_id) is None:
        read.refuse("IssuedToUserId: the user is not enrolled in this org unit.")
    if not can_earn(world, person_id, unit_id, award.award_type):
        raise Refusal.not_authorized(right(EARN, award.award_type), unit_id)
    if issues.is_held(world, person_id, unit_id, award.award_id):
        read.refuse("AwardId: the award has already been issued to this user.")
    return association
