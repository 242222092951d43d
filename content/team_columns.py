"""Courses in the team table: courses complete of those that require something; and what is overdue."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from msgspec.structs import replace

from content import overdue
from content.completion import CourseStanding, course_standings
from content.schemas import OverdueItem, UserOrgUnit
from content.services import EnrolmentService, OverdueItemService
from portal.brightspace import Answer
from portal.team.columns import Cell, Column, ColumnFlow, RowPart, Standing, age_of, missing_cell, not_asked_yet
from portal.team.statuses import Priority, Status, Tone

NO_ENROLMENTS: list[UserOrgUnit] = []


class OverdueColumn:
    """The column *Overdue*."""

    columns = (Column("overdue", _("Overdue"), 30, numeric=True),)
    statuses = (Status.OVERDUE,)
    exported = ("overdue",)

    def flow(self, person_ids: Sequence[int]) -> ColumnFlow:
        asked = {person: OverdueItemService().of_person(person) for person in person_ids}
        answers = yield list(asked.values())
        told = {person: answers[read] for person, read in asked.items()}
        return {person: _late_figure(late) for person, late in told.items() if not not_asked_yet(late)}

    def summary(self, parts: Sequence[RowPart]) -> str:
        """How many have overdue work."""
        number = sum(1 for part in parts if part.exported.get("overdue"))
        return f"{number} {'has' if number == 1 else 'have'} overdue work." if number else ""


class CoursesColumn:
    """The column *Courses*."""

    columns = (Column("courses", _("Courses"), 20, numeric=True),)
    statuses = ()
    exported = ("required_items", "completed_items", "courses_complete", "courses_required")

    def flow(self, person_ids: Sequence[int]) -> ColumnFlow:
        asked = {person: EnrolmentService().courses_of(person) for person in person_ids}
        answers = yield list(asked.values())
        known = {person: answers[read] for person, read in asked.items() if not not_asked_yet(answers[read])}
        standings = yield from course_standings({person: e.value or NO_ENROLMENTS for person, e in known.items()})
        return {
            person: _course_figure(enrolled, standings[person])
            for person, enrolled in known.items()
            if not any(not_asked_yet(answer) for course in standings[person] for answer in course.answers)
        }

    def summary(self, parts: Sequence[RowPart]) -> str:
        """Nothing: how far courses are is said person by person."""
        return ""


def _late_figure(late: Answer[list[OverdueItem]]) -> RowPart:
    return RowPart(
        cells={"overdue": _overdue(late)},
        exported={"overdue": None if late.value is None else len(late.value)},
        standing=_standing(late),
        age=age_of([late]),
    )


def _course_figure(enrolled: Answer[list[UserOrgUnit]], courses: Sequence[CourseStanding]) -> RowPart:
    answers: list[Answer[Any]] = [enrolled, *(answer for course in courses for answer in course.answers)]
    used = [enrolled, *(a for course in courses for a in course.answers if a.value is not None)]
    age = replace(age_of(used), failed=age_of(answers).failed)
    cell = _courses(courses) if enrolled.value is not None else missing_cell(enrolled.error, "courses")
    return RowPart(cells={"courses": cell}, exported=_exported(enrolled, courses), age=age)


def _overdue(late: Answer[list[OverdueItem]]) -> Cell:
    if late.value is None:
        return missing_cell(late.error, "overdue work")
    number = len(late.value)
    return Cell(str(number), tone=Tone.BAD if number else Tone.NEUTRAL, sort_key=float(number))


def _courses(courses: Sequence[CourseStanding]) -> Cell:
    required = [course for course in courses if course.required]
    unknown = [course for course in courses if course.error]
    if unknown and not required:
        return missing_cell(unknown[0].error, "courses")
    if not required:
        return Cell("nothing required", tone=Tone.QUIET)
    complete = sum(course.is_complete for course in required)
    hidden = f"{len(unknown)} not visible" if unknown else ""
    return Cell(f"{complete} of {len(required)}", hidden, sort_key=complete / len(required))


def _exported(
    enrolled: Answer[list[UserOrgUnit]], courses: Sequence[CourseStanding]
) -> dict[str, str | int | float | None]:
    if enrolled.value is None or (courses and all(course.error for course in courses)):
        return {}
    return {
        "required_items": sum(course.required for course in courses),
        "completed_items": sum(course.completed for course in courses),
        "courses_complete": sum(course.is_complete for course in courses),
        "courses_required": sum(1 for course in courses if course.required),
    }


def _standing(late: Answer[list[OverdueItem]]) -> Standing | None:
    if not late.value:
        return None
    today = timezone.localdate()
    oldest = max((overdue.days_late(item, today) or 0 for item in late.value), default=0)
    weight = min(100 * len(late.value) + min(oldest, 99), 9_999)
    return Standing(Status.OVERDUE, overdue.reason(late.value, today), Priority.OVERDUE, weight, (Status.OVERDUE,))
