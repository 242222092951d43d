"""Roles of the signed-in person in the organisation."""

from django.conf import settings

from portal.accounts.services import ORGANISATION, MyEnrolmentService
from portal.brightspace.gateway import Gateway


def is_admin(brightspace: Gateway) -> bool:
    """Whether one of the person's organisation roles is in ``PORTAL_ADMIN_ROLES``. Raises any BrightspaceError."""
    admin_roles = {role.casefold() for role in settings.PORTAL_ADMIN_ROLES}
    return any(role.casefold() in admin_roles for role in organisation_roles(brightspace))


def organisation_roles(brightspace: Gateway) -> frozenset[str]:
    """Names of the person's active roles in the organisation. Raises any BrightspaceError."""
    enrolments = brightspace.read(MyEnrolmentService().in_organisation())
    active = [each for each in enrolments if each.org_unit.type.id == ORGANISATION and each.access.is_active]
    return frozenset(each.access.classlist_role_name or "" for each in active)
