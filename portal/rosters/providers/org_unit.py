"""Direct reports = everybody else in one org unit where the signed-in person holds the manager role."""

from django.conf import settings

from portal.brightspace import Block, Id, Read, Route, action
from portal.brightspace.errors import NotFound, NotPermitted
from portal.brightspace.gateway import CachePolicy, Gateway
from portal.rosters.roster import DirectReport, direct_report

PAGE = "team with PORTAL_ROSTER=org_unit"
CLASSLIST = Route("le", "/(orgUnitId)/classlist/")


class Member(Block, frozen=True, kw_only=True):
    identifier: Id
    display_name: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    classlist_role_display_name: str | None = None

    @property
    def name(self) -> str:
        return self.display_name or " ".join(part for part in (self.first_name, self.last_name) if part)


@action("GET", CLASSLIST, "enrollment:orgunit:read", supporting=True)
def classlist() -> Read[list[Member]]:
    """``GET le/(orgUnitId)/classlist/`` of ``PORTAL_ROSTER_ORG_UNIT``. Scope ``enrollment:orgunit:read``."""
    return Read(CLASSLIST, list[Member], ids=(("orgUnitId", settings.PORTAL_ROSTER_ORG_UNIT),))


class OrgUnitProvider:
    """Those of the classlist who do not hold the role ``PORTAL_ROSTER_ROLE``, for those who do."""

    scopes = ("enrollment:orgunit:read",)
    nobody = "You do not hold the manager role in the group that the portal takes as the team."

    def direct_reports(self, brightspace: Gateway, policy: CachePolicy) -> list[DirectReport]:
        try:
            members = brightspace.read(classlist(), policy)
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
