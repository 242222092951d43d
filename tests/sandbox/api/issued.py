"""Awards people hold: reading, issuing, changing and revoking them."""

from __future__ import annotations

from tests.sandbox.answers import Answer, Refusal
from tests.sandbox.api import award_fields as read
from tests.sandbox.api.award_blocks import award_page, issued_block
from tests.sandbox.api.issuing import issue
from tests.sandbox.award_permissions import (
    asked_types,
    demand_verbs,
    permitted,
    reachable_unit,
    refusal,
    seen_anywhere,
)
from tests.sandbox.award_rights import BADGE, ISSUE, REVOKE, SEE, at_organisation, right
from tests.sandbox.award_search import matches_issued
from tests.sandbox.awards_model import IssuedAward
from tests.sandbox.issues import held_by
from tests.sandbox.routing import Call, action, utc_date

_ISSUED = "/d2l/api/bas/(version)/issued/"
_IN_UNIT = "/d2l/api/bas/(version)/orgunits/(orgUnitId)/issued/"


@action("GET", f"{_ISSUED}users/(userId)/", since="1.1")
def issued_to_user(call: Call) -> Answer:
    """A person's awards, oldest first; another's need a right of the organisation."""
    person_id, unit_id = call.id("userId"), call.number("orgUnitId")
    if person_id == call.person().person_id:
        types = seen_anywhere(call, asked_types(call))
        if not types:
            raise refusal(call, right(SEE, BADGE))
    else:
        types = permitted(call, SEE, types=asked_types(call), at_org=True)
    if person_id not in call.world.people:
        raise refusal(call, at_organisation(right(SEE, BADGE)))
    if unit_id is not None and call.world.role_in(person_id, unit_id) is None:
        read.refuse("orgUnitId: the user is not enrolled in this org unit.")
    with_expired = call.boolean("includeExpired", False)
    found = [
        one
        for one in held_by(call.world, person_id, types, org_unit_id=unit_id, with_expired=with_expired)
        if matches_issued(call, one)
    ]
    return award_page(call, found, lambda one: issued_block(call, one))


@action("POST", _IN_UNIT, since="1.1")
def issue_award(call: Call) -> Answer:
    """Issues an award of the org unit to somebody enrolled there; 201."""
    unit_id = reachable_unit(call).org_unit_id
    permitted(call, SEE, ISSUE, org_unit_id=unit_id)
    return Answer(issued_block(call, issue(call, unit_id)), 201)


@action("PUT", f"{_IN_UNIT}(issuedId)", since="1.1")
def update_issued(call: Call) -> Answer:
    """Sets both dates; null takes the expiry away. 410 for a revoked award."""
    unit_id = reachable_unit(call).org_unit_id
    permitted(call, SEE, ISSUE, org_unit_id=unit_id)
    kept = call.world.issued(call.id("issuedId"))
    if kept is None or kept.org_unit_id != unit_id:
        raise Refusal.not_found()
    demand_verbs(call, _type_of(call, kept), SEE, ISSUE, org_unit_id=unit_id)
    if kept.is_revoked:
        raise Refusal.gone()
    body = read.body_block(call, "IssuedAwardUpdate")
    issued_at = utc_date(body.get("IssuedDate"), "IssuedDate")
    expires_at = None if body.get("ExpiryDate") is None else utc_date(body["ExpiryDate"], "ExpiryDate")
    kept.issued_at, kept.expires_at = issued_at, expires_at
    return Answer(issued_block(call, kept))


@action("DELETE", f"{_ISSUED}(issuedId)", since="1.1")
def revoke(call: Call) -> Answer:
    """Revokes an issued award; 400 when it already is."""
    permitted(call, SEE, REVOKE)
    kept = call.world.issued(call.id("issuedId"))
    if kept is None:
        raise Refusal.not_found()
    demand_verbs(call, _type_of(call, kept), SEE, REVOKE)
    if kept.is_revoked:
        read.refuse("The award is already revoked.")
    kept.is_revoked = True
    return Answer.empty()


def _type_of(call: Call, issued: IssuedAward) -> int:
    return call.world.awards.awards[issued.award_id].award_type
