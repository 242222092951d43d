"""About whom a person's page may be: somebody in the viewer's own team, or the viewer."""

from django.http import Http404

from portal.accounts.models import Person
from portal.brightspace.gateway import Caller
from portal.rosters.roster import Report, named, reports_of


def person_in_scope(caller: Caller, viewer: Person, person_id: int) -> Report:
    """The person as the viewer's roster names them, or the viewer; anybody else does not exist here."""
    if person_id == viewer.pk:
        return named(person_id, viewer.display_name)
    for report in reports_of(caller):
        if report.person_id == person_id:
            return report
    raise Http404
