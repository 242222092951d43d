"""Permissions of the awards tool: their names, who holds them, and checks that raise the matching error.

A permission held at the organisation is a permission of its own, written as the reference writes it, with
``(Organization)`` behind it: holding it in a course does not give it there. Names of security variables are made up
in Brightspace's style.
"""

from __future__ import annotations

from collections.abc import Iterable

from tests.sandbox.api.calls import Call
from tests.sandbox.api.permissions import has_permission
from tests.sandbox.api.responses import ApiError
from tests.sandbox.models.awards import AWARD_TYPES, BADGE, CERTIFICATE
from tests.sandbox.models.people import OrgUnit, Person
from tests.sandbox.world import World

BOTH_TYPES = (BADGE, CERTIFICATE)

SEE, EARN, ASSOCIATE = "See", "Earn", "Associate"
ISSUE, REVOKE = "Issue", "Revoke"
MANAGE_OWN, MANAGE = "ManageOwn", "Manage"

PLURALS = {BADGE: "Badges", CERTIFICATE: "Certificates"}
_AT_ORGANISATION = " (Organization)"


def award_permission(verb: str, award_type: int) -> str:
    """A permission of a course, e.g. ``Awards.SeeBadges``."""
    return f"Awards.{verb}{PLURALS[award_type]}"


def at_organisation(permission: str) -> str:
    """The same permission held at the organisation."""
    return permission + _AT_ORGANISATION


DOWNLOAD_OTHERS = "Awards.DownloadOtherUsersCertificates"
ICON_LIBRARY = "Awards.ManageIconLibrary"
TEMPLATE_LIBRARY = "Awards.ManageCertificateTemplates"
OWN_PROFILE = at_organisation("Profile.ManageOwnProfile")


def has_award_permission(world: World, person: Person, permission: str, org_unit_id: int | None = None) -> bool:
    """Whether a person has a permission in an org unit, or without one in any role held anywhere."""
    if org_unit_id is not None:
        return has_permission(world, person, permission, org_unit_id)
    enrolments = world.enrolments_of(person.person_id).values()
    return any(permission in world.roles[enrolment.role].permissions for enrolment in enrolments)


def permission_error(call: Call, permission: str, org_unit_id: int | None = None) -> ApiError:
    """The 403 that names a permission; one of the organisation is named with the organisation's id."""
    if permission.endswith(_AT_ORGANISATION):
        org_unit_id = call.world.organisation.org_unit_id
    return ApiError.not_authorized(permission.removesuffix(_AT_ORGANISATION), org_unit_id)


def require_award_permission(call: Call, permission: str, org_unit_id: int | None = None) -> None:
    """403 unless the caller has the permission."""
    if not has_award_permission(call.world, call.person(), permission, org_unit_id):
        raise permission_error(call, permission, org_unit_id)


def require_any_award_permission(call: Call, permissions: Iterable[str]) -> None:
    """403 that names the first permission unless the caller has one of them somewhere."""
    accepted = tuple(permissions)
    if not any(has_award_permission(call.world, call.person(), permission) for permission in accepted):
        raise permission_error(call, accepted[0])


def require_verbs(call: Call, award_type: int, *verbs: str, org_unit_id: int | None = None) -> None:
    """403 unless the caller has the permission of every verb for this type."""
    for verb in verbs:
        require_award_permission(call, award_permission(verb, award_type), org_unit_id)


def permitted_types(
    call: Call,
    *verbs: str,
    org_unit_id: int | None = None,
    types: Iterable[int] = BOTH_TYPES,
    organisation_wide: bool = False,
) -> frozenset[int]:
    """Those of ``types`` for which the caller has the permission of every verb; 403 when there is none.

    ``organisation_wide`` asks for the permissions of the organisation.
    """
    lacking = {award_type: _lacking(call, award_type, verbs, org_unit_id, organisation_wide) for award_type in types}
    found = frozenset(award_type for award_type, permission in lacking.items() if permission is None)
    if not found:
        first = next(permission for permission in lacking.values() if permission)
        raise permission_error(call, first, org_unit_id)
    return found


def visible_types(call: Call, types: Iterable[int] = BOTH_TYPES) -> frozenset[int]:
    """Those of ``types`` the caller may see in some course or at the organisation."""
    person, world = call.person(), call.world
    return frozenset(
        award_type
        for award_type in types
        if has_award_permission(world, person, award_permission(SEE, award_type))
        or has_award_permission(world, person, at_organisation(award_permission(SEE, award_type)))
    )


def requested_types(call: Call) -> tuple[int, ...]:
    """The types the ``awardType`` parameter asks for, by name or number; both when it is absent."""
    value = call.text("awardType")
    if value == "":
        return BOTH_TYPES
    for name, number in AWARD_TYPES.items():
        if value.lower() == name.lower() or value == str(number):
            return (number,)
    raise ApiError.invalid_parameters(f"The value '{value}' is not valid for awardType.")


def require_management(call: Call, award_type: int, created_by: int | None = None) -> None:
    """403 unless the caller may see and manage awards of this type, or the own one that is meant."""
    require_verbs(call, award_type, SEE)
    person = call.person()
    if has_award_permission(call.world, person, award_permission(MANAGE, award_type)):
        return
    if created_by not in (None, person.person_id):
        raise permission_error(call, award_permission(MANAGE, award_type))
    require_award_permission(call, award_permission(MANAGE_OWN, award_type))


def require_management_of_some_type(call: Call) -> None:
    """403 unless the caller may see and manage awards of at least one type."""
    person, world = call.person(), call.world
    for award_type in BOTH_TYPES:
        managing = (award_permission(MANAGE, award_type), award_permission(MANAGE_OWN, award_type))
        if has_award_permission(world, person, award_permission(SEE, award_type)) and any(
            has_award_permission(world, person, permission) for permission in managing
        ):
            return
    raise permission_error(call, award_permission(MANAGE_OWN, BADGE))


def can_earn(world: World, person_id: int, org_unit_id: int, award_type: int) -> bool:
    """Whether the role held in the org unit earns awards of this type."""
    role = world.role_in(person_id, org_unit_id)
    return role is not None and award_permission(EARN, award_type) in role.permissions


def org_unit_of_path(call: Call) -> OrgUnit:
    """The org unit of the path; 403 for an unknown one, for actions whose document lists no 404."""
    unit = call.world.org_units.get(call.id("orgUnitId"))
    if unit is None:
        raise ApiError.not_authorized(award_permission(SEE, BADGE), call.id("orgUnitId"))
    return unit


def library_permissions(award_types: Iterable[int], *management: str) -> list[str]:
    """The permissions of the organisation of which one is enough to read a library."""
    verbs = (SEE, MANAGE_OWN, MANAGE)
    of_types = [award_permission(verb, award_type) for award_type in award_types for verb in verbs]
    return [at_organisation(permission) for permission in (*of_types, *management)]


def _lacking(
    call: Call, award_type: int, verbs: Iterable[str], org_unit_id: int | None, organisation_wide: bool
) -> str | None:
    """The first permission that the caller lacks, or None."""
    for verb in verbs:
        permission = award_permission(verb, award_type)
        if organisation_wide:
            permission = at_organisation(permission)
        if not has_award_permission(call.world, call.person(), permission, org_unit_id):
            return permission
    return None
