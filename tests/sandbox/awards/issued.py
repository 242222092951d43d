"""Issued awards: listing, issuing, changing and revoking them."""

from __future__ import annotations

from tests.sandbox.api.calls import Call
from tests.sandbox.api.dates import parse_utc
from tests.sandbox.api.responses import ApiError, Response
from tests.sandbox.api.routing import action
from tests.sandbox.awards import request_fields
from tests.sandbox.awards.blocks import award_block, award_page, issued_block
from tests.sandbox.awards.issuing import issue
from tests.sandbox.awards.permissions import (
    ISSUE,
    REVOKE,
    SEE,
    at_organisation,
    award_permission,
    org_unit_of_path,
    permission_error,
    permitted_types,
    requested_types,
    require_verbs,
    visible_types,
)
from tests.sandbox.awards.queries import held_by, matches_award, matches_issued
from tests.sandbox.models.awards import BADGE, IssuedAward

_ISSUED = "/d2l/api/bas/(version)/issued/"
_IN_UNIT = "/d2l/api/bas/(version)/orgunits/(orgUnitId)/issued/"
_REVOCABLE = "/d2l/api/bas/(version)/orgunits/(orgUnitId)/revocableawards/"


@action("GET", f"{_ISSUED}users/(userId)/", since="1.1")
def issued_to_user(call: Call) -> Response:
    """A person's awards, oldest first, in pages; another person's need a permission of the organisation."""
    person_id, unit_id = call.id("userId"), call.number("orgUnitId")
    types = _visible_types_of(call, person_id)
    if person_id not in call.world.people:
        raise permission_error(call, at_organisation(award_permission(SEE, BADGE)))
    if unit_id is not None and call.world.role_in(person_id, unit_id) is None:
        request_fields.refuse("orgUnitId: the user is not enrolled in this org unit.")
    with_expired = call.boolean("includeExpired", False)
    found = [
        issued
        for issued in held_by(call.world, person_id, types, org_unit_id=unit_id, with_expired=with_expired)
        if matches_issued(call, issued)
    ]
    return award_page(call, found, lambda issued: issued_block(call, issued))


@action("POST", _IN_UNIT, since="1.1")
def issue_award(call: Call) -> Response:
    """Issues an award of the org unit to somebody enrolled there; 201."""
    unit_id = org_unit_of_path(call).org_unit_id
    permitted_types(call, SEE, ISSUE, org_unit_id=unit_id)
    return Response(issued_block(call, issue(call, unit_id)), 201)


@action("PUT", f"{_IN_UNIT}(issuedId)", since="1.1")
def update_issued(call: Call) -> Response:
    """Sets both dates; a null ExpiryDate removes it. 410 for a revoked award."""
    unit_id = org_unit_of_path(call).org_unit_id
    permitted_types(call, SEE, ISSUE, org_unit_id=unit_id)
    issued = call.world.issued(call.id("issuedId"))
    if issued is None or issued.org_unit_id != unit_id:
        raise ApiError.not_found()
    require_verbs(call, _type_of(call, issued), SEE, ISSUE, org_unit_id=unit_id)
    if issued.is_revoked:
        raise ApiError.gone()
    body = request_fields.body_block(call, "IssuedAwardUpdate")
    issued_at = parse_utc(body.get("IssuedDate"), "IssuedDate")
    expires_at = None if body.get("ExpiryDate") is None else parse_utc(body["ExpiryDate"], "ExpiryDate")
    issued.issued_at, issued.expires_at = issued_at, expires_at
    return Response(issued_block(call, issued))


@action("DELETE", f"{_ISSUED}(issuedId)", since="1.1")
def revoke(call: Call) -> Response:
    """Revokes an issued award; 400 when it already is."""
    permitted_types(call, SEE, REVOKE)
    issued = call.world.issued(call.id("issuedId"))
    if issued is None:
        raise ApiError.not_found()
    require_verbs(call, _type_of(call, issued), SEE, REVOKE)
    if issued.is_revoked:
        request_fields.refuse("The award is already revoked.")
    issued.is_revoked = True
    return Response.empty()


@action("GET", _REVOCABLE, since="1.1")
def revocable_awards(call: Call) -> Response:
    """The awards that somebody in the org unit holds, expired ones too, and that the caller may revoke, in pages."""
    unit_id = org_unit_of_path(call).org_unit_id
    types = permitted_types(call, SEE, REVOKE, org_unit_id=unit_id, types=requested_types(call))
    award_ids = {
        issued.award_id
        for person_id in call.world.enrolled_in(unit_id)
        for issued in held_by(call.world, person_id, types, org_unit_id=unit_id, with_expired=True)
    }
    awards = call.world.awards.awards
    found = [awards[award_id] for award_id in sorted(award_ids) if matches_award(call, awards[award_id])]
    return award_page(call, found, lambda award: award_block(call, award))


@action("GET", f"{_REVOCABLE}(userId)/", since="1.1")
def revocable_of_user(call: Call) -> Response:
    """One person's awards in the org unit that the caller may revoke, as a bare list."""
    unit_id = org_unit_of_path(call).org_unit_id
    types = permitted_types(call, SEE, REVOKE, org_unit_id=unit_id, types=requested_types(call))
    person_id = call.id("userId")
    if call.world.role_in(person_id, unit_id) is None:
        raise ApiError.not_found()
    with_expired = call.boolean("includeExpired", False)
    held = held_by(call.world, person_id, types, org_unit_id=unit_id, with_expired=with_expired)
    return Response([issued_block(call, issued) for issued in held if matches_issued(call, issued, with_unit=False)])


def _visible_types_of(call: Call, person_id: int) -> frozenset[int]:
    """The types of a person's awards that the caller may see; 403 when there is none."""
    if person_id != call.person().person_id:
        return permitted_types(call, SEE, types=requested_types(call), organisation_wide=True)
    types = visible_types(call, requested_types(call))
    if not types:
        raise permission_error(call, award_permission(SEE, BADGE))
    return types


def _type_of(call: Call, issued: IssuedAward) -> int:
    return call.world.awards.awards[issued.award_id].award_type
