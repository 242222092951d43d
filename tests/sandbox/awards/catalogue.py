"""The catalogue of awards, one list for the whole organisation."""

from __future__ import annotations

from typing import Any

from tests.sandbox.api.calls import Call
from tests.sandbox.api.responses import ApiError, Response
from tests.sandbox.api.routing import action
from tests.sandbox.awards import request_fields
from tests.sandbox.awards.blocks import award_block, award_page, has_criteria
from tests.sandbox.awards.files import icons, sent_file, templates
from tests.sandbox.awards.permissions import (
    SEE,
    at_organisation,
    award_permission,
    permitted_types,
    requested_types,
    require_award_permission,
    require_management,
    require_management_of_some_type,
)
from tests.sandbox.awards.queries import matches_award
from tests.sandbox.models.awards import AWARD_TYPES, CERTIFICATE, Award

_AWARDS = "/d2l/api/bas/(version)/awards/"
_AWARD = f"{_AWARDS}(awardId)"
MAX_TEXT_LENGTH, MAX_DESCRIPTION_LENGTH = 128, 512


@action("GET", _AWARDS, since="1.1")
def awards(call: Call) -> Response:
    """Every award of the types the caller may see, deleted ones too, in pages."""
    types = permitted_types(call, SEE, types=requested_types(call))
    found = [
        award for award in call.world.awards.awards.values() if award.award_type in types and matches_award(call, award)
    ]
    return award_page(call, found, lambda award: award_block(call, award))


@action("GET", _AWARD, since="1.1")
def one_award(call: Call) -> Response:
    """One award, deleted or not."""
    permitted_types(call, SEE, organisation_wide=True)
    found = call.world.awards.awards.get(call.id("awardId"))
    if found is None:
        raise ApiError.not_found()
    require_award_permission(call, at_organisation(award_permission(SEE, found.award_type)))
    return Response(award_block(call, found))


@action("POST", _AWARDS, since="1.1")
def create_award(call: Call) -> Response:
    """Creates an award; 201."""
    require_management_of_some_type(call)
    body = request_fields.body_block(call, "AwardCreate")
    award_type = request_fields.enum(body, "AwardType", AWARD_TYPES)
    require_management(call, award_type)
    data = call.world.awards
    award = Award(
        award_id=data.next_id(data.awards),
        award_type=award_type,
        created_by=call.person().person_id,
        criteria=request_fields.optional_text(body, "Criteria") if has_criteria(call) else None,
        **_details(call, body, award_type),
    )
    data.awards[award.award_id] = award
    return Response(award_block(call, award), 201)


@action("PUT", _AWARD, since="1.1")
def update_award(call: Call) -> Response:
    """Replaces an award's details; an existing Criteria stays when null or left out."""
    award = _managed_award(call)
    body = request_fields.body_block(call, "AwardUpdate")
    details = _details(call, body, award.award_type)
    criteria = request_fields.optional_text(body, "Criteria") if has_criteria(call) else None
    for name, value in details.items():
        setattr(award, name, value)
    award.criteria = award.criteria if criteria is None else criteria
    return Response(award_block(call, award))


@action("DELETE", _AWARD, since="1.1")
def delete_award(call: Call) -> Response:
    """Marks an award deleted; what was issued stays issued."""
    _managed_award(call).is_deleted = True
    return Response.empty()


def _managed_award(call: Call) -> Award:
    """The award of the path; 403 unless the caller may manage it, 404 when it is deleted."""
    permitted_types(call, SEE)
    award = call.world.awards.awards.get(call.id("awardId"))
    if award is None:
        raise ApiError.not_found()
    require_management(call, award.award_type, award.created_by)
    if award.is_deleted:
        raise ApiError.not_found()
    return award


def _details(call: Call, body: dict[str, Any], award_type: int) -> dict[str, Any]:
    """The fields that AwardCreate and AwardUpdate share, by the names of ``Award``."""
    details: dict[str, Any] = {
        "title": request_fields.text(body, "Title", MAX_TEXT_LENGTH),
        "description": request_fields.text(body, "Description", MAX_DESCRIPTION_LENGTH),
        "expiry": request_fields.expiry(body),
        "notice": request_fields.notice(body),
        "issuer_name": request_fields.text(body, "IssuerName", MAX_TEXT_LENGTH),
        "issuer_url": request_fields.url(body, "IssuerUrl", MAX_TEXT_LENGTH),
        "issuer_contact": request_fields.email_address(body, "IssuerContact", MAX_TEXT_LENGTH),
        "image": sent_file(call, body.get("Image"), icons(call), "Image"),
    }
    if award_type == CERTIFICATE:
        details["certificate"] = sent_file(call, body.get("Certificate"), templates(call), "Certificate")
    return details
