"""What the caller could revoke in an org unit."""

from __future__ import annotations

from tests.sandbox.answers import Answer, Refusal
from tests.sandbox.api.award_blocks import award_block, award_page, issued_block
from tests.sandbox.award_permissions import asked_types, permitted, reachable_unit
from tests.sandbox.award_rights import REVOKE, SEE
from tests.sandbox.award_search import matches_award, matches_issued
from tests.sandbox.issues import held_by
from tests.sandbox.routing import Call, action

_REVOCABLE = "/d2l/api/bas/(version)/orgunits/(orgUnitId)/revocableawards/"


@action("GET", _REVOCABLE, since="1.1")
def revocable_awards(call: Call) -> Answer:
    """Each award somebody in the org unit holds, also expired, that the caller may revoke."""
    unit_id = reachable_unit(call).org_unit_id
    types = permitted(call, SEE, REVOKE, org_unit_id=unit_id, types=asked_types(call))
    held = {
        one.award_id
        for person_id in call.world.enrolled_in(unit_id)
        for one in held_by(call.world, person_id, types, org_unit_id=unit_id, with_expired=True)
    }
    awards = call.world.awards.awards
    found = [awards[award_id] for award_id in sorted(held) if matches_award(call, awards[award_id])]
    return award_page(call, found, lambda award: award_block(call, award))


@action("GET", f"{_REVOCABLE}(userId)/", since="1.1")
def revocable_of_user(call: Call) -> Answer:
    """One person's awards in the org unit that the caller may revoke, as a bare list."""
    unit_id = reachable_unit(call).org_unit_id
    types = permitted(call, SEE, REVOKE, org_unit_id=unit_id, types=asked_types(call))
    person_id = call.id("userId")
    if call.world.role_in(person_id, unit_id) is None:
        raise Refusal.not_found()
    with_expired = call.boolean("includeExpired", False)
    held = held_by(call.world, person_id, types, org_unit_id=unit_id, with_expired=with_expired)
    return Answer([issued_block(call, one) for one in held if matches_issued(call, one, with_unit=False)])
