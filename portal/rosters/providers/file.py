"""Direct reports = the lines of the roster an admin has uploaded."""

from portal.brightspace.gateway import Caller
from portal.rosters.models import Roster, RosterEntry
from portal.rosters.roster import Report, named


class RosterFile:
    """The newest uploaded roster."""

    scopes = ("users:userdata:read",)
    nobody = (
        "The roster your administrator uploaded names nobody who reports to you. "
        "Ask your Brightspace administrator to upload a new one."
    )

    def reports_of(self, caller: Caller) -> list[Report]:
        newest = Roster.objects.values("pk")[:1]
        entries = RosterEntry.objects.filter(roster=newest, manager_id=caller.person_id)
        return [named(entry.person_id, entry.name) for entry in entries.order_by("name", "person_id")]

    def edition(self) -> str:
        """The newest roster: applying another one counts at once."""
        return str(Roster.objects.values_list("pk", flat=True).first())
