"""From a team and an address's parameters to the page of the table that is shown; the export uses the same."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from portal.team.cached_team import Team, column_providers
from portal.team.columns import Column
from portal.team.row_html import row_markup
from portal.team.team_table import Link, Row, ShownRow, TeamTable

URGENT = {"bad": 0, "warn": 1}
SIZES = (25, 50, 100)
EXPORT = "/team/export.csv"
PAGE = "/team/"
REFRESH = "/team/refresh/"
MAX_SEARCH_LENGTH = 200
MAX_CACHED_QUERIES = 64  # questions to a team of whose answers a process remembers


@dataclass(frozen=True)
class TableQuery:
    """What the address asks for: search words, status, order, page and page size; odd values mean the default."""

    search: str = ""
    status: str = ""
    sort: str = ""
    page: int = 1
    size: int = SIZES[0]

    @classmethod
    def from_address(cls, parameters: Mapping[str, str]) -> "TableQuery":
        sort = parameters.get("sort", "")
        status = parameters.get("status", "")
        return cls(
            search=parameters.get("q", "").replace("\0", "").strip()[:MAX_SEARCH_LENGTH],
            status=status if status in {key for key, _, _ in filters()} else "",
            sort=sort if sort.removeprefix("-") in {column.key for column in columns()} else "",
            page=max(1, _number(parameters.get("page"), 1, 1_000_000)),
            size=min(SIZES, key=lambda size: abs(size - _number(parameters.get("size"), SIZES[0], 10_000))),
        )

    def query(self, **changes: Any) -> str:
        """The address's parameters with some changed; defaults are left out, a changed view starts on page 1."""
        asked = replace(self, **({"page": 1} | changes))
        pairs = {"q": asked.search, "status": asked.status, "sort": asked.sort}
        numbers = {"size": asked.size if asked.size != SIZES[0] else "", "page": asked.page if asked.page > 1 else ""}
        chosen = {name: value for name, value in (pairs | numbers).items() if value}
        return f"?{urlencode(chosen)}" if chosen else ""


def data_columns() -> list[Column]:
    """The figures' columns in the order of ``TEAM_COLUMNS``; those it does not name come last."""
    order = {key: place for place, key in enumerate(settings.TEAM_COLUMNS)}
    offered = chain.from_iterable(source.columns for source in column_providers())
    return sorted(offered, key=lambda column: order.get(column.key, len(order)))


def columns() -> list[Column]:
    return [Column("name", "Person", wide=True), *data_columns()]


def filters() -> list[tuple[str, str, str]]:
    """Every status that can be filtered by, as key, label and tone; each key once."""
    named = [("not visible", "Not visible", ""), ("no data", "No data", "")]
    offered = [(f.key, f.label, f.tone) for source in column_providers() for f in source.filters]
    offered.sort(key=lambda offer: URGENT.get(offer[2], len(URGENT)))
    return list({key: (key, label, tone) for key, label, tone in (*offered, *named)}.values())


def exported_columns() -> list[str]:
    return ["person_id", "name", "status", *chain.from_iterable(s.exported for s in column_providers()), "as_of"]


def matching_rows(team: Team, choice: TableQuery) -> Sequence[Row]:
    """The rows that match search and status, in the order asked for."""
    return _matching(team, choice.search, choice.status, choice.sort)


@lru_cache(maxsize=MAX_CACHED_QUERIES)
def _matching(team: Team, search: str, status: str, sort: str) -> Sequence[Row]:
    rows = _searched(team, search)
    if status:
        rows = [row for row in rows if row.standing and status in row.standing.filters]
    return _sorted(rows, sort)


@lru_cache(maxsize=MAX_CACHED_QUERIES)
def _numbers(team: Team, search: str) -> Counter[str]:
    """How many of those found each filter shows, and under an empty key all of them."""
    rows = _searched(team, search)
    keys = chain.from_iterable(set(row.standing.filters) for row in rows if row.standing)
    return Counter(keys) | Counter({"": len(rows)})


def _searched(team: Team, search: str) -> list[Row]:
    words = _folded(search).split()
    return [row for row in team.rows if all(word in _folded(row.name) for word in words)]


