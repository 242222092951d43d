"""Columns of the team table: the contract between the team page and the features that fill its rows.

The page knows no feature. Each feature offers column providers that, for a list of people, return one `RowPart` a
person. The page sorts, filters, renders and exports them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol, cast

import msgspec
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import features
from portal.brightspace import Answer, ReadFlow
from portal.brightspace.errors import BrightspaceError, DeadlineExceeded, NotFound, NotPermitted, ScopeMissing
from portal.team.statuses import Priority, Status, Tone

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Bar(msgspec.Struct, frozen=True):
    """Whole percentages of the width of a bar: two parts on one track, and where the target mark stands."""

    first: int
    second: int = 0
    mark: int | None = None


class Cell(msgspec.Struct, frozen=True):
    """One figure of one person, ready to be shown."""

    text: str = ""
    note: str = ""
    tone: Tone = Tone.NEUTRAL
    bar: Bar | None = None
    description: str = ""  # the bar in words, for those who cannot see it
    explanation: str = ""  # why there is no figure, when there is none
    sign_in_again: bool = False  # whether signing in again may bring it
    sort_key: float | str | None = None  # what a sort by this column compares; None sorts last


class Standing(msgspec.Struct, frozen=True):
    """How one feature sees a person: a status and the reason for it, in words.

    Larger ``priority``, then larger ``weight``, comes first on the page. The counts on top include the person under
    each of ``statuses``.
    """

    status: Status
    reason: str
    priority: Priority
    weight: float = 0.0
    statuses: tuple[Status, ...] = ()


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


@dataclass(frozen=True)
class Column:
    """A column of the team table. ``key`` names its cells, ``position`` orders the columns."""

    key: str
    label: "StrOrPromise"
    position: int
    numeric: bool = False
    wide: bool = False


@dataclass(frozen=True)
class MissingFigure:
    """What is said of a figure that is missing: whole sentences, because no noun fits into one in every language."""

    not_permitted: "StrOrPromise"  # Brightspace refused it
    not_found: "StrOrPromise"  # Brightspace has none
    not_read: "StrOrPromise"  # it was not asked for


ColumnFlow = ReadFlow[dict[int, RowPart]]


class ColumnProvider(Protocol):
    """A feature's contribution to the team table."""

    columns: Sequence[Column]
    statuses: Sequence[Status]  # which it gives, for the counts on top
    exported: Sequence[str]

    def flow(self, person_ids: Sequence[int]) -> ColumnFlow:
        """What must be read of these people, and a part of the row of each.

        People whose answers did not come in time are left out of the result.
        """

    def summary(self, parts: Sequence[RowPart]) -> str:
        """One sentence about the whole team, or an empty string."""


def column_providers() -> tuple[ColumnProvider, ...]:
    """The installed features' providers."""
    return cast(tuple[ColumnProvider, ...], features.team_columns())


def data_columns() -> list[Column]:
    """The features' columns, from left to right."""
    return sorted((c for provider in column_providers() for c in provider.columns), key=lambda column: column.position)


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


def missing_cell(error: BrightspaceError | None, figure: MissingFigure) -> Cell:
    """The cell of a figure that could not be read, with why and what to do."""
    status = Status.NOT_VISIBLE if isinstance(error, NotPermitted) else Status.NO_DATA
    explanation = _why_missing(error, figure)
    return Cell(
        str(status.label), tone=Tone.QUIET, explanation=explanation, sign_in_again=isinstance(error, ScopeMissing)
    )


def unanswered_cell() -> Cell:
    """The cell of any figure that did not come in spite of all asking."""
    return Cell(str(Status.NO_DATA.label), tone=Tone.QUIET, explanation=DeadlineExceeded().message)


def _why_missing(error: BrightspaceError | None, figure: MissingFigure) -> str:
    if isinstance(error, NotPermitted) and error.permission:
        permission = _("It asks for the permission “%(permission)s”.") % {"permission": error.permission}
        return f"{figure.not_permitted} {permission}"
    if isinstance(error, NotPermitted):
        return str(figure.not_permitted)
    if isinstance(error, NotFound):
        return str(figure.not_found)
    return error.message if error else str(figure.not_read)


def standing_without(error: BrightspaceError | None, cell: Cell) -> Standing:
    """The standing of somebody of whom a figure is missing."""
    if isinstance(error, NotPermitted):
        return Standing(Status.NOT_VISIBLE, cell.explanation, Priority.NOT_VISIBLE, statuses=(Status.NOT_VISIBLE,))
    return Standing(Status.NO_DATA, cell.explanation, Priority.NO_DATA, statuses=(Status.NO_DATA,))
