"""A page of the team table, as a value: what the template shows and nothing it would have to work out."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import msgspec
from django.core.paginator import Page, Paginator
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.team.columns import Column, column_providers, data_columns
from portal.team.query import NAME, SIZES, PollState, TableQuery
from portal.team.rows import Row, Team, counts, matching_rows
from portal.team.statuses import Status, Tone

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MAX_CACHED_ROWS = 4096  # about 2 kB each
URGENCY = {Tone.BAD: 0, Tone.WARNING: 1}


@dataclass(frozen=True)
class Link:
    """A choice the page offers: a count that filters, a page size, a chip."""

    label: "StrOrPromise"
    href: str
    key: str = ""
    count: int | None = None
    tone: Tone = Tone.NEUTRAL
    current: bool = False


@dataclass(frozen=True)
class Header:
    """A column's header, which sorts."""

    column: Column
    href: str
    aria_sort: str = ""  # ascending, descending, or nothing


@dataclass(frozen=True)
class TeamTable:
    """A page of the table, after scope, filter, search, sort and paging."""

    query: TableQuery
    page: Page[Row]
    rows: list[SafeString]
    counts: list[Link]
    headers: list[Header]
    chips: list[Link]  # each active filter, whose href takes it off
    sizes: list[Link]
    total: int  # people in the team
    pending: int  # people whose figures are still on their way
    summary: list[str]
    as_of: datetime | None  # the oldest figure shown
    stale: bool
    poll_url: str = ""  # where the page asks for the figures still on their way
    notices: list[str] = field(default_factory=list)

    @property
    def found(self) -> int:
        """People who match."""
        return self.page.paginator.count

    @property
    def previous_url(self) -> str:
        return team_url(self.query, page=self.page.previous_page_number()) if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        return team_url(self.query, page=self.page.next_page_number()) if self.page.has_next() else ""

    @property
    def clear_url(self) -> str:
        """The same order and size without search and filter."""
        return team_url(TableQuery(sort=self.query.sort, size=self.query.size))

    @property
    def export_url(self) -> str:
        """The sheet for Excel, which wants a byte order mark; programs do not."""
        return f"{reverse('team:export')}?{urlencode(self.query.parameters() | {'for': 'excel'})}"

    @property
    def refresh_url(self) -> str:
        return f"{reverse('team:refresh')}{self.query.query_string(page=self.page.number)}"


def team_table(team: Team, query: TableQuery) -> TeamTable:
    """The page of the table that ``query`` asks for."""
    found = matching_rows(team, query.search, query.status, query.sort)
    page = Paginator(found, query.size).get_page(query.page)
    columns = data_columns()
    return TeamTable(
        query=query,
        page=page,
        rows=[row_html(row) for row in page],
        counts=list(_counts(team, query)),
        headers=[_header(column, query) for column in (Column(NAME, _("Person"), 0, wide=True), *columns)],
        chips=list(_chips(query)),
        sizes=[Link(str(size), team_url(query, size=size), current=size == query.size) for size in SIZES],
        total=len(team.rows),
        pending=team.pending,
        summary=team.summary,
        as_of=min((row.as_of for row in page if row.as_of), default=None),
        stale=team.stale or any(row.stale for row in page),
    )


def team_url(query: TableQuery, **changes: Any) -> str:
    """The team page with this query, some of it changed."""
    return f"{_team_path()}{query.query_string(**changes)}"


@cache
def _team_path() -> str:
    """Looked up once: a page has some twenty links to itself."""
    return reverse("team:team")


def poll_url(query: TableQuery, state: PollState) -> str:
    """Where the page asks for the figures still on their way."""
    return f"{_team_path()}?{urlencode(query.parameters(page=query.page) | {'figures': str(state)})}"


def offered_statuses() -> list[Status]:
    """Every status that can be filtered by, urgent ones first, each once."""
    offered = [status for provider in column_providers() for status in provider.statuses]
    offered.sort(key=lambda status: URGENCY.get(status.tone, len(URGENCY)))
    return list(dict.fromkeys((*offered, Status.NOT_VISIBLE, Status.NO_DATA)))


def _counts(team: Team, query: TableQuery) -> Iterator[Link]:
    """Each status with the number of people that choosing it shows, the search words as they are."""
    numbers = counts(team, query.search)
    yield Link(_("Everyone"), team_url(query, status=""), "", numbers[""], current=not query.status)
    for status in offered_statuses():
        if numbers[status] or status == query.status:
            href, current = team_url(query, status=status), status == query.status
            yield Link(capfirst(status.label), href, status, numbers[status], _tone_of_count(status), current)


def _tone_of_count(status: Status) -> Tone:
    return Tone.NEUTRAL if status in {Status.NOT_VISIBLE, Status.NO_DATA} else status.tone


def _header(column: Column, query: TableQuery) -> Header:
    """A header leads through both orders and back to the default; numbers begin with the largest."""
    first, second = (column.key, f"-{column.key}") if not column.numeric else (f"-{column.key}", column.key)
    following = second if query.sort == first else "" if query.sort == second else first
    direction = "descending" if query.sort.startswith("-") else "ascending"
    is_sorted = query.sort.removeprefix("-") == column.key
    return Header(column, team_url(query, sort=following), direction if is_sorted else "")


def _chips(query: TableQuery) -> Iterator[Link]:
    if query.search:
        yield Link(_("Search: %(words)s") % {"words": query.search}, team_url(query, search=""), "q")
    if query.status:
        yield Link(capfirst(Status(query.status).label), team_url(query, status=""), "status")


def row_html(row: Row) -> SafeString:
    """``team/row.html`` for this row, rendered once for each content and language.

    A warm page then costs no more than an empty one. Cached per process by everything the HTML is made of, so equal
    rows, whoever they belong to, are equal HTML.
    """
    return _rendered(msgspec.msgpack.encode(row), get_language())


@lru_cache(maxsize=MAX_CACHED_ROWS)
def _rendered(encoded: bytes, language: str | None) -> SafeString:
    row = msgspec.msgpack.decode(encoded, type=Row)
    figures = [{"column": column, "cell": row.cells.get(column.key)} for column in data_columns()]
    template = get_template("team/row.html").template  # type: ignore[attr-defined]  # Django's own engine
    return template.render(Context({"row": row, "figures": figures}))  # type: ignore[no-any-return]
