"""The catalogue of awards: one list for the whole organisation."""

from __future__ import annotations

from typing import Any

from tests.sandbox.answers import Answer, Refusal
from tests.sandbox.api import award_fields as read
from tests.sandbox.api.award_blocks import award_block, award_page, knows_criteria
from tests.sandbox.api.award_files import icons, sent_file, templates
from tests.sandbox.award_permissions import asked_types, demand, demand_management, demand_management_of_some, permitted
from tests.sandbox.award_rights import AWARD_TYPES, CERTIFICATE, SEE, at_organisation, right
from tests.sandbox.award_search import matches_award
from tests.sandbox.awards_model import Award
from tests.sandbox.routing import Call, action

_AWARDS = "/d2l/api/bas/(version)/awards/"
_AWARD = f"{_AWARDS}(awardId)"
LONGEST, LONGEST_DESCRIPTION = 128, 512


@action("GET", _AWARDS, since="1.1")
def awards(call: Call) -> Answer:
    """Every award of the types the caller may see, the deleted ones too."""
    types = permitted(call, SEE, types=asked_types(call))
    found = [
        award for award in call.world.awards.awards.values() if award.award_type in types and matches_award(call, award)
    ]
    return award_page(call, found, lambda award: award_block(call, award))


@action("GET", _AWARD, since="1.1")
def award(call: Call) -> Answer:
    """One award, also when it is deleted."""
    permitted(call, SEE, at_org=True)
    found = call.world.awards.awards.get(call.id("awardId"))
    if found is None:
        raise Refusal.not_found()
    demand(call, at_organisation(right(SEE, found.award_type)))
    return Answer(award_block(call, found))


@action("POST", _AWARDS, since="1.1")
def create_award(call: Call) -> Answer:
    """A new award; 201."""
    demand_management_of_some(call)
    body = read.body_block(call, "AwardCreate")
    award_type = read.enum(body, "AwardType", AWARD_TYPES)
    demand_management(call, award_type)
    book = call.world.awards
    made = Award(
        award_id=book.next_id(book.awards),
        award_type=award_type,
        created_by=call.person().person_id,
        criteria=read.optional_text(body, "Criteria") if knows_criteria(call) else None,
        **_details(call, body, award_type),
    )
    book.awards[made.award_id] = made
    return Answer(award_block(call, made), 201)


@action("PUT", _AWARD, since="1.1")
def update_award(call: Call) -> Answer:
    """Replaces an award's details; a Criteria that is set stays when null or left out."""
    kept = _managed(call)
    body = read.body_block(call, "AwardUpdate")
    details = _details(call, body, kept.award_type)
    criteria = read.optional_text(body, "Criteria") if knows_criteria(call) else None
    for name, value in details.items():
        setattr(kept, name, value)
    kept.criteria = kept.criteria if criteria is None else criteria
    return Answer(award_block(call, kept))


@action("DELETE", _AWARD, since="1.1")
def delete_award(call: Call) -> Answer:
    """Marks an award deleted; what was issued stays issued."""
    _managed(call).is_deleted = True
    return Answer.empty()


def _managed(call: Call) -> Award:
    """The award of the path, not deleted, that the caller may manage."""
    permitted(call, SEE)
    kept = call.world.awards.awards.get(call.id("awardId"))
    if kept is None:
        raise Refusal.not_found()
    demand_management(call, kept.award_type, kept.created_by)
    if kept.is_deleted:
        raise Refusal.not_found()
    return kept


def _details(call: Call, body: dict[str, Any], award_type: int) -> dict[str, Any]:
    """What AwardCreate and AwardUpdate share, as fields of an Award."""
    details: dict[str, Any] = {
        "title": read.text(body, "Title", LONGEST),
        "description": read.text(body, "Description", LONGEST_DESCRIPTION),
        "expiry": read.expiry(body),
        "notice": read.notice(body),
        "issuer_name": read.text(body, "IssuerName", LONGEST),
        "issuer_url": read.url(body, "IssuerUrl", LONGEST),
        "issuer_contact": read.mail_address(body, "IssuerContact", LONGEST),
        "image": sent_file(call, body.get("Image"), icons(call), "Image"),
    }
    if award_type == CERTIFICATE:
        details["certificate"] = sent_file(call, body.get("Certificate"), templates(call), "Certificate")
    return details
