"""A read of Brightspace as a value: what to ask, what comes back and for how long it serves."""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from typing import Any, Generic, TypeVar, cast, get_args, get_origin

import msgspec.inspect

from portal.brightspace.endpoints.endpoint import Endpoint
from portal.brightspace.endpoints.versions import Versions
from portal.brightspace.http.client import Client
from portal.brightspace.http.pages import Page
from portal.brightspace.http.urls import MAX_IDS_IN_LIST

T = TypeVar("T")
Query = tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Read(Generic[T]):
    """One documented GET with its arguments. Equal reads are one read. InvalidArgument for ids that are none.

    ``answer`` is the block that comes back: a struct, ``list[Struct]`` for a list followed to its end, or
    ``Page[Struct]`` for one page of it. A list of more ids than Brightspace takes at once is asked for in
    parts whose answers are put together, sorted by ``order`` if the parts would break it. ``fresh_seconds`` and
    ``stale_seconds`` say for how long, None for the site's settings.
    """

    endpoint: Endpoint
    answer: type[T]
    ids: tuple[tuple[str, int | str], ...] = ()
    query: Query = ()
    cursor: str = ""  # a page after the first: where its ``Next`` led
    order: Callable[[Any], Any] | None = field(default=None, compare=False, repr=False)
    fresh_seconds: int | None = None
    stale_seconds: int | None = None
    name: str = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        self.endpoint.route.filled(dict(self.ids))
        shape = shape_of(cast(Hashable, self.answer))
        name = f"{self.endpoint.route} {self.ids} {self.query} {self.cursor} {shape}"
        object.__setattr__(self, "name", name)

    def __hash__(self) -> int:
        return hash(self.name)  # says all that is compared, and is worked out once

    def by_page(self, cursor: str = "") -> "Read[Page[Any]]":
        """The same list a page at a time; ``cursor`` is where an earlier page's ``Next`` led."""
        page: type[Page[Any]] = cast(Any, Page)[_item(self.answer)]
        return Read(
            self.endpoint,
            page,
            self.ids,
            self.query,
            cursor,
            fresh_seconds=self.fresh_seconds,
            stale_seconds=self.stale_seconds,
        )

    def fetch(self, client: Client, versions: Versions) -> T:
        """Ask Brightspace, with ``client``'s person, deadline and retries."""
        if self.cursor:
            return client.next_page(self.cursor, _item(self.answer))  # type: ignore[return-value]
        path = self.endpoint.route.path(versions, **dict(self.ids))
        if get_origin(self.answer) is list:
            item = _item(self.answer)
            every = [found for query in _split(self.query) for found in client.list(path, item, query)]
            return every if self.order is None else sorted(every, key=self.order)  # type: ignore[return-value]
        if get_origin(self.answer) is Page:
            return client.page(path, _item(self.answer), self.query)  # type: ignore[return-value]
        return client.get(path, self.answer, self.query)


def _split(query: Query) -> Iterator[Query]:
    """The query once, or once for each part of the one list in it that is too long."""
    for place, (name, value) in enumerate(query):
        if isinstance(value, tuple) and len(value) > MAX_IDS_IN_LIST:
            for start in range(0, len(value), MAX_IDS_IN_LIST):
                part = (name, value[start : start + MAX_IDS_IN_LIST])
                yield (*query[:place], part, *query[place + 1 :])
            return
    yield query


def _item(answer: Any) -> Any:
    return get_args(answer)[0]


@cache
def shape_of(answer: Any) -> str:
    """A short name of a type with all its fields: what another release kept under its own is not misread."""
    described = repr(msgspec.inspect.type_info(answer))
    return blake2b(described.encode(), digest_size=8).hexdigest()
