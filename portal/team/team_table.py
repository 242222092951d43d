"""The team table as a value: what the template shows and nothing it would have to work out."""

from dataclasses import dataclass, field
from datetime import datetime

import msgspec
from django.utils.safestring import SafeString

from portal.team.columns import Cell, Standing


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


@dataclass(frozen=True)
class Link:
    """A choice the page offers: a count that filters, a header that sorts, a page number, a chip."""

    label: str
    href: str
    key: str = ""
    count: int | None = None
    tone: str = ""
    current: bool = False
    sort: str = ""  # aria-sort of a header: "", ascending, descending
    numeric: bool = False
    wide: bool = False


@dataclass(frozen=True)
class ShownRow:
    """A row on the page, with its markup."""

    row: Row
    html: SafeString


@dataclass(frozen=True)
class TeamTable:
    """A page of the team table, after scope, filter, search, sort and paging."""

    rows: list[ShownRow]
    counts: list[Link]
    headers: list[Link]
    chips: list[Link]  # each active filter, whose href takes it off
    sizes: list[Link]
    earlier: str
    later: str
    clear: str
    export: str
    refresh: str
    total: int  # people in the team
    found: int  # people who match
    first: int  # 1-based position of the first row shown
    last: int
    waiting: int  # people whose figures are still on their way
    lede: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    as_of: datetime | None = None  # the oldest figure shown
    stale: bool = False
    follow: str = ""  # where the page asks for the figures still on their way
