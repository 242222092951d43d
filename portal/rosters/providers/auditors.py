"""Direct reports = the people the signed-in person audits in Brightspace."""

from portal.brightspace import Block, Id, Read, Route, action
from portal.brightspace.errors import NotFound, NotPermitted
from portal.brightspace.gateway import CachePolicy, Gateway
from portal.rosters.roster import DirectReport, direct_report

PAGE = "team"
AUDITEES = Route("le", "/auditing/auditors/(auditorId)/auditees/")


class Auditee(Block, frozen=True, kw_only=True):
    auditee_id: Id
    display_name: str | None = None


@action("GET", AUDITEES, supporting=True)
def auditees_of(person_id: int) -> Read[list[Auditee]]:
    """``GET le/auditing/auditors/(auditorId)/auditees/``: whom a person audits. Scope ``core:*:*``.

    Raises NotPermitted, and NotFound for somebody who is no auditor.
    """
    return Read(AUDITEES, list[Auditee], ids=(("auditorId", person_id),))


class AuditorsProvider:
    """``GET le/auditing/auditors/(me)/auditees/``: the one documented relation between two people."""

    scopes = ("core:*:*",)
    nobody = (
        "Brightspace lists nobody for you to audit. If people report to you, ask your Brightspace "
        "administrator to add you as their auditor."
    )

    def direct_reports(self, brightspace: Gateway, policy: CachePolicy) -> list[DirectReport]:
        try:
            auditees = brightspace.read(auditees_of(brightspace.person_id), policy)
        except (NotFound, NotPermitted):  # somebody who audits nobody is no error
            return []
        return [direct_report(auditee.auditee_id, auditee.display_name) for auditee in auditees]

    def edition(self) -> str:
        """Nothing here but Brightspace decides who is listed."""
        return ""
