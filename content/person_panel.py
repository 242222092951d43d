"""The panel *Courses* of a person's page: completion by course, and what is overdue."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from content import overdue
from content.completion import CourseStanding, course_standings
from content.schemas import OverdueItem, UserOrgUnit
from content.services import EnrolmentService, OverdueItemService
from portal.brightspace import Answer, ReadFlow
from portal.rosters.roster import DirectReport
from portal.team.columns import Bar, age_of, local_day, missing_cell
from portal.team.panels import PanelContent


@dataclass(frozen=True)
class Course:
    name: str
    code: str
    text: str
    note: str = ""
    bar: Bar | None = None
    description: str = ""
    explanation: str = ""


@dataclass(frozen=True)
class Late:
    name: str
    course: str
    due: str
    late: str


@dataclass(frozen=True, kw_only=True)
class ContentPanelContent(PanelContent):
    """What ``content/person_panel.html`` shows. ``error`` says why nothing can be shown at all."""

    error: str
    courses: list[Course]
    courses_error: str
    overdue: list[Late]
    overdue_error: str
    sentences: list[str]


class ContentPanel:
    """``content/person_panel.html``."""

    key = "content"
    title = "Courses"
    template = "content/person_panel.html"

    def flow(self, person: DirectReport, parameters: Mapping[str, str]) -> ReadFlow[ContentPanelContent]:
        late_read = OverdueItemService().of_person(person.person_id)
        enrolled_read = EnrolmentService().courses_of(person.person_id)
        answers = yield [late_read, enrolled_read]
        late: Answer[list[OverdueItem]] = answers[late_read]
        enrolled: Answer[list[UserOrgUnit]] = answers[enrolled_read]
        standings = yield from course_standings({person.person_id: enrolled.value or []})
        courses = standings[person.person_id]
        names = {course.org_unit_id: course.name for course in courses}
        error = missing_cell(enrolled.error, "courses").explanation if enrolled.value is None else ""
        known = [answer for course in courses for answer in course.answers if answer.value is not None]
        return ContentPanelContent(
            age=age_of([late, enrolled, *known]),
            error=error if late.value is None else "",
            courses=[_course(course) for course in courses],
            courses_error=error,
            overdue=[_late(item, names) for item in sorted(late.value or [], key=_due_first)],
            overdue_error="" if late.value is not None else missing_cell(late.error, "overdue work").explanation,
            sentences=[overdue.reason(late.value, timezone.localdate()) + "."] if late.value else [],
        )


def _course(course: CourseStanding) -> Course:
    if course.error or not course.required:
        cell = missing_cell(course.error, "progress in this course") if course.error else None
        text = cell.text if cell else "nothing required"
        return Course(course.name, course.code, text, explanation=cell.explanation if cell else "")
    done = 100 * course.completed // course.required
    text = "complete" if course.is_complete else f"{course.completed} of {course.required} items"
    description = f"{course.completed} of {course.required} required items complete"
    return Course(course.name, course.code, text, bar=Bar(done), description=description)


def _late(item: OverdueItem, names: Mapping[int, str]) -> Late:
    due = local_day(item.due_date) if item.due_date and item.due_date.year > 1 else None
    late = overdue.late_words(overdue.days_late(item, timezone.localdate()))
    course = names.get(item.org_unit_id, f"Course {item.org_unit_id}")
    return Late(item.item_name, course, f"{due.day} {due:%b} {due.year}" if due else "", late)


def _due_first(item: OverdueItem) -> float:
    return item.due_date.timestamp() if item.due_date and item.due_date.year > 1 else 0.0
