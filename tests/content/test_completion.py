"""How far people are in their courses, from Brightspace's counts or derived from content and progress."""

from collections.abc import Callable
from typing import Any

import pytest

from content.completion import CourseStanding, course_standings
from content.schemas import (
    ContentLearnerProgress,
    Module,
    OrgUnit,
    OrgUnitType,
    TableOfContents,
    Topic,
    UserOrgUnit,
    UserProgressData,
)
from content.services import CompletionService, TableOfContentsService, UserProgressService
from portal.brightspace import MAX_IDS_IN_LIST, Answer
from portal.brightspace.endpoints.reads import Read
from portal.brightspace.errors import BrightspaceError, NotFound, NotPermitted, Refused, Unavailable

ANA, TOMAS = 201, 202
FIRE, SEPSIS, GROUP = 6609, 6612, 6700
REFUSED: Answer[Any] = Answer(error=NotPermitted("Content.ManageContent"))


def enrolment(org_unit_id: int, name: str | None = None, code: str | None = None, *, kind: int = 3) -> UserOrgUnit:
    return UserOrgUnit(org_unit=OrgUnit(id=org_unit_id, type=OrgUnitType(id=kind), name=name, code=code))


def counted(required: int, completed: int, person_id: int = ANA, org_unit_id: int = FIRE) -> ContentLearnerProgress:
    return ContentLearnerProgress(
        user_id=person_id, org_unit_id=org_unit_id, required_items=required, completed_items=completed
    )


def standings(
    enrolled: dict[int, list[UserOrgUnit]], answer: Callable[[Read[Any]], Answer[Any]]
) -> tuple[dict[int, list[CourseStanding]], list[Read[Any]]]:
    """What the flow returns when ``answer`` answers its reads, and the reads themselves."""
    flow, requests = course_standings(enrolled), list[Read[Any]]()
    wanted = next(flow)
    while True:
        requests += wanted
        try:
            wanted = flow.send({read: answer(read) for read in wanted})
        except StopIteration as end:
            return end.value, requests


def standing(answer: Answer[Any], name: str | None = None, code: str | None = None) -> CourseStanding:
    found, _ = standings({ANA: [enrolment(FIRE, name, code)]}, lambda _: answer)
    return found[ANA][0]


@pytest.mark.parametrize(
    ("required", "completed", "shown", "complete"),
    [
        (4, 1, (4, 1), False),
        (4, 4, (4, 4), True),
        (4, 9, (4, 4), True),
        (0, 3, (0, 0), False),
        (-2, -1, (0, 0), False),
    ],
)
def test_completed_items_never_exceed_the_required_ones(
    required: int, completed: int, shown: tuple[int, int], complete: bool
) -> None:
    course = standing(Answer([counted(required, completed)]))

    assert (course.required, course.completed) == shown
    assert course.is_complete is complete


@pytest.mark.parametrize(
    ("name", "code", "shown"),
    [("Fire", "F-1", "Fire"), (None, "F-1", "F-1"), ("", None, f"Course {FIRE}")],
)
def test_a_course_without_a_name_is_called_by_code_or_number(name: str | None, code: str | None, shown: str) -> None:
    assert standing(Answer([counted(1, 1)]), name, code).name == shown


def test_groups_are_not_courses() -> None:
    found, requests = standings({ANA: [enrolment(GROUP, kind=4)]}, lambda _: REFUSED)

    assert found == {ANA: []}
    assert requests == []


def test_counts_are_read_by_person_for_few_people_and_by_course_for_many() -> None:
    both = [enrolment(FIRE), enrolment(SEPSIS)]
    _, of_one = standings({ANA: both}, lambda _: Answer(error=Unavailable()))
    _, of_many = standings({ANA: both, TOMAS: both}, lambda _: Answer(error=Unavailable()))

    assert of_one == [CompletionService().counts_of_person(ANA, [FIRE, SEPSIS])]
    assert of_many == [
        CompletionService().counts_in_course(FIRE, [ANA, TOMAS]),
        CompletionService().counts_in_course(SEPSIS, [ANA, TOMAS]),
    ]


def test_more_people_than_one_call_takes_are_read_in_parts() -> None:
    people = range(1, 251)
    _, requests = standings({person: [enrolment(FIRE)] for person in people}, lambda _: Answer(error=Unavailable()))

    parts = (people[start : start + MAX_IDS_IN_LIST] for start in range(0, len(people), MAX_IDS_IN_LIST))
    assert requests == [CompletionService().counts_in_course(FIRE, part) for part in parts]


TOPICS = (Topic(topic_id=1, completion_type=1), Topic(topic_id=2, completion_type=2), Topic(topic_id=3))
CONTENTS = TableOfContents(modules=(Module(module_id=9, topics=TOPICS),))
DONE = [
    UserProgressData(object_id=1, user_id=ANA, completed=True),
    UserProgressData(object_id=3, user_id=ANA, completed=True),
    UserProgressData(object_id=2, user_id=ANA, completed=False),
    UserProgressData(object_id=2, user_id=TOMAS, completed=True),
]


def auditor_answer(read: Read[Any]) -> Answer[Any]:
    """What Brightspace answers an auditor who may not manage content."""
    answers: dict[Any, Answer[Any]] = {TableOfContents: Answer(CONTENTS), list[UserProgressData]: Answer(DONE)}
    return answers.get(read.answer, REFUSED)


def test_refused_counts_are_derived_from_content_and_progress() -> None:
    found, requests = standings({ANA: [enrolment(FIRE)]}, auditor_answer)

    assert requests == [
        CompletionService().counts_in_course(FIRE, [ANA]),
        UserProgressService().in_course(FIRE, [ANA]),
        TableOfContentsService().contents(FIRE, person_id=ANA),
    ]
    assert (found[ANA][0].required, found[ANA][0].completed, found[ANA][0].error) == (2, 1, None)


def test_counts_are_derived_only_for_people_whom_brightspace_left_out() -> None:
    rows = [counted(5, 5, TOMAS)]
    found, requests = standings(
        {ANA: [enrolment(FIRE)], TOMAS: [enrolment(FIRE)]},
        lambda read: (
            Answer(rows) if read == CompletionService().counts_in_course(FIRE, [ANA, TOMAS]) else auditor_answer(read)
        ),
    )

    assert requests[1:] == [
        UserProgressService().in_course(FIRE, [ANA]),
        TableOfContentsService().contents(FIRE, person_id=ANA),
    ]
    assert [found[person][0].required for person in (ANA, TOMAS)] == [2, 5]


@pytest.mark.parametrize("error", [NotPermitted(), NotFound(), Refused()])
def test_a_course_without_any_counts_has_the_error(error: BrightspaceError) -> None:
    course = standing(Answer(error=error))

    assert course.error is error
    assert (course.required, course.is_complete) == (0, False)


def test_a_failure_is_not_tried_on_other_routes() -> None:
    failure = Unavailable()
    found, requests = standings({ANA: [enrolment(FIRE)]}, lambda _: Answer(error=failure))

    assert len(requests) == 1
    assert found[ANA][0].error is failure


def test_hidden_and_exempt_topics_and_modules_require_nothing() -> None:
    hidden = Module(module_id=1, is_hidden=True, topics=TOPICS)
    topics = (
        Topic(topic_id=4, completion_type=1, is_hidden=True),
        Topic(topic_id=5, completion_type=1, is_exempt=True),
    )
    inner = Module(module_id=2, modules=(Module(module_id=3, topics=(Topic(topic_id=6, completion_type=2),)),))

    contents = TableOfContents(modules=(hidden, Module(module_id=7, topics=topics), inner))
    assert contents.required_topics() == {6}
