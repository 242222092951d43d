"""Columns of the team table: the contract between the team page and the features that fill its rows.

The page knows no feature. Each feature offers column providers that, for a list of people, return one `RowPart` a
person. The page sorts, filters, renders and exports them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

import msgspec
from django.utils import timezone

from portal.brightspace import Answer, ReadFlow
from portal.brightspace.errors import BrightspaceError, DeadlineExceeded, NotFound, NotPermitted, ScopeMissing


class Bar(msgspec.Struct, frozen=True):
    """Whole percentages of the width of a bar: two parts on one track, and where the target mark stands."""

    first: int
    second: int = 0
    mark: int | None = None


class Cell(msgspec.Struct, frozen=True):
    """One figure of one person, ready to be shown."""

    text: str = ""
    note: str = ""
    tone: str = ""  # "", good, warn, bad, quiet
    bar: Bar | None = None
    description: str = ""  # the bar in words, for those who cannot see it
    explanation: str = ""  # why there is no figure, when there is none
    sign_in_again: bool = False  # whether signing in again may bring it
    sort_key: float | str | None = None  # what a sort by this column compares; None sorts last


class Standing(msgspec.Struct, frozen=True):
    """What one feature says of a person: a word of the product's vocabulary and the reason for it.

    ``rank`` orders attention: larger is worse. ``filters`` are the counts on top that include the person.
    """

    word: str
    tone: str
    reason: str
    rank: float
    filters: tuple[str, ...] = ()


class Age(msgspec.Struct, frozen=True):
    """When figures were read from Brightspace (UTC), whether that is too long ago, and whether reading failed now."""

    as_of: datetime | None = None
    stale: bool = False
    failed: bool = False  # worth asking again soon


@dataclass(frozen=True, slots=True)
class RowPart:
    """One provider's figures of one person."""

    cells: dict[str, Cell]
    exported: dict[str, str | int | float | None]
    age: Age
    standing: Standing | None = None
    detail: Any = None  # the provider's own value, for its sentence about the whole team


class Column(msgspec.Struct, frozen=True):
    """A column of the team table. ``key`` is the ``data-figure`` of its cells."""

    key: str
    label: str
    numeric: bool = False
    wide: bool = False


class Filter(msgspec.Struct, frozen=True):
    """A count on top that filters: people whose standings name ``key``."""

    key: str
    label: str
    tone: str = ""


ColumnFlow = ReadFlow[dict[int, RowPart]]


class ColumnProvider(Protocol):
    """A feature's contribution to the team table."""

    columns: Sequence[Column]
    filters: Sequence[Filter]
    exported: Sequence[str]

    def flow(self, person_ids: Sequence[int]) -> ColumnFlow:
        """What must be read of these people, and a part of the row of each.

        People whose answers did not come in time are left out of the result.
        """

    def summary(self, parts: Sequence[RowPart]) -> str:
        """One sentence about the whole team, or an empty string."""


def local_day(moment: datetime) -> date:
    """The day of a moment in the site's time zone; in years 1 and 9999, which stand for no year, as it was sent."""
    return timezone.localtime(moment).date() if 1 < moment.year < 9999 else moment.date()


def not_asked_yet(answer: Answer[Any]) -> bool:
    """Whether there was no time to ask: the person is left out and asked about again."""
    return answer.value is None and isinstance(answer.error, DeadlineExceeded)


def age_of(answers: Sequence[Answer[Any]]) -> Age:
    """The age of a figure made of these answers: that of the oldest, and whether one of them failed."""
    times = [answer.as_of for answer in answers if answer.as_of]
    return Age(
        as_of=min(times, default=None),
        stale=any(answer.stale for answer in answers),
        failed=any(answer.error and not is_refusal(answer.error) for answer in answers),
    )


def is_refusal(error: BrightspaceError) -> bool:
    """Whether Brightspace gave a final answer, rather than none."""
    return isinstance(error, (NotPermitted, NotFound))


def missing_cell(error: BrightspaceError | None, what: str) -> Cell:
    """The cell of a figure that could not be read, with why and what to do."""
    if isinstance(error, NotPermitted):
        needed = f" It asks for the permission “{error.permission}”." if error.permission else ""
        why = f"Brightspace does not let you see this person’s {what}.{needed}"
        return Cell("not visible", tone="quiet", explanation=why)
    if isinstance(error, NotFound):
        return Cell("no data", tone="quiet", explanation=f"Brightspace has no {what} for this person.")
    why = error.message if error else f"No {what} could be read."
    return Cell("no data", tone="quiet", explanation=why, sign_in_again=isinstance(error, ScopeMissing))


def standing_without(cell: Cell, rank: float) -> Standing:
    """The standing of somebody of whom a figure is missing."""
    return Standing(cell.text, "quiet", cell.explanation, rank, (cell.text,))
