"""Continuous professional development as Brightspace keeps it: records, fields and targets."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal

PUBLISHED = 1
DRAFT = 2


@dataclass(slots=True)
class RecordField:
    """A category, a method or a question: something an administrator lists for records."""

    field_id: int
    text: str
    sort_order: int
    in_use: bool = True


@dataclass(slots=True)
class Attachment:
    """One file of evidence kept with a record."""

    attachment_id: int
    name: str
    content: bytes
    content_type: str = "application/pdf"


@dataclass(slots=True)
class RecordAnswer:
    """The learner's answer to one of the reflection questions."""

    answer_id: int
    question_id: int
    text: str


@dataclass(slots=True)
class CpdRecord:
    """One logged activity; ``extra`` holds fields the reference does not know."""

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
class Window:
    """A target's period: the ends as answered (null for some), and the ends that count."""

    start: datetime | None
    end: datetime | None
    counted_from: datetime
    counted_to: datetime


@dataclass(slots=True)
class Target:
    """What a person has to reach: minutes (structured, unstructured) by category id."""

    lines: dict[int, tuple[float, float]]
    period: Literal["annual", "rolling", "year_one"] = "annual"
    month: int = 4
    day: int = 1

    def window(self, today: date) -> Window:
        """The period around ``today``: a year from month and day, or the last 365 days."""
        if self.period == "rolling":
            return rolling_window(today)
        first = year_start(today, self.month, self.day)
        following = _anniversary(first.year + 1, self.month, self.day)
        start, end = _at_midnight(first), _at_midnight(following) - timedelta(seconds=1)
        if self.period == "year_one":
            # Older targets say the month and day only, in the first year there is.
            return Window(_at_midnight(_anniversary(1, self.month, self.day)), None, start, end)
        return Window(start, end, start, end)


@dataclass(slots=True)
class CpdFile:
    """Everything Brightspace knows about one person's professional development."""

    target: Target | None
    records: list[CpdRecord]


def rolling_window(today: date) -> Window:
    """The last 365 days, which Brightspace announces by leaving both ends null."""
    end = _at_midnight(today) + timedelta(days=1) - timedelta(seconds=1)
    return Window(None, None, end - timedelta(days=365), end)


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
