"""What the caller may earn, and what their awards are worth."""

from __future__ import annotations

from tests.sandbox.answers import Answer
from tests.sandbox.api.award_blocks import association_block, award_page, decimal
from tests.sandbox.award_permissions import asked_types, can_earn, permitted, seen_anywhere
from tests.sandbox.award_rights import BADGE, CERTIFICATE, EARN, SEE
from tests.sandbox.award_search import matches_association, matches_issued
from tests.sandbox.awards_model import Association
from tests.sandbox.issues import standing
from tests.sandbox.routing import Call, action


@action("GET", "/d2l/api/bas/(version)/associations/availableToEarn/", since="1.1")
def available_to_earn(call: Call) -> Answer:
    """Awards of the caller's org units they may earn or have earned; hidden ones once earned."""
    types = permitted(call, SEE, EARN, types=asked_types(call))
    person_id, unit_id = call.person().person_id, call.number("orgUnitId")
    earned = {(one.org_unit_id, one.award_id) for one in standing(call.world.issued_to(person_id))}
    found = [
        one
        for enrolled in sorted(call.world.enrolments_of(person_id))
        if unit_id in (None, enrolled)
        for one in call.world.awards.of_unit(enrolled)
        if _is_for(call, one, person_id, types)
        and (not one.is_hidden or (enrolled, one.award_id) in earned)
        and matches_association(call, one)
    ]
    return award_page(
        call,
        found,
        lambda one: {**association_block(call, one), "Issued": (one.org_unit_id, one.award_id) in earned},
    )


@action("GET", "/d2l/api/bas/(version)/creditSummary", since="1.1")
def credit_summary(call: Call) -> Answer:
    """The sum of credits of the caller's awards by type; null for a type left out."""
    types = seen_anywhere(call, asked_types(call))
    unit_id = call.number("orgUnitId")
    found = [
        one
        for one in standing(call.world.issued_to(call.person().person_id))
        if unit_id in (None, one.org_unit_id)
        and (call.boolean("includeExpired", False) or one.is_current(call.world.now))
        and matches_issued(call, one)
    ]

    def total(award_type: int) -> float | None:
        if award_type not in types:
            return None
        awards = call.world.awards.awards
        return decimal(sum(one.credit or 0 for one in found if awards[one.award_id].award_type == award_type))

    return Answer({"BadgeCreditSummary": total(BADGE), "CertificateCreditSummary": total(CERTIFICATE)})


def _is_for(call: Call, one: Association, person_id: int, types: frozenset[int]) -> bool:
    award_type = call.world.awards.awards[one.award_id].award_type
    return award_type in types and can_earn(call.world, person_id, one.org_unit_id, award_type)
