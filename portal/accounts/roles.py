"""The roles that the signed-in person has at the organisation."""

from django.conf import settings

from portal.accounts.services import ORGANISATION, MyEnrolmentService
from portal.brightspace.gateway import Gateway


def is_admin(brightspace: Gateway) -> bool:
    """Whether Brightspace names one of the person's organisation roles in ``PORTAL_ADMIN_ROLES``."""
    wanted = {role.casefold() for role in settings.PORTAL_ADMIN_ROLES}
    return any(role.casefold() in wanted for role in organisation_roles(brightspace))


def organisation_roles(brightspace: Gateway) -> frozenset[str]:
    """Names of the person's active roles at the organisation. Raises any BrightspaceError."""
    enrolments = brightspace.read(MyEnrolmentService().in_organisation())
    mine = [each for each in enrolments if each.org_unit.type.id == ORGANISATION and each.access.is_active]
    return frozenset(each.access.classlist_role_name or "" for each in mine)
