"""Showing an award on one's own profile."""

from __future__ import annotations

from tests.sandbox.answers import Answer, Refusal
from tests.sandbox.api.award_fields import refuse
from tests.sandbox.award_permissions import demand, demand_verbs
from tests.sandbox.award_rights import OWN_PROFILE, SEE
from tests.sandbox.awards_model import IssuedAward
from tests.sandbox.routing import Call, action

_PROFILE = "/d2l/api/bas/(version)/issued/(issuedId)/sharing/profile"


@action("PUT", _PROFILE, since="1.1")
def share(call: Call) -> Answer:
    """Shows an award of the caller's on their profile; 201."""
    issued = _own(call)
    if issued.is_revoked:
        refuse("The award has been revoked.")
    if issued.is_on_profile:
        refuse("The award has already been shared.")
    issued.is_on_profile = True
    return Answer.empty(201)


@action("DELETE", _PROFILE, since="1.1")
def unshare(call: Call) -> Answer:
    """Takes an award of the caller's off their profile."""
    issued = _own(call)
    if not issued.is_on_profile:
        refuse("The award is not shared.")
    issued.is_on_profile = False
    return Answer.empty()


def _own(call: Call) -> IssuedAward:
    demand(call, OWN_PROFILE)
    if not call.world.switches.profile_integration:
        raise Refusal.not_authorized("Awards.ProfileIntegration")
    issued = call.world.issued(call.id("issuedId"))
    if issued is None or issued.person_id != call.person().person_id:
        raise Refusal.not_found()
    demand_verbs(call, call.world.awards.awards[issued.award_id].award_type, SEE)
    return issued