def team_table(team: Team, choice: TableQuery) -> TeamTable:
    """The page of the table that ``choice`` asks for."""
    found = matching_rows(team, choice)
    last_page = max(1, -(-len(found) // choice.size))
    page = min(choice.page, last_page)
    first = (page - 1) * choice.size
    rows = found[first : first + choice.size]
    times = [row.as_of for row in rows if row.as_of]
    shown_columns = tuple(data_columns())
    return TeamTable(
        rows=[ShownRow(row, row_markup(row, shown_columns)) for row in rows],
        counts=list(_counts(team, choice)),
        headers=[_header(column, choice) for column in columns()],
        chips=list(_chips(choice)),
        sizes=[Link(str(size), _address(choice, size=size), current=size == choice.size) for size in SIZES],
        earlier=_address(choice, page=page - 1) if page > 1 else "",
        later=_address(choice, page=page + 1) if page < last_page else "",
        clear=_address(TableQuery(sort=choice.sort, size=choice.size)),
        export=f"{EXPORT}{_with_excel(choice.query())}",
        refresh=f"{REFRESH}{choice.query(page=page)}",
        total=len(team.rows),
        found=len(found),
        first=first + 1 if rows else 0,
        last=first + len(rows),
        waiting=team.waiting,
        lede=team.lede,
        as_of=min(times) if times else None,
        stale=team.stale or any(row.stale for row in rows),
    )


def _address(choice: TableQuery, **changes: Any) -> str:
    return f"{PAGE}{choice.query(**changes)}"


def _with_excel(query: str) -> str:
    """From the page the sheet is opened in Excel, which wants a byte order mark; programs do not."""
    return f"{query}&for=excel" if query else "?for=excel"


def _counts(team: Team, choice: TableQuery) -> Iterable[Link]:
    """Each status with the number of people that choosing it shows, the search words as they are."""
    numbers = _numbers(team, choice.search)
    yield Link("Everyone", _address(choice, status=""), "", numbers[""], current=not choice.status)
    for key, label, tone in filters():
        number = numbers[key]
        if number or key == choice.status:
            href = _address(choice, status=key)
            yield Link(label, href, key, number, tone, current=key == choice.status)


def _header(column: Column, choice: TableQuery) -> Link:
    active = choice.sort.removeprefix("-") == column.key
    downwards = choice.sort.startswith("-")
    first, second = (column.key, f"-{column.key}") if not column.numeric else (f"-{column.key}", column.key)
    following = second if choice.sort == first else "" if choice.sort == second else first
    return Link(
        column.label,
        _address(choice, sort=following),
        column.key,
        current=active,
        sort=("descending" if downwards else "ascending") if active else "",
        numeric=column.numeric,
        wide=column.wide,
    )


def _chips(choice: TableQuery) -> Iterable[Link]:
    if choice.search:
        yield Link(f"Search: {choice.search}", _address(choice, search=""), "q")
    if choice.status:
        label = next(label for key, label, _ in filters() if key == choice.status)
        yield Link(label, _address(choice, status=""), "status")


def _sorted(rows: list[Row], sort: str) -> list[Row]:
    by_name = sorted(rows, key=lambda row: (_folded(row.name), row.person_id))
    key = sort.removeprefix("-")
    if not key:  # worst first; those still unknown come last
        return sorted(by_name, key=lambda row: -row.standing.rank if row.standing else float("inf"))
    if key == "name":
        return by_name[::-1] if sort.startswith("-") else by_name
    order: Callable[[Row], Any] = lambda row: row.cells[key].sort_key  # noqa: E731
    known = [row for row in by_name if key in row.cells and row.cells[key].sort_key is not None]
    unknown = [row for row in by_name if key not in row.cells or row.cells[key].sort_key is None]
    return sorted(known, key=order, reverse=sort.startswith("-")) + unknown


def _folded(text: str) -> str:
    """Text as one searches for it: without case and accents, so that “beltran” finds Beltrán."""
    if text.isascii():
        return text.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()


def _number(text: str | None, default: int, most: int) -> int:
    return min(max(int(text), 0), most) if text and text.isascii() and text.isdecimal() and len(text) < 9 else default


@dataclass(frozen=True)
class PollState:
    """How far a page's asking for figures has come: people known so far, and askings that brought none."""

    known: int = -1
    fruitless: int = 0

    @classmethod
    def from_address(cls, text: str) -> "PollState":
        known, _, fruitless = text.partition(".")
        return cls(_number(known, 0, 1_000_000), _number(fruitless, 0, 100)) if known else cls()

    def next(self, known: int) -> "PollState":
        return PollState(known, self.fruitless + 1 if known <= self.known else 0)


def poll_url(choice: TableQuery, asked: PollState) -> str:
    """Where the page asks for the figures still on their way."""
    query = choice.query(page=choice.page)
    return f"{PAGE}{query}{'&' if query else '?'}figures={asked.known}.{asked.fruitless}"


def hidden_fields(choice: TableQuery) -> list[tuple[str, str]]:
    """What a search form carries along besides its words."""
    pairs = {"status": choice.status, "sort": choice.sort, "size": str(choice.size) if choice.size != SIZES[0] else ""}
    return [(name, value) for name, value in pairs.items() if value]
