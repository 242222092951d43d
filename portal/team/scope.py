"""About whom a person's page may be: somebody in the viewer's own team, or the viewer."""

from django.http import Http404

from portal.accounts.models import Person
from portal.brightspace.gateway import Gateway
from portal.rosters.roster import DirectReport, direct_report, direct_reports


def person_in_scope(brightspace: Gateway, viewer: Person, person_id: int) -> DirectReport:
    """The person as the viewer's roster names them, or the viewer; anybody else does not exist here."""
    if person_id == viewer.pk:
        return direct_report(person_id, viewer.display_name)
    for person in direct_reports(brightspace):
        if person.person_id == person_id:
            return person
    raise Http404
