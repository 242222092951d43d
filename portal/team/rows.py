"""Rows of the team table: one a person, made of what the features' column providers say; search and order."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import chain
from typing import Any

import msgspec
from django.utils.translation import pgettext

from portal.team.columns import Cell, RowPart, Standing
from portal.team.statuses import Priority, Status, Tone

MAX_CACHED_QUERIES = 64  # questions to a team whose answers a process remembers
NO_DATA = Standing(Status.NO_DATA, "", Priority.COMPLETE, statuses=(Status.NO_DATA,))
URGENT_TONES = (Tone.BAD, Tone.WARNING)


class Row(msgspec.Struct, frozen=True):
    """One person of the team. ``standing`` is None while figures are on their way."""

    person_id: int
    name: str
    initials: str
    href: str
    standing: Standing | None
    cells: dict[str, Cell]
    exported: dict[str, str | int | float | None]
    as_of: datetime | None
    stale: bool = False


class Team(msgspec.Struct, frozen=True, eq=False):
    """Everyone's row, whether all figures are in, and the sentences about the whole team."""

    rows: list[Row]
    complete: bool = False
    summary: list[str] = []
    stale: bool = False

    @property
    def pending(self) -> int:
        """How many people's figures are on their way."""
        return 0 if self.complete else sum(row.standing is None for row in self.rows)


def row_of(person_id: int, name: str, href: str, parts: Sequence[RowPart | None]) -> Row:
    """A person's row; its standing is left open while a part is missing."""
    known = [part for part in parts if part is not None]
    cells: dict[str, Cell] = {}
    exported: dict[str, str | int | float | None] = {}
    for part in known:
        cells |= part.cells
        exported |= part.exported
    standings = [part.standing for part in known if part.standing]
    return Row(
        person_id=person_id,
        name=name,
        initials=initials(name),
        href=href,
        standing=_most_urgent(standings) if len(known) == len(parts) else None,
        cells=cells,
        exported=exported,
        as_of=min((part.age.as_of for part in known if part.age.as_of), default=None),
        stale=any(part.age.stale for part in known),
    )


def _most_urgent(standings: Sequence[Standing]) -> Standing:
    """The most urgent status of all features, with every reason that is worth attention."""
    ordered = sorted(standings, key=_urgency, reverse=True) or [NO_DATA]
    first = ordered[0]
    reasons = [s.reason for s in ordered if s.reason and (s is first or s.status.tone in URGENT_TONES)]
    statuses = tuple(dict.fromkeys(chain.from_iterable(s.statuses for s in ordered)))
    return msgspec.structs.replace(first, reason=_joined(reasons), statuses=statuses)


def _urgency(standing: Standing) -> tuple[Priority, float]:
    return standing.priority, standing.weight


def _joined(reasons: list[str]) -> str:
    """Reasons in one line; only the first begins with a capital."""
    separator = pgettext("between two reasons", "; ")
    return separator.join(reasons[:1] + [f"{reason[0].lower()}{reason[1:]}" for reason in reasons[1:]])


def initials(name: str) -> str:
    """Up to two letters to recognise somebody by; a name without letters gives its first character."""
    words = [word for word in name.split() if word[0].isalpha()] or name.split()[:1]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@lru_cache(maxsize=MAX_CACHED_QUERIES)
def matching_rows(team: Team, search: str, status: str, sort: str) -> Sequence[Row]:
    """The rows that match the search words and the status, in the order of ``sort``."""
    rows = _searched(team, search)
    if status:
        rows = [row for row in rows if row.standing and status in row.standing.statuses]
    return _sorted(rows, sort)


@lru_cache(maxsize=MAX_CACHED_QUERIES)
def counts(team: Team, search: str) -> Counter[str]:
    """How many of the people found each status shows, and under an empty key all of them."""
    rows = _searched(team, search)
    statuses = chain.from_iterable(set(row.standing.statuses) for row in rows if row.standing)
    return Counter[str](statuses) | Counter({"": len(rows)})


def _searched(team: Team, search: str) -> list[Row]:
    words = folded(search).split()
    return [row for row in team.rows if all(word in folded(row.name) for word in words)]


def _sorted(rows: list[Row], sort: str) -> list[Row]:
    by_name = sorted(rows, key=lambda row: (folded(row.name), row.person_id))
    key, descending = sort.removeprefix("-"), sort.startswith("-")
    if not key:
        return sorted(by_name, key=_needs_attention_first)
    if key == "name":
        return by_name[::-1] if descending else by_name
    sort_key: Callable[[Row], Any] = lambda row: row.cells[key].sort_key  # noqa: E731
    known = [row for row in by_name if key in row.cells and row.cells[key].sort_key is not None]
    unknown = [row for row in by_name if key not in row.cells or row.cells[key].sort_key is None]
    return sorted(known, key=sort_key, reverse=descending) + unknown


def _needs_attention_first(row: Row) -> tuple[float, float]:
    """Those whose figures are on their way come last."""
    if row.standing is None:
        return float("inf"), 0.0
    return -row.standing.priority, -row.standing.weight


def folded(text: str) -> str:
    """Text as one searches for it: without case and accents, so that “beltran” finds Beltrán."""
    if text.isascii():
        return text.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
