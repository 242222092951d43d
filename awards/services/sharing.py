"""Sharing one's own awards on one's profile. No scope of its own (``core:*:*``), BAS 1.2.

May raise NotPermitted (profiles not in use), NotFound (not one's own) and Refused (done already, or revoked).
"""

from portal.brightspace.actions import action
from portal.brightspace.routes import Route
from portal.brightspace.writes import Write

PROFILE = Route("bas", "/issued/(issuedId)/sharing/profile", since="1.2")


@action("PUT", PROFILE)
def share_on_profile(issued_id: int) -> Write[None]:
    """``PUT bas/issued/(issuedId)/sharing/profile``."""
    return Write("PUT", PROFILE, ids=(("issuedId", issued_id),))


@action("DELETE", PROFILE)
def remove_from_profile(issued_id: int) -> Write[None]:
    """``DELETE bas/issued/(issuedId)/sharing/profile``."""
    return Write("DELETE", PROFILE, ids=(("issuedId", issued_id),))
