"""Roster provider: direct reports are the members of one org unit whose user attribute *Manager* names the person.

Brightspace offers no search by attribute, so the attributes of each member are read. What the answers look like is
not documented: see ``attribute_shapes``.
"""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Person
from portal.brightspace import Answer
from portal.brightspace.errors import NotFound, NotPermitted
from portal.brightspace.gateway import CachePolicy, Gateway
from portal.rosters.providers.attribute_shapes import attribute_values, names_by_id
from portal.rosters.providers.org_unit import members_read
from portal.rosters.roster import DirectReport, direct_report
from portal.rosters.services import AttributeService


class AttributesProvider:
    """Members of ``PORTAL_ROSTER_ORG_UNIT`` whose ``PORTAL_ROSTER_ATTRIBUTE`` holds the person's user name or id."""

    scopes = ("enrollment:orgunit:read", "attributes:users:read", "attributes:schemas:read")
    nobody = _(
        "Brightspace names you as the manager of nobody whose attributes you may see. If people report to you, "
        "ask your Brightspace administrator to enter you as their manager."
    )

    def direct_reports(self, brightspace: Gateway, policy: CachePolicy) -> list[DirectReport]:
        """A member whose attributes Brightspace refuses is left out. Raises NotPermitted when it refuses all."""
        try:
            everybody = brightspace.read(members_read(), policy)
        except (NotFound, NotPermitted):
            return []
        members = [member for member in everybody if member.identifier != brightspace.person_id]
        schemas = AttributeService().schemas()
        reads = {member: AttributeService().attributes(member.identifier) for member in members}
        answers = brightspace.answers([schemas, *reads.values()], policy)
        _raise_unless_readable([answers[read] for read in reads.values()])
        names = names_by_id(answers[schemas].value)
        manager_names = _names_of_manager(brightspace.person_id)
        return [
            direct_report(member.identifier, member.name)
            for member, read in reads.items()
            if manager_names & attribute_values(answers[read].value, settings.PORTAL_ROSTER_ATTRIBUTE, names)
        ]

    def edition(self) -> str:
        """Which org unit it is, and which attribute names the manager."""
        return f"{settings.PORTAL_ROSTER_ORG_UNIT} {settings.PORTAL_ROSTER_ATTRIBUTE}"


def _raise_unless_readable(answers: list[Answer[Any]]) -> None:
    """Raise the first failure, so that nobody drops out of a team because of it; a refusal only if all are refused."""
    errors = [answer.error for answer in answers if answer.value is None and answer.error]
    failures = [error for error in errors if not isinstance(error, (NotFound, NotPermitted))]
    refusals = [error for error in errors if isinstance(error, NotPermitted)]
    if failures:
        raise failures[0]
    if refusals and len(errors) == len(answers):
        raise refusals[0]


def _names_of_manager(person_id: int) -> set[str]:
    """What the attribute may call somebody: their id, or their user name in lower case."""
    user_name = Person.objects.values_list("unique_name", flat=True).filter(pk=person_id).first() or ""
    return {str(person_id), user_name.casefold()} - {""}
