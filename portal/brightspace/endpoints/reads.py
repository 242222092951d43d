"""Reads: a GET of Brightspace as a value, with the type of its answer and how long that may be cached."""

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
    """One documented GET with its arguments. Equal reads have one answer. Raises InvalidArgument for invalid ids.

    ``answer`` is the type of the answer: a block, ``list[Block]`` for a list with all its pages, or ``Page[Block]`` for
    one page. If a parameter has more ids than Brightspace takes at once, several calls are made and their lists joined,
    sorted by ``order`` if it is given. The answer counts as fresh for ``fresh_seconds`` and is cached for
    ``stale_seconds``, None for the site's settings. ``name`` identifies the read in the cache.
    """

    endpoint: Endpoint
    answer: type[T]
    ids: tuple[tuple[str, int | str], ...] = ()
    query: Query = ()
    cursor: str = ""  # of a page after the first
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
        return hash(self.name)  # made of all fields that are compared, and computed once

    def by_page(self, cursor: str = "") -> "Read[Page[Any]]":
        """The page of this list at ``cursor``, or its first page."""
        page_type: type[Page[Any]] = cast(Any, Page)[_item_type(self.answer)]
        return Read(
            self.endpoint,
            page_type,
            self.ids,
            self.query,
            cursor,
            fresh_seconds=self.fresh_seconds,
            stale_seconds=self.stale_seconds,
        )

    def fetch(self, client: Client, versions: Versions) -> T:
        """Make the call with ``client``. Raises any BrightspaceError."""
        if self.cursor:
            return client.next_page(self.cursor, _item_type(self.answer))  # type: ignore[return-value]
        path = self.endpoint.route.path(versions, **dict(self.ids))
        if get_origin(self.answer) is list:
            item_type = _item_type(self.answer)
            items = [item for query in _split(self.query) for item in client.list(path, item_type, query)]
            return items if self.order is None else sorted(items, key=self.order)  # type: ignore[return-value]
        if get_origin(self.answer) is Page:
            return client.page(path, _item_type(self.answer), self.query)  # type: ignore[return-value]
        return client.get(path, self.answer, self.query)


def _split(query: Query) -> Iterator[Query]:
    """The query itself, or one query for each part of the first list in it that is too long."""
    for position, (name, value) in enumerate(query):
        if isinstance(value, tuple) and len(value) > MAX_IDS_IN_LIST:
            for start in range(0, len(value), MAX_IDS_IN_LIST):
                part = (name, value[start : start + MAX_IDS_IN_LIST])
                yield (*query[:position], part, *query[position + 1 :])
            return
    yield query


def _item_type(answer: Any) -> Any:
    return get_args(answer)[0]


@cache
def shape_of(answer: Any) -> str:
    """A hash of a type and its fields; part of cache keys, so that a release with other fields has other entries."""
    description = repr(msgspec.inspect.type_info(answer))
    return blake2b(description.encode(), digest_size=8).hexdigest()
