"""Roster provider: direct reports are the people whom the signed-in person audits in Brightspace."""

from django.utils.translation import gettext_lazy as _

from portal.brightspace.errors import NotFound, NotPermitted
from portal.brightspace.gateway import CachePolicy, Gateway
from portal.rosters.roster import DirectReport, direct_report
from portal.rosters.services import AuditorService


class AuditorsProvider:
    """``GET le/auditing/auditors/(me)/auditees/``: the one documented relation between two people."""

    scopes = ("core:*:*",)
    nobody = _(
        "Brightspace lists nobody for you to audit. If people report to you, ask your Brightspace "
        "administrator to add you as their auditor."
    )

    def direct_reports(self, brightspace: Gateway, policy: CachePolicy) -> list[DirectReport]:
        try:
            auditees = brightspace.read(AuditorService().auditees(brightspace.person_id), policy)
        except (NotFound, NotPermitted):  # somebody who audits nobody is no error
            return []
        return [direct_report(auditee.auditee_id, auditee.display_name) for auditee in auditees]

    def edition(self) -> str:
        """Empty: the list depends on Brightspace alone."""
        return ""
