"""The panel *Courses* of a person's page: completion by course, and what is overdue."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from content import overdue
from content.completion import CourseStanding, course_standings
from content.schemas import OverdueItem
from content.services.enrolments import courses_of
from content.services.overdue_items import overdue_items_of
from portal.brightspace.gateway import Gateway
from portal.rosters.roster import DirectReport
from portal.team.columns import Bar, age_of, local_day, missing_cell

PAGE = "person"


@dataclass(frozen=True)
class Course:
    name: str
    code: str
    text: str
    note: str = ""
    bar: Bar | None = None
    described: str = ""
    explained: str = ""


@dataclass(frozen=True)
class Late:
    name: str
    course: str
    due: str
    late: str


class ContentPanel:
    """``content/person_panel.html``."""

    key = "content"
    title = "Courses"
    template = "content/person_panel.html"

    def context(self, brightspace: Gateway, report: DirectReport, parameters: Mapping[str, str]) -> dict[str, Any]:
        late_read, enrolled_read = overdue_items_of(report.person_id), courses_of(report.person_id)
        answers = brightspace.answers([late_read, enrolled_read])
        late, enrolled = answers[late_read], answers[enrolled_read]
        courses = _standings(brightspace, report.person_id, enrolled.value or [])
        names = {course.org_unit_id: course.name for course in courses}
        error = missing_cell(enrolled.error, "courses").explained if enrolled.value is None else ""
        return {
            "error": error if late.value is None else "",
            "courses": [_course(course) for course in courses],
            "courses_error": error,
            "overdue": [_late(item, names) for item in sorted(late.value or [], key=_due_first)],
            "overdue_error": "" if late.value is not None else missing_cell(late.error, "overdue work").explained,
            "sentences": [overdue.reason(late.value, timezone.localdate()) + "."] if late.value else [],
            **age_of([late, enrolled, *(a for course in courses for a in course.answers if a.value is not None)]),
        }


def _standings(brightspace: Gateway, person_id: int, enrolments: Any) -> list[CourseStanding]:
    steps = course_standings({person_id: enrolments})
    wanted = next(steps)
    while True:
        try:
            wanted = steps.send(brightspace.answers(wanted))
        except StopIteration as end:
            return list(end.value[person_id])


def _course(course: CourseStanding) -> Course:
    if course.error or not course.required:
        cell = missing_cell(course.error, "progress in this course") if course.error else None
        text = cell.text if cell else "nothing required"
        return Course(course.name, course.code, text, explained=cell.explained if cell else "")
    done = 100 * course.completed // course.required
    text = "complete" if course.is_complete else f"{course.completed} of {course.required} items"
    described = f"{course.completed} of {course.required} required items complete"
    return Course(course.name, course.code, text, bar=Bar(done), described=described)


def _late(item: OverdueItem, names: Mapping[int, str]) -> Late:
    due = local_day(item.due_date) if item.due_date and item.due_date.year > 1 else None
    late = overdue.late_words(overdue.days_late(item, timezone.localdate()))
    course = names.get(item.org_unit_id, f"Course {item.org_unit_id}")
    return Late(item.item_name, course, f"{due.day} {due:%b} {due.year}" if due else "", late)


def _due_first(item: OverdueItem) -> float:
    return item.due_date.timestamp() if item.due_date and item.due_date.year > 1 else 0.0
