"""Direct reports = members of one org unit whose user attribute *Manager* names the signed-in person.

Brightspace offers no search by attribute, so each member of the org unit is asked about. What the answers
look like is not documented: see ``attribute_shapes``.
"""

from typing import Any

from django.conf import settings

from portal.accounts.models import Person
from portal.brightspace import Answer
from portal.brightspace.errors import NotFound, NotPermitted
from portal.brightspace.gateway import CachePolicy, Gateway
from portal.rosters.providers.attribute_shapes import names_by_id, values_of
from portal.rosters.providers.org_unit import members_read
from portal.rosters.roster import DirectReport, direct_report
from portal.rosters.services import AttributeService


class AttributesProvider:
    """Members of ``PORTAL_ROSTER_ORG_UNIT`` whose ``PORTAL_ROSTER_ATTRIBUTE`` holds my user name or id."""

    scopes = ("enrollment:orgunit:read", "attributes:users:read", "attributes:schemas:read")
    nobody = (
        "Brightspace names you as the manager of nobody whose attributes you may see. If people report to you, "
        "ask your Brightspace administrator to enter you as their manager."
    )

    def direct_reports(self, brightspace: Gateway, policy: CachePolicy) -> list[DirectReport]:
        """A member Brightspace refuses is left out; when it refuses all of them, that is the error."""
        try:
            everybody = brightspace.read(members_read(), policy)
        except (NotFound, NotPermitted):
            return []
        members = [member for member in everybody if member.identifier != brightspace.person_id]
        schemas = AttributeService().schemas()
        reads = {member: AttributeService().attributes(member.identifier) for member in members}
        answers = brightspace.answers([schemas, *reads.values()], policy)
        names = names_by_id(answers[schemas].value)
        told = {member: answers[read] for member, read in reads.items()}
        _raise_for(list(told.values()))
        me, attribute = _called(brightspace.person_id), settings.PORTAL_ROSTER_ATTRIBUTE
        mine = [member for member, answer in told.items() if me & values_of(answer.value, attribute, names)]
        return [direct_report(member.identifier, member.name) for member in mine]

    def edition(self) -> str:
        """Which org unit holds everyone, and which attribute names the manager."""
        return f"{settings.PORTAL_ROSTER_ORG_UNIT} {settings.PORTAL_ROSTER_ATTRIBUTE}"


def _raise_for(answers: list[Answer[Any]]) -> None:
    """Nobody may drop out of a team because Brightspace failed, or did not get round to them in time."""
    errors = [answer.error for answer in answers if answer.value is None and answer.error]
    failures = [error for error in errors if not isinstance(error, (NotFound, NotPermitted))]
    refusals = [error for error in errors if isinstance(error, NotPermitted)]
    if failures:
        raise failures[0]
    if refusals and len(errors) == len(answers):
        raise refusals[0]


def _called(person_id: int) -> set[str]:
    user_name = Person.objects.values_list("unique_name", flat=True).filter(pk=person_id).first() or ""
    return {str(person_id), user_name.casefold()} - {""}
