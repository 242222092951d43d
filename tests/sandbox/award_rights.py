"""The permissions of the awards tool by name, and which role holds which.

A right held at the organisation is a right of its own, written as the reference writes it, with
``(Organization)`` behind it: holding it in a course does not give it there.
"""

from __future__ import annotations

BADGE = 1
CERTIFICATE = 2
AWARD_TYPES = {"Badge": BADGE, "Certificate": CERTIFICATE}

SEE, EARN, ASSOCIATE = "See", "Earn", "Associate"
ISSUE, REVOKE = "Issue", "Revoke"
MANAGE_OWN, MANAGE = "ManageOwn", "Manage"

_ORGANISATION = " (Organization)"
_NOUNS = {BADGE: "Badges", CERTIFICATE: "Certificates"}

DOWNLOAD_OTHERS = "Awards.DownloadOtherUsersCertificates"
ICON_LIBRARY = "Awards.ManageIconLibrary"
TEMPLATE_LIBRARY = "Awards.ManageCertificateTemplates"


def right(verb: str, award_type: int) -> str:
    """A permission of a course, e.g. ``Awards.SeeBadges``."""
    return f"Awards.{verb}{_NOUNS[award_type]}"


def at_organisation(permission: str) -> str:
    """The same permission held at the organisation."""
    return permission + _ORGANISATION


def variable(permission: str) -> tuple[str, bool]:
    """The security variable's name, and whether the organisation is meant."""
    return permission.removesuffix(_ORGANISATION), permission.endswith(_ORGANISATION)


def _both(*verbs: str) -> frozenset[str]:
    return frozenset(right(verb, award_type) for verb in verbs for award_type in _NOUNS)


def _organisation(permissions: frozenset[str]) -> frozenset[str]:
    return frozenset(at_organisation(permission) for permission in permissions)


OWN_PROFILE = at_organisation("Profile.ManageOwnProfile")

OF_LEARNERS = _both(SEE, EARN) | {OWN_PROFILE}
OF_MANAGERS = _both(SEE) | _organisation(_both(SEE)) | {DOWNLOAD_OTHERS, OWN_PROFILE}
OF_COURSE_LEADS = OF_MANAGERS | _both(ASSOCIATE, ISSUE, REVOKE)
OF_INSTRUCTORS = OF_COURSE_LEADS | _both(MANAGE_OWN) | _organisation(_both(MANAGE_OWN))
_OF_LIBRARIANS = frozenset({ICON_LIBRARY, TEMPLATE_LIBRARY})
# Whoever administers awards earns none: nobody is both issuer and recipient.
OF_ADMINISTRATORS = (
    OF_INSTRUCTORS | _both(MANAGE) | _organisation(_both(MANAGE)) | _OF_LIBRARIANS | _organisation(_OF_LIBRARIANS)
)
