"""Roster provider: direct reports are the members of one org unit in which the signed-in person is a manager."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.brightspace import Read
from portal.brightspace.errors import NotFound, NotPermitted
from portal.brightspace.gateway import CachePolicy, Gateway
from portal.rosters.roster import DirectReport, direct_report
from portal.rosters.services import ClasslistService, Member


def members_read() -> Read[list[Member]]:
    """Everybody in the org unit ``PORTAL_ROSTER_ORG_UNIT``."""
    return ClasslistService().members(int(settings.PORTAL_ROSTER_ORG_UNIT))


class OrgUnitProvider:
    """The members without the role ``PORTAL_ROSTER_ROLE`` report to each member who has it."""

    scopes = ("enrollment:orgunit:read",)
    nobody = _("You do not hold the manager role in the group that the portal takes as the team.")

    def direct_reports(self, brightspace: Gateway, policy: CachePolicy) -> list[DirectReport]:
        try:
            members = brightspace.read(members_read(), policy)
        except (NotFound, NotPermitted):  # somebody who is not in the org unit has nobody there
            return []
        managers = {member.identifier for member in members if _is_manager(member)}
        if brightspace.person_id not in managers:
            return []
        return [
            direct_report(member.identifier, member.name) for member in members if member.identifier not in managers
        ]

    def edition(self) -> str:
        """Which org unit it is, and which role its managers have."""
        return f"{settings.PORTAL_ROSTER_ORG_UNIT} {settings.PORTAL_ROSTER_ROLE}"


def _is_manager(member: Member) -> bool:
    role = member.classlist_role_display_name or ""
    return role.casefold() == settings.PORTAL_ROSTER_ROLE.casefold()
