"""The smallest number of calls by which Brightspace's routes give all figures of a team, from the sandbox's data.

The list of the team is one call. Each person takes what the columns begin with: CPD progress, the latest CPD record,
overdue items, enrolments (``test_team_columns.py`` of each feature says so). A manager who may read counts of
completed topics gets them by course for up to 100 people a call. For other managers each course takes its pages of
progress, and a call for each learner's view of the content.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import ceil

from tests.benchmarks.upstream import SCALE
from tests.portal.team.expected import first_calls
from tests.sandbox.models.people import COURSE_OFFERING
from tests.sandbox.seeds import seed

MAX_PEOPLE_PER_CALL = 100
MAX_PAGE_SIZE = 100


def fewest_calls(people: Sequence[int], *, reads_counts: bool) -> int:
    """The calls for the figures of ``people`` with an empty cache."""
    learners = _learners(people)
    calls = 1 + first_calls(people)
    if reads_counts:
        return calls + sum(ceil(len(each) / MAX_PEOPLE_PER_CALL) for each in learners.values())
    return calls + sum(len(each) + _pages_of_progress(course, each) for course, each in learners.items())


def _learners(people: Iterable[int]) -> dict[int, list[int]]:
    """Those of ``people`` who are enrolled in each course."""
    learners: dict[int, list[int]] = defaultdict(list)
    for person_id in people:
        for unit in _world.enrolments_of(person_id):
            if _world.org_units[unit].type_id == COURSE_OFFERING:
                learners[unit].append(person_id)
    return learners


def _pages_of_progress(course: int, people: Sequence[int]) -> int:
    rows = sum(len(_world.progress_of(person_id, course)) for person_id in people)
    return max(1, ceil(rows / MAX_PAGE_SIZE))


_world = seed(SCALE)
