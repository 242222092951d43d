"""Continuing professional development (CPD) as Brightspace stores it: records, their fields, and targets."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal

PUBLISHED = 1
DRAFT = 2

# A record's id contains its owner's, so that one record can be found without making all of them.
RECORDS_PER_PERSON = 1000


@dataclass(slots=True)
class RecordField:
    """A category, a method or a question, as an administrator defines them for records."""

    field_id: int
    text: str
    sort_order: int
    in_use: bool = True


@dataclass(slots=True)
class Attachment:
    """One file of evidence attached to a record."""

    attachment_id: int
    name: str
    content: bytes
    content_type: str = "application/pdf"


@dataclass(slots=True)
class RecordAnswer:
    """The learner's answer to a reflection question."""

    answer_id: int
    question_id: int
    text: str


@dataclass(slots=True)
class CpdRecord:
    """One logged activity; ``extra`` are fields no document has."""

    record_id: int
    person_id: int
    name: str
    category_id: int
    method_id: int
    is_structured: bool
    credit_minutes: float
    completed_at: datetime
    state: int = PUBLISHED
    issued_id: int | None = None
    grade: float | None = None
    grade_object_id: int | None = None
    attachments: list[Attachment] = field(default_factory=list)
    answers: list[RecordAnswer] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TargetPeriod:
    """A target's period: the ends as the API gives them (null for some targets), and the ends that count."""

    start: datetime | None
    end: datetime | None
    counted_from: datetime
    counted_to: datetime


@dataclass(slots=True)
class Target:
    """The credit a person has to reach: minutes (structured, unstructured) by category id."""

    lines: dict[int, tuple[float, float]]
    period: Literal["annual", "rolling", "year_one"] = "annual"
    month: int = 4
    day: int = 1

    def period_around(self, today: date) -> TargetPeriod:
        """The period that contains ``today``: a year from month and day, or the last 365 days."""
        if self.period == "rolling":
            return rolling_period(today)
        first = year_start(today, self.month, self.day)
        following = _anniversary(first.year + 1, self.month, self.day)
        start, end = _at_midnight(first), _at_midnight(following) - timedelta(seconds=1)
        if self.period == "year_one":
            # Older targets have month and day only, in the year 1.
            return TargetPeriod(_at_midnight(_anniversary(1, self.month, self.day)), None, start, end)
        return TargetPeriod(start, end, start, end)


@dataclass(slots=True)
class CpdFile:
    """One person's target and records."""

    target: Target | None
    records: list[CpdRecord]


def rolling_period(today: date) -> TargetPeriod:
    """The last 365 days, for which Brightspace leaves both ends null."""
    end = _at_midnight(today) + timedelta(days=1) - timedelta(seconds=1)
    return TargetPeriod(None, None, end - timedelta(days=365), end)


def year_start(today: date, month: int = 4, day: int = 1) -> date:
    """The last anniversary of month and day on or before ``today``."""
    start = _anniversary(today.year, month, day)
    return start if start <= today else _anniversary(today.year - 1, month, day)


def _anniversary(year: int, month: int, day: int) -> date:
    if (month, day) == (2, 29):
        day = 28
    return date(year, month, day)


def _at_midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
