"""Sharing an award on the holder's own profile."""

from __future__ import annotations

from tests.sandbox.api.calls import Call
from tests.sandbox.api.responses import ApiError, Response
from tests.sandbox.api.routing import action
from tests.sandbox.awards.permissions import OWN_PROFILE, SEE, require_award_permission, require_verbs
from tests.sandbox.awards.request_fields import refuse
from tests.sandbox.models.awards import IssuedAward

_PROFILE = "/d2l/api/bas/(version)/issued/(issuedId)/sharing/profile"


@action("PUT", _PROFILE, since="1.1")
def share(call: Call) -> Response:
    """Shares one of the caller's awards on their profile; 201, or 400 when it is shared or revoked."""
    issued = _own_award(call)
    if issued.is_revoked:
        refuse("The award has been revoked.")
    if issued.is_on_profile:
        refuse("The award has already been shared.")
    issued.is_on_profile = True
    return Response.empty(201)


@action("DELETE", _PROFILE, since="1.1")
def unshare(call: Call) -> Response:
    """Removes one of the caller's awards from their profile; 400 when it is not shared."""
    issued = _own_award(call)
    if not issued.is_on_profile:
        refuse("The award is not shared.")
    issued.is_on_profile = False
    return Response.empty()


def _own_award(call: Call) -> IssuedAward:
    """The caller's issued award of the path; 404 for anybody else's."""
    require_award_permission(call, OWN_PROFILE)
    if not call.world.switches.profile_integration:
        raise ApiError.not_authorized("Awards.ProfileIntegration")
    issued = call.world.issued(call.id("issuedId"))
    if issued is None or issued.person_id != call.person().person_id:
        raise ApiError.not_found()
    require_verbs(call, call.world.awards.awards[issued.award_id].award_type, SEE)
    return issued
