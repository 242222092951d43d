"""Columns of the team table: overdue items, and courses complete of those that require something."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from msgspec.structs import replace

from content import overdue, team_summary
from content.completion import CourseStanding, course_standings
from content.missing import COURSES_MISSING, OVERDUE_MISSING
from content.schemas import OverdueItem, UserOrgUnit
from content.services import EnrolmentService, OverdueItemService
from portal.brightspace import Answer
from portal.team.columns import (
    Age,
    Cell,
    Column,
    ColumnFlow,
    RowPart,
    Standing,
    age_of,
    missing_cell,
    not_asked_yet,
)
from portal.team.statuses import Priority, Status, Tone

MAX_DAYS = 99  # of the oldest item; more count as this many, so that one item more always weighs more
MAX_WEIGHT = 9_999
NO_ENROLMENTS: list[UserOrgUnit] = []


class OverdueColumn:
    """The column *Overdue*."""

    columns = (Column("overdue", gettext_lazy("Overdue"), 30, numeric=True),)
    statuses = (Status.OVERDUE,)
    exported = ("overdue",)

    def flow(self, person_ids: Sequence[int]) -> ColumnFlow:
        reads = {person_id: OverdueItemService().of_person(person_id) for person_id in person_ids}
        answers = yield list(reads.values())
        found = {person_id: answers[read] for person_id, read in reads.items()}
        return {person_id: _overdue_part(items) for person_id, items in found.items() if not not_asked_yet(items)}

    def summary(self, parts: Sequence[RowPart]) -> str:
        """How many people have overdue work."""
        return team_summary.summary(sum(1 for part in parts if part.exported.get("overdue")))


class CoursesColumn:
    """The column *Courses*."""

    columns = (Column("courses", gettext_lazy("Courses"), 20, numeric=True),)
    statuses = ()
    exported = ("required_items", "completed_items", "courses_complete", "courses_required")

    def flow(self, person_ids: Sequence[int]) -> ColumnFlow:
        reads = {person_id: EnrolmentService().courses_of(person_id) for person_id in person_ids}
        answers = yield list(reads.values())
        enrolled = {p: answers[read] for p, read in reads.items() if not not_asked_yet(answers[read])}
        standings = yield from course_standings({p: found.value or NO_ENROLMENTS for p, found in enrolled.items()})
        return {
            person_id: _courses_part(found, standings[person_id])
            for person_id, found in enrolled.items()
            if not any(not_asked_yet(answer) for course in standings[person_id] for answer in course.answers)
        }

    def summary(self, parts: Sequence[RowPart]) -> str:
        """Empty: the table says person by person how far their courses are."""
        return ""


def _overdue_part(items: Answer[list[OverdueItem]]) -> RowPart:
    return RowPart(
        cells={"overdue": _overdue_cell(items)},
        exported={"overdue": None if items.value is None else len(items.value)},
        standing=_standing(items.value) if items.value else None,
        age=age_of([items]),
    )


def _overdue_cell(items: Answer[list[OverdueItem]]) -> Cell:
    if items.value is None:
        return missing_cell(items.error, OVERDUE_MISSING)
    number = len(items.value)
    return Cell(str(number), tone=Tone.BAD if number else Tone.NEUTRAL, sort_key=float(number))


def _standing(items: Sequence[OverdueItem]) -> Standing:
    """More items come first; among people with the same number, those with the oldest item."""
    today = timezone.localdate()
    oldest = max((overdue.days_late(item, today) or 0 for item in items), default=0)
    weight = min(100 * len(items) + min(oldest, MAX_DAYS), MAX_WEIGHT)
    return Standing(Status.OVERDUE, overdue.reason(items, today), Priority.OVERDUE, weight, (Status.OVERDUE,))


def _courses_part(enrolled: Answer[list[UserOrgUnit]], courses: Sequence[CourseStanding]) -> RowPart:
    cell = _courses_cell(courses) if enrolled.value is not None else missing_cell(enrolled.error, COURSES_MISSING)
    return RowPart(cells={"courses": cell}, exported=_exported(enrolled, courses), age=_age(enrolled, courses))


def _age(enrolled: Answer[list[UserOrgUnit]], courses: Sequence[CourseStanding]) -> Age:
    """The age of the answers that gave figures, and whether any answer failed."""
    answers: list[Answer[Any]] = [answer for course in courses for answer in course.answers]
    used = [answer for answer in answers if answer.value is not None]
    return replace(age_of([enrolled, *used]), failed=age_of([enrolled, *answers]).failed)


def _courses_cell(courses: Sequence[CourseStanding]) -> Cell:
    required = [course for course in courses if course.required]
    unknown = [course for course in courses if course.error]
    if unknown and not required:
        return missing_cell(unknown[0].error, COURSES_MISSING)
    if not required:
        return Cell(_("nothing required"), tone=Tone.QUIET)
    complete = sum(course.is_complete for course in required)
    text = _("%(complete)d of %(required)d") % {"complete": complete, "required": len(required)}
    return Cell(text, _not_visible(len(unknown)), sort_key=complete / len(required))


def _not_visible(courses: int) -> str:
    if not courses:
        return ""
    # English has one form for any number, other languages have more.
    return ngettext("%(courses)d not visible", "%(courses)d not visible", courses) % {"courses": courses}


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
