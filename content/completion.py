"""How far people are in their courses, from whichever of Brightspace's routes answers the person who asks.

Counts come from ``content/completions`` where that is allowed. Otherwise they are worked out from the
content as the learner sees it and from their progress through it, which auditors may read.
"""

from collections import defaultdict
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from content.schemas import ContentLearnerProgress, TableOfContents, UserOrgUnit, UserProgressData
from content.services.completions import MAX_IDS, completions_in, completions_of
from content.services.enrolments import COURSE_OFFERING
from content.services.table_of_contents import content_for
from content.services.user_progress import user_progress_in
from portal.brightspace import Answer, Read
from portal.brightspace.errors import BrightspaceError, NotFound, NotPermitted, Refused

Answers = Mapping[Read[Any], Answer[Any]]
Steps = Generator[Sequence[Read[Any]], Answers, "dict[int, list[CourseStanding]]"]


@dataclass(frozen=True)
class CourseStanding:
    """One person in one course. Without counts, ``error`` says why there are none.

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
        return 0 < self.required <= self.completed


MAX_ITEMS = 100_000  # more than any course has; keeps nonsense printable
Counts = tuple[int, int]
Found = dict[tuple[int, int], tuple[Counts | None, tuple[Answer[Any], ...]]]  # by course and person


def course_standings(enrolled: Mapping[int, Sequence[UserOrgUnit]]) -> Steps:
    """Each person's standing in each of their courses; a generator of reads (see ColumnProvider)."""
    learners: dict[int, list[int]] = defaultdict(list)
    for person, enrolments in enrolled.items():
        for enrolment in _courses(enrolments):
            learners[enrolment.org_unit.id].append(person)
    found: Found = yield from _counted(learners)
    unknown = {ou: [p for p in people if _was_refused(*found[ou, p])] for ou, people in learners.items()}
    found |= yield from _worked_out({ou: people for ou, people in unknown.items() if people})
    return {
        person: [_standing(person, enrolment, found) for enrolment in _courses(enrolments)]
        for person, enrolments in enrolled.items()
    }


def _was_refused(counts: Counts | None, answers: Sequence[Answer[Any]]) -> bool:
    """Whether Brightspace left somebody out or refused; when it failed, other routes would fail too."""
    errors = [answer.error for answer in answers if answer.value is None]
    return counts is None and all(isinstance(error, (NotPermitted, NotFound, Refused)) for error in errors)


def _courses(enrolments: Sequence[UserOrgUnit]) -> list[UserOrgUnit]:
    return [enrolment for enrolment in enrolments if enrolment.org_unit.type.id == COURSE_OFFERING]


def _standing(person: int, enrolment: UserOrgUnit, found: Found) -> CourseStanding:
    unit = enrolment.org_unit
    counts, answers = found[unit.id, person]
    name = unit.name or unit.code or f"Course {unit.id}"
    if counts is None:
        error = next((answer.error for answer in answers if answer.error), None)
        return CourseStanding(unit.id, name, unit.code or "", error=error, answers=answers)
    required, completed = (min(max(count, 0), MAX_ITEMS) for count in counts)
    return CourseStanding(unit.id, name, unit.code or "", required, min(completed, required), answers=answers)


def _counted(learners: Mapping[int, Sequence[int]]) -> Generator[Sequence[Read[Any]], Answers, Found]:
    """Counts as Brightspace gives them, by course or by person, whichever takes fewer calls."""
    people = sorted({person for each in learners.values() for person in each})
    if len(people) < len(learners):
        courses = {p: [ou for ou, each in learners.items() if p in each] for p in people}
        asked = {completions_of(p, part): ([p], part) for p, units in courses.items() for part in _parts(units)}
    else:
        asked = {completions_in(ou, part): (part, [ou]) for ou, each in learners.items() for part in _parts(each)}
    answers = yield list(asked)
    found: Found = {}
    for read, (about_people, about_courses) in asked.items():
        answer: Answer[list[ContentLearnerProgress]] = answers[read]
        given = {(row.org_unit_id, row.user_id): row for row in answer.value or ()}
        for ou in about_courses:
            for person in about_people:
                row = given.get((ou, person))
                found[ou, person] = ((row.required_items, row.completed_items) if row else None, (answer,))
    return found


def _worked_out(learners: Mapping[int, Sequence[int]]) -> Generator[Sequence[Read[Any]], Answers, Found]:
    """Counts from the content as each learner sees it and what they have completed of it."""
    if not learners:
        return {}
    progress = {(ou, p): read for ou, each in learners.items() for part in _parts(each)
                for read in [user_progress_in(ou, part)] for p in part}  # fmt: skip
    content = {(ou, p): content_for(ou, p) for ou, each in learners.items() for p in each}
    answers = yield list(dict.fromkeys((*progress.values(), *content.values())))
    done = {read: _completed(answers[read]) for read in set(progress.values())}
    found: Found = {}
    for key, read in content.items():
        contents: Answer[TableOfContents] = answers[read]
        both = (contents, answers[progress[key]])
        counts = None
        if contents.value is not None and answers[progress[key]].value is not None:
            required = contents.value.required_topics()
            counts = (len(required), len(required & done[progress[key]].get(key[1], set())))
        found[key] = (counts, both)
    return found


def _completed(answer: Answer[list[UserProgressData]]) -> dict[int, set[int]]:
    by_person: dict[int, set[int]] = defaultdict(set)
    for row in answer.value or ():
        if row.completed:
            by_person[row.user_id].add(row.object_id)
    return by_person


def _parts(ids: Sequence[int]) -> list[list[int]]:
    ordered = sorted(set(ids))
    return [ordered[start : start + MAX_IDS] for start in range(0, len(ordered), MAX_IDS)]
