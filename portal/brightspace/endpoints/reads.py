"""Reads: a GET of Brightspace as a value, with the type of its answer and how long that may be cached."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from typing import Any, Generic, TypeVar, cast, get_args

import msgspec.inspect

from portal.brightspace.codec.fields import Page
from portal.brightspace.endpoints.routes import Endpoint, Query

T = TypeVar("T")


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
        page_type: type[Page[Any]] = cast(Any, Page)[item_type(self.answer)]
        return Read(
            self.endpoint,
            page_type,
            self.ids,
            self.query,
            cursor,
            fresh_seconds=self.fresh_seconds,
            stale_seconds=self.stale_seconds,
        )


def item_type(answer: Any) -> Any:
    """The block in ``list[Block]`` and ``Page[Block]``."""
    return get_args(answer)[0]


@cache
def shape_of(answer: Any) -> str:
    """A hash of a type and its fields; part of cache keys, so that a release with other fields has other entries."""
    description = repr(msgspec.inspect.type_info(answer))
    return blake2b(description.encode(), digest_size=8).hexdigest()
