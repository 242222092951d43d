"""What the address of the team page asks for, as one object: search, filter, order, page; and how polling goes on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from portal.team.columns import data_columns
from portal.team.statuses import Status

SIZES = (25, 50, 100)
MAX_SEARCH_LENGTH = 200
MAX_NUMBER = 1_000_000
NAME = "name"  # the sort key of the column with the people


@dataclass(frozen=True)
class TableQuery:
    """Search words, status, order, page and page size. Odd values in an address mean the default."""

    search: str = ""
    status: str = ""
    sort: str = ""
    page: int = 1
    size: int = SIZES[0]

    @classmethod
    def from_parameters(cls, parameters: Mapping[str, str]) -> "TableQuery":
        """What an address's parameters ask for."""
        sort, status = parameters.get("sort", ""), parameters.get("status", "")
        size = _number(parameters.get("size"), SIZES[0])
        return cls(
            search=parameters.get("q", "").replace("\0", "").strip()[:MAX_SEARCH_LENGTH],
            status=status if status in set(Status) else "",
            sort=sort if sort.removeprefix("-") in {NAME, *(column.key for column in data_columns())} else "",
            page=max(1, _number(parameters.get("page"), 1)),
            size=min(SIZES, key=lambda known: abs(known - size)),
        )

    def parameters(self, **changes: Any) -> dict[str, str]:
        """The parameters of an address, some changed; defaults are left out, a changed view starts on page 1."""
        changed = replace(self, **({"page": 1} | changes))
        pairs = {
            "q": changed.search,
            "status": changed.status,
            "sort": changed.sort,
            "size": str(changed.size) if changed.size != SIZES[0] else "",
            "page": str(changed.page) if changed.page > 1 else "",
        }
        return {name: value for name, value in pairs.items() if value}

    def query_string(self, **changes: Any) -> str:
        """The parameters as they stand in an address, with the question mark; empty for the default view."""
        parameters = self.parameters(**changes)
        return f"?{urlencode(parameters)}" if parameters else ""

    @property
    def hidden_fields(self) -> list[tuple[str, str]]:
        """What the search form carries along besides its words."""
        return [(name, value) for name, value in self.parameters().items() if name != "q"]


@dataclass(frozen=True)
class PollState:
    """How far a page's polling has come: people known so far, and polls that brought nothing new."""

    known: int = -1
    fruitless: int = 0

    @classmethod
    def from_parameter(cls, text: str) -> "PollState":
        """What the parameter ``figures`` says, such as ``12.1``."""
        known, _, fruitless = text.partition(".")
        return cls(_number(known, 0), _number(fruitless, 0)) if known else cls()

    def __str__(self) -> str:
        return f"{self.known}.{self.fruitless}"

    def next(self, known: int) -> "PollState":
        """The state after a poll by which the figures of ``known`` people are in."""
        return PollState(known, self.fruitless + 1 if known <= self.known else 0)


def _number(text: str | None, default: int) -> int:
    is_number = text and text.isascii() and text.isdecimal() and len(text) < 9
    return min(int(text), MAX_NUMBER) if text and is_number else default
