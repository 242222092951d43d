"""One's own awards on one's own profile."""

from portal.brightspace import Route, Write, action

PROFILE = Route("bas", "/issued/(issuedId)/sharing/profile", since="1.2")


@action("PUT", PROFILE)
def share_on_profile(issued_id: int) -> Write[None]:
    """``PUT bas/issued/(issuedId)/sharing/profile``: show it on one's own profile.

    Scope ``core:*:*``, BAS 1.2.
    Raises NotPermitted (or profiles are not in use), NotFound (not one's own), Refused (shared already,
    or revoked).
    """
    return Write("PUT", PROFILE, ids=(("issuedId", issued_id),))


@action("DELETE", PROFILE)
def remove_from_profile(issued_id: int) -> Write[None]:
    """``DELETE bas/issued/(issuedId)/sharing/profile``: take it off again.

    Scope ``core:*:*``, BAS 1.2.
    Raises NotPermitted (or profiles are not in use), NotFound (not one's own), Refused (not shared).
    """
    return Write("DELETE", PROFILE, ids=(("issuedId", issued_id),))
