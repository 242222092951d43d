"""The fewest calls Brightspace's routes allow for all figures of a team, counted from the sandbox's own data.

A person takes four: CPD progress, the latest CPD record, overdue items, enrolments. The list of the team is
one. Counts of completed topics come by course, for up to 100 people a call, to those who may read them; from
others each course takes its pages of progress and each person's own view of the content.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import ceil

from tests.benchmarks.upstream import SCALE
from tests.sandbox.models.people import COURSE_OFFERING
from tests.sandbox.seeds import seed

PER_PERSON = 4
MOST_PEOPLE = 100
LARGEST_PAGE = 100


def fewest_calls(people: Sequence[int], *, reads_counts: bool) -> int:
    """For the figures of ``people``, nothing kept."""
    learners = _learners(people)
    calls = 1 + PER_PERSON * len(people)
    if reads_counts:
        return calls + sum(ceil(len(each) / MOST_PEOPLE) for each in learners.values())
    return calls + sum(len(each) + _pages_of_progress(course, each) for course, each in learners.items())


def _learners(people: Iterable[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for person_id in people:
        for unit in _world.enrolments_of(person_id):
            if _world.org_units[unit].type_id == COURSE_OFFERING:
                found[unit].append(person_id)
    return found


def _pages_of_progress(course: int, people: Sequence[int]) -> int:
    rows = sum(len(_world.progress_of(person_id, course)) for person_id in people)
    return max(1, ceil(rows / LARGEST_PAGE))


_world = seed(SCALE)
