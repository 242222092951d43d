"""The awards the caller can earn, and the credits of those they hold."""

from __future__ import annotations

from tests.sandbox.api.calls import Call
from tests.sandbox.api.responses import Response
from tests.sandbox.api.routing import action
from tests.sandbox.awards.blocks import association_block, award_page, decimal
from tests.sandbox.awards.permissions import EARN, SEE, can_earn, permitted_types, requested_types, visible_types
from tests.sandbox.awards.queries import matches_association, matches_issued, not_revoked
from tests.sandbox.models.awards import BADGE, CERTIFICATE, Association


@action("GET", "/d2l/api/bas/(version)/associations/availableToEarn/", since="1.1")
def available_to_earn(call: Call) -> Response:
    """Awards that the caller can earn or has earned in their org units, in pages; hidden ones only once earned."""
    types = permitted_types(call, SEE, EARN, types=requested_types(call))
    person_id, unit_id = call.person().person_id, call.number("orgUnitId")
    earned = {(issued.org_unit_id, issued.award_id) for issued in not_revoked(call.world.issued_to(person_id))}

    def is_earned(association: Association) -> bool:
        return (association.org_unit_id, association.award_id) in earned

    found = [
        association
        for enrolled in sorted(call.world.enrolments_of(person_id))
        if unit_id in (None, enrolled)
        for association in call.world.awards.of_unit(enrolled)
        if _is_earnable(call, association, person_id, types)
        and (not association.is_hidden or is_earned(association))
        and matches_association(call, association)
    ]
    return award_page(
        call,
        found,
        lambda association: {**association_block(call, association), "Issued": is_earned(association)},
    )


@action("GET", "/d2l/api/bas/(version)/creditSummary", since="1.1")
def credit_summary(call: Call) -> Response:
    """The sum of credits of the caller's awards by type; null for a type that was not asked for."""
    types = visible_types(call, requested_types(call))
    unit_id = call.number("orgUnitId")
    found = [
        issued
        for issued in not_revoked(call.world.issued_to(call.person().person_id))
        if unit_id in (None, issued.org_unit_id)
        and (call.boolean("includeExpired", False) or issued.is_current(call.world.now))
        and matches_issued(call, issued)
    ]

    def total(award_type: int) -> float | None:
        if award_type not in types:
            return None
        awards = call.world.awards.awards
        credits = (issued.credit or 0 for issued in found if awards[issued.award_id].award_type == award_type)
        return decimal(sum(credits))

    return Response({"BadgeCreditSummary": total(BADGE), "CertificateCreditSummary": total(CERTIFICATE)})


def _is_earnable(call: Call, association: Association, person_id: int, types: frozenset[int]) -> bool:
    award_type = call.world.awards.awards[association.award_id].award_type
    return award_type in types and can_earn(call.world, person_id, association.org_unit_id, award_type)
