"""Direct reports = everybody else in one org unit where the signed-in person holds the manager role."""

from django.conf import settings

from portal.brightspace import Read
from portal.brightspace.errors import NotFound, NotPermitted
from portal.brightspace.gateway import CachePolicy, Gateway
from portal.rosters.roster import DirectReport, direct_report
from portal.rosters.services import ClasslistService, Member


def members_read() -> Read[list[Member]]:
    """Everybody in the org unit ``PORTAL_ROSTER_ORG_UNIT``."""
    return ClasslistService().members(int(settings.PORTAL_ROSTER_ORG_UNIT))


class OrgUnitProvider:
    """Those of the classlist who do not hold the role ``PORTAL_ROSTER_ROLE``, for those who do."""

    scopes = ("enrollment:orgunit:read",)
    nobody = "You do not hold the manager role in the group that the portal takes as the team."

    def direct_reports(self, brightspace: Gateway, policy: CachePolicy) -> list[DirectReport]:
        try:
            members = brightspace.read(members_read(), policy)
        except (NotFound, NotPermitted):  # whoever is not in the org unit leads nobody there
            return []
        role = settings.PORTAL_ROSTER_ROLE.casefold()
        leads = {m.identifier for m in members if (m.classlist_role_display_name or "").casefold() == role}
        if brightspace.person_id not in leads:
            return []
        return [direct_report(m.identifier, m.name) for m in members if m.identifier not in leads]

    def edition(self) -> str:
        """Which org unit it is, and which role leads it."""
        return f"{settings.PORTAL_ROSTER_ORG_UNIT} {settings.PORTAL_ROSTER_ROLE}"
