"""The panel *Courses* of the person page: completion by course, and overdue items."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from content import overdue
from content.completion import CourseStanding, course_standings, unnamed_course
from content.missing import COURSES_MISSING, OVERDUE_MISSING
from content.schemas import OverdueItem, UserOrgUnit
from content.services import EnrolmentService, OverdueItemService
from portal.brightspace import Answer, ReadFlow
from portal.formats.dates import date_format
from portal.rosters.roster import DirectReport
from portal.team.columns import Bar, MissingFigure, age_of, missing_cell
from portal.team.panels import PanelContent
from portal.team.statuses import Status

PROGRESS_MISSING = MissingFigure(
    gettext_lazy("Brightspace does not let you see this person’s progress in this course."),
    gettext_lazy("Brightspace has no progress in this course for this person."),
    gettext_lazy("No progress in this course could be read."),
)
UNDATED = datetime.min.replace(tzinfo=UTC)  # sorts before every date


@dataclass(frozen=True)
class CourseLine:
    """A course with its completion in words, and as a bar described in words; ``explanation`` if there is none."""

    name: str
    code: str
    text: str
    note: str = ""
    bar: Bar | None = None
    description: str = ""
    explanation: str = ""


@dataclass(frozen=True)
class OverdueLine:
    """An overdue item: its name and its course, the day it was due if that is known, and how late it is."""

    name: str
    course: str
    due: str
    late: str


@dataclass(frozen=True, kw_only=True)
class ContentPanelContent(PanelContent):
    """What ``content/person_panel.html`` shows.

    ``error`` is the reason if neither part can be shown, ``courses_error`` and ``overdue_error`` if their part cannot.
    """

    error: str
    courses: list[CourseLine]
    courses_error: str
    overdue: list[OverdueLine]
    overdue_error: str
    sentences: list[str]


class ContentPanel:
    """Reads a person's enrolments, progress and overdue items for ``content/person_panel.html``."""

    key = "content"
    title = gettext_lazy("Courses")
    template = "content/person_panel.html"

    def flow(self, person: DirectReport, parameters: Mapping[str, str]) -> ReadFlow[ContentPanelContent]:
        overdue_read = OverdueItemService().of_person(person.person_id)
        enrolled_read = EnrolmentService().courses_of(person.person_id)
        answers = yield [overdue_read, enrolled_read]
        items: Answer[list[OverdueItem]] = answers[overdue_read]
        enrolled: Answer[list[UserOrgUnit]] = answers[enrolled_read]
        standings = yield from course_standings({person.person_id: enrolled.value or []})
        return _panel_content(items, enrolled, standings[person.person_id])


def _panel_content(
    items: Answer[list[OverdueItem]], enrolled: Answer[list[UserOrgUnit]], courses: list[CourseStanding]
) -> ContentPanelContent:
    used = [answer for course in courses for answer in course.answers if answer.value is not None]
    error = missing_cell(enrolled.error, COURSES_MISSING).explanation if enrolled.value is None else ""
    overdue_error = missing_cell(items.error, OVERDUE_MISSING).explanation if items.value is None else ""
    return ContentPanelContent(
        age=age_of([items, enrolled, *used]),
        error=error if items.value is None else "",
        courses=[_course_line(course) for course in courses],
        courses_error=error,
        overdue=_overdue_lines(items.value or [], {course.org_unit_id: course.name for course in courses}),
        overdue_error=overdue_error,
        sentences=_sentences(items.value or []),
    )


def _sentences(items: list[OverdueItem]) -> list[str]:
    """What is said above everything else: how much is overdue."""
    return [_("%(reason)s.") % {"reason": overdue.reason(items, timezone.localdate())}] if items else []


def _course_line(course: CourseStanding) -> CourseLine:
    if course.error:
        cell = missing_cell(course.error, PROGRESS_MISSING)
        return CourseLine(course.name, course.code, cell.text, explanation=cell.explanation)
    if not course.required:
        return CourseLine(course.name, course.code, _("nothing required"))
    counts = {"completed": course.completed, "required": course.required}
    # English has one form for any number, other languages have more.
    text = ngettext("%(completed)d of %(required)d items", "%(completed)d of %(required)d items", course.required)
    description = ngettext(
        "%(completed)d of %(required)d required items complete",
        "%(completed)d of %(required)d required items complete",
        course.required,
    )
    return CourseLine(
        course.name,
        course.code,
        str(Status.COMPLETE.label) if course.is_complete else text % counts,
        bar=Bar(100 * course.completed // course.required),
        description=description % counts,
    )


def _overdue_lines(items: list[OverdueItem], course_names: Mapping[int, str]) -> list[OverdueLine]:
    """The items, the earliest due date first."""
    ordered = sorted(items, key=lambda item: overdue.due_date(item) or UNDATED)
    return [_overdue_line(item, course_names.get(item.org_unit_id)) for item in ordered]


def _overdue_line(item: OverdueItem, course: str | None) -> OverdueLine:
    day = overdue.due_day(item)
    due = date_format(day, "DATE_FORMAT") if day else ""
    late = overdue.lateness(overdue.days_late(item, timezone.localdate()))
    return OverdueLine(item.item_name, course or unnamed_course(item.org_unit_id), due, late)
