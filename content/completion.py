"""How far people are in their courses: the required and completed topics of each person in each course.

Brightspace gives counts only to those who may manage content. Where it refuses, they are derived from the content as
the learner sees it and from the learner's progress, which auditors may read.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from content.schemas import ContentLearnerProgress, OrgUnit, TableOfContents, UserOrgUnit, UserProgressData
from content.services import CompletionService, TableOfContentsService, UserProgressService
from content.services.enrolments import COURSE_OFFERING
from portal.brightspace import MAX_IDS_IN_LIST, Answer, Read, ReadFlow
from portal.brightspace.errors import BrightspaceError, NotFound, NotPermitted, Refused

MAX_ITEMS = 100_000  # more than any course has; keeps absurd counts printable
Pair = tuple[int, int]  # ids of an org unit and of a person
Learners = Mapping[int, Sequence[int]]  # ids of people, by org unit


@dataclass(frozen=True)
class CourseStanding:
    """How far one person is in one course. Without counts, ``error`` is the reason.

    ``completed`` never exceeds ``required``: Brightspace also counts optional and hidden topics.
    """

    org_unit_id: int
    name: str
    code: str
    required: int = 0
    completed: int = 0
    error: BrightspaceError | None = None
    answers: tuple[Answer[Any], ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether something is required, and all of it is completed."""
        return 0 < self.required <= self.completed


@dataclass(frozen=True)
class Counts:
    """Required and completed topics as ``answers`` say; None where they do not say."""

    answers: tuple[Answer[Any], ...]
    required: int | None = None
    completed: int = 0

    @property
    def was_refused(self) -> bool:
        """Whether Brightspace refused or left the person out; after a failure other routes would fail too."""
        errors = [answer.error for answer in self.answers if answer.value is None]
        return self.required is None and all(isinstance(each, (NotPermitted, NotFound, Refused)) for each in errors)

    @property
    def error(self) -> BrightspaceError | None:
        """The first error among the answers."""
        return next((answer.error for answer in self.answers if answer.error), None)


CountsFlow = ReadFlow[dict[Pair, Counts]]


def course_standings(enrolled: Mapping[int, Sequence[UserOrgUnit]]) -> ReadFlow[dict[int, list[CourseStanding]]]:
    """Each person's standing in each of their courses."""
    courses = {person_id: _courses(enrolments) for person_id, enrolments in enrolled.items()}
    learners: dict[int, list[int]] = defaultdict(list)
    for person_id, units in courses.items():
        for unit in units:
            learners[unit.id].append(person_id)
    counts = yield from _brightspace_counts(learners)
    counts |= yield from _derived_counts([pair for pair, found in counts.items() if found.was_refused])
    return {
        person_id: [_standing(unit, counts[unit.id, person_id]) for unit in units]
        for person_id, units in courses.items()
    }


def unnamed_course(org_unit_id: int) -> str:
    """What a course is called whose name nobody knows: ``Course 6609``."""
    return _("Course %(id)d") % {"id": org_unit_id}


def _courses(enrolments: Sequence[UserOrgUnit]) -> list[OrgUnit]:
    return [enrolment.org_unit for enrolment in enrolments if enrolment.org_unit.type.id == COURSE_OFFERING]


def _standing(unit: OrgUnit, counts: Counts) -> CourseStanding:
    name, code = unit.name or unit.code or unnamed_course(unit.id), unit.code or ""
    if counts.required is None:
        return CourseStanding(unit.id, name, code, error=counts.error, answers=counts.answers)
    required, completed = (min(max(count, 0), MAX_ITEMS) for count in (counts.required, counts.completed))
    return CourseStanding(unit.id, name, code, required, min(completed, required), answers=counts.answers)


def _brightspace_counts(learners: Learners) -> CountsFlow:
    """Counts as Brightspace gives them."""
    requests = _count_requests(learners)
    answers = yield list(requests)
    return {pair: counts for read, pairs in requests.items() for pair, counts in _counts_in(answers[read], pairs)}


def _count_requests(learners: Learners) -> dict[Read[list[ContentLearnerProgress]], list[Pair]]:
    """The reads for these people's counts, by course or by person, whichever takes fewer calls."""
    courses: dict[int, list[int]] = defaultdict(list)
    for org_unit_id, person_ids in learners.items():
        for person_id in person_ids:
            courses[person_id].append(org_unit_id)
    service = CompletionService()
    if len(courses) < len(learners):
        return {
            service.counts_of_person(person_id, part): [(org_unit_id, person_id) for org_unit_id in part]
            for person_id, org_unit_ids in sorted(courses.items())
            for part in _parts(org_unit_ids)
        }
    return {
        service.counts_in_course(org_unit_id, part): [(org_unit_id, person_id) for person_id in part]
        for org_unit_id, person_ids in learners.items()
        for part in _parts(person_ids)
    }


def _counts_in(answer: Answer[list[ContentLearnerProgress]], pairs: Sequence[Pair]) -> Iterator[tuple[Pair, Counts]]:
    rows = {(row.org_unit_id, row.user_id): row for row in answer.value or ()}
    for pair in pairs:
        row = rows.get(pair)
        yield pair, Counts((answer,), row.required_items, row.completed_items) if row else Counts((answer,))


def _derived_counts(pairs: Sequence[Pair]) -> CountsFlow:
    """Counts from the content as each learner sees it and what they have completed of it."""
    if not pairs:
        return {}
    progress = _progress_requests(pairs)
    contents = {pair: TableOfContentsService().contents(pair[0], person_id=pair[1]) for pair in pairs}
    answers = yield list(dict.fromkeys((*progress.values(), *contents.values())))
    completed = {read: _completed_topics(answers[read]) for read in set(progress.values())}
    return {
        pair: _derived(answers[contents[pair]], answers[progress[pair]], completed[progress[pair]][pair[1]])
        for pair in pairs
    }


def _progress_requests(pairs: Sequence[Pair]) -> dict[Pair, Read[list[UserProgressData]]]:
    """The read with each pair's progress; people of one course share reads."""
    learners: dict[int, list[int]] = defaultdict(list)
    for org_unit_id, person_id in pairs:
        learners[org_unit_id].append(person_id)
    return {
        (org_unit_id, person_id): read
        for org_unit_id, person_ids in learners.items()
        for part in _parts(person_ids)
        for read in [UserProgressService().in_course(org_unit_id, part)]
        for person_id in part
    }


def _completed_topics(answer: Answer[list[UserProgressData]]) -> defaultdict[int, set[int]]:
    """Ids of the topics that each person has completed."""
    by_person: defaultdict[int, set[int]] = defaultdict(set)
    for row in answer.value or ():
        if row.completed:
            by_person[row.user_id].add(row.object_id)
    return by_person


def _derived(
    contents: Answer[TableOfContents], progress: Answer[list[UserProgressData]], completed: set[int]
) -> Counts:
    if contents.value is None or progress.value is None:
        return Counts((contents, progress))
    required = contents.value.required_topics()
    return Counts((contents, progress), len(required), len(required & completed))


def _parts(ids: Sequence[int]) -> list[list[int]]:
    ordered = sorted(set(ids))
    return [ordered[start : start + MAX_IDS_IN_LIST] for start in range(0, len(ordered), MAX_IDS_IN_LIST)]
