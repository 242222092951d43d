"""Roster provider: direct reports are those whom the roster uploaded by an admin names."""

from django.utils.translation import gettext_lazy as _

from portal.brightspace.gateway import CachePolicy, Gateway
from portal.rosters.models import Roster, RosterEntry
from portal.rosters.roster import DirectReport, direct_report


class FileProvider:
    """The newest uploaded roster."""

    scopes = ("users:userdata:read",)
    nobody = _(
        "The roster your administrator uploaded names nobody who reports to you. "
        "Ask your Brightspace administrator to upload a new one."
    )

    def direct_reports(self, brightspace: Gateway, policy: CachePolicy) -> list[DirectReport]:
        newest = Roster.objects.values("pk")[:1]
        entries = RosterEntry.objects.filter(roster=newest, manager_id=brightspace.person_id)
        return [
            direct_report(entry.person_id, entry.name, is_active=entry.is_active)
            for entry in entries.order_by("name", "person_id")
        ]

    def edition(self) -> str:
        """Which roster it is, so that a newly applied one counts at once."""
        return str(Roster.objects.values_list("pk", flat=True).first())
