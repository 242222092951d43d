"""The roles of the organisation and the permissions each of them has."""

from __future__ import annotations

from collections.abc import Iterable

from tests.sandbox.api.permissions import (
    AUDIT,
    CPD_OF_ALL,
    CPD_OF_REPORTS,
    MANAGE_AUDITORS,
    MANAGE_CONTENT,
    SEARCH_USERS,
    SEE_ATTRIBUTES,
    SEE_ENROLMENTS,
    SEE_PROGRESS,
    SEE_USERS,
    SET_COMPLETION,
    VIEW_AUDITORS,
)
from tests.sandbox.awards.permissions import (
    ASSOCIATE,
    BOTH_TYPES,
    DOWNLOAD_OTHERS,
    EARN,
    ICON_LIBRARY,
    ISSUE,
    MANAGE,
    MANAGE_OWN,
    OWN_PROFILE,
    REVOKE,
    SEE,
    TEMPLATE_LIBRARY,
    at_organisation,
    award_permission,
)
from tests.sandbox.models.people import Role


def _awards(*verbs: str) -> frozenset[str]:
    return frozenset(award_permission(verb, award_type) for verb in verbs for award_type in BOTH_TYPES)


def _at_organisation(permissions: Iterable[str]) -> frozenset[str]:
    return frozenset(at_organisation(permission) for permission in permissions)


_LEARNER_AWARDS = _awards(SEE, EARN) | {OWN_PROFILE}
_MANAGER_AWARDS = _awards(SEE) | _at_organisation(_awards(SEE)) | {DOWNLOAD_OTHERS, OWN_PROFILE}
_COURSE_LEAD_AWARDS = _MANAGER_AWARDS | _awards(ASSOCIATE, ISSUE, REVOKE)
_INSTRUCTOR_AWARDS = _COURSE_LEAD_AWARDS | _awards(MANAGE_OWN) | _at_organisation(_awards(MANAGE_OWN))
_LIBRARIES = frozenset({ICON_LIBRARY, TEMPLATE_LIBRARY})
# Administrators of awards cannot earn them, so that nobody is both issuer and recipient.
_ADMIN_AWARDS = (
    _INSTRUCTOR_AWARDS | _awards(MANAGE) | _at_organisation(_awards(MANAGE)) | _LIBRARIES | _at_organisation(_LIBRARIES)
)

_MANAGER = frozenset({AUDIT, SEE_USERS, SEE_ENROLMENTS, CPD_OF_REPORTS}) | _MANAGER_AWARDS
_COURSE_LEAD = _MANAGER | {MANAGE_CONTENT, SEE_PROGRESS, SET_COMPLETION} | _COURSE_LEAD_AWARDS
_INSTRUCTOR = (
    frozenset({AUDIT, SEE_USERS, SEE_ENROLMENTS, SET_COMPLETION, MANAGE_CONTENT, SEE_PROGRESS}) | _INSTRUCTOR_AWARDS
)
_ADMIN = (
    frozenset({SEARCH_USERS, VIEW_AUDITORS, MANAGE_AUDITORS, CPD_OF_ALL, SEE_ATTRIBUTES})
    | _MANAGER
    | _INSTRUCTOR
    | _ADMIN_AWARDS
)

ROLES = {
    "learner": Role(103, "Learner", _LEARNER_AWARDS, ("urn:lti:instrole:ims/lis/Student",)),
    "manager": Role(104, "Manager", _MANAGER),
    "course_lead": Role(105, "Programme Manager", _COURSE_LEAD),
    "instructor": Role(102, "Instructor", _INSTRUCTOR, ("urn:lti:instrole:ims/lis/Instructor",)),
    "admin": Role(101, "Administrator", _ADMIN, ("urn:lti:sysrole:ims/lis/Administrator",)),
}
