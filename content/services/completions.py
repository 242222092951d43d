"""Counts of required and completed topics, for those who may manage content. Scope ``core:*:*``."""

from collections.abc import Sequence

from content.schemas import ContentLearnerProgress
from portal.brightspace.reads import Read
from portal.brightspace.routes import Route

IN_COURSE = Route("le", "/(orgUnitId)/content/completions/")
OF_PERSON = Route("le", "/content/completions/(userId)/")
MOST_IDS = 100


def completions_in(org_unit_id: int, person_ids: Sequence[int]) -> Read[list[ContentLearnerProgress]]:
    """``GET le/(orgUnitId)/content/completions/``: counts of up to 100 people in one course."""
    query = (("ignoreInvalid", True), ("userIdsCSV", tuple(person_ids)))
    return Read(IN_COURSE, list[ContentLearnerProgress], ids=(("orgUnitId", org_unit_id),), query=query)


def completions_of(person_id: int, org_unit_ids: Sequence[int]) -> Read[list[ContentLearnerProgress]]:
    """``GET le/content/completions/(userId)/``: one person's counts in up to 100 courses."""
    query = (("ignoreInvalid", True), ("orgUnitIdsCSV", tuple(org_unit_ids)))
    return Read(OF_PERSON, list[ContentLearnerProgress], ids=(("userId", person_id),), query=query)
