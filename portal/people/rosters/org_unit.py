"""Direct reports = everybody else in one org unit where the signed-in person holds the manager role."""

from django.conf import settings

from portal.brightspace.errors import NotFound, NotPermitted
from portal.brightspace.fields import Block, Id
from portal.brightspace.reads import Read
from portal.brightspace.routes import Route
from portal.brightspace.service import Caller
from portal.people.rosters.roster import Report, named

CLASSLIST = Route("le", "/(orgUnitId)/classlist/")


class Member(Block, frozen=True, kw_only=True):
    identifier: Id
    display_name: str | None = None
    classlist_role_display_name: str | None = None


class OrgUnitClasslist:
    """``GET le/(orgUnitId)/classlist/`` of ``PORTAL_ROSTER_ORG_UNIT``."""

    scopes = ("enrollment:orgunit:read",)
    nobody = "You do not hold the manager role in the group that the portal takes as the team."

    def reports_of(self, caller: Caller) -> list[Report]:
        read = Read(CLASSLIST, list[Member], ids=(("orgUnitId", settings.PORTAL_ROSTER_ORG_UNIT),))
        try:
            members = caller.read(read)
        except (NotFound, NotPermitted):
            return []
        role = settings.PORTAL_ROSTER_ROLE.casefold()
        leads = {m.identifier for m in members if (m.classlist_role_display_name or "").casefold() == role}
        if caller.person_id not in leads:
            return []
        return [named(m.identifier, m.display_name) for m in members if m.identifier not in leads]
