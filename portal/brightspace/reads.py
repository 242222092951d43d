"""A read of Brightspace as a value: what to ask, what comes back and for how long it serves."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from typing import Any, Generic, TypeVar, cast, get_args, get_origin

import msgspec.inspect

from portal.brightspace.client import Client
from portal.brightspace.pages import Page
from portal.brightspace.routes import Route
from portal.brightspace.versions import Versions

T = TypeVar("T")
Query = tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Read(Generic[T]):
    """One documented GET with its arguments. Equal reads are one read.

    ``answer`` is the block that comes back: a struct, ``list[Struct]`` for a list followed to its end, or
    ``Page[Struct]`` for one page of it. ``fresh`` and ``keep`` are seconds, None for the site's settings.
    """

    route: Route
    answer: type[T]
    ids: tuple[tuple[str, int | str], ...] = ()
    query: Query = ()
    cursor: str = ""  # a page after the first: where its ``Next`` led
    fresh: int | None = None
    keep: int | None = None
    name: str = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        shape = _shape(cast(Hashable, self.answer))
        name = f"{self.route} {self.ids} {self.query} {self.cursor} {shape}"
        object.__setattr__(self, "name", name)

    def fetch(self, client: Client, versions: Versions) -> T:
        """Ask Brightspace, with ``client``'s person, deadline and retries."""
        if self.cursor:
            return client.more(self.cursor, _item(self.answer))  # type: ignore[return-value]
        path = self.route.path(versions, **dict(self.ids))
        if get_origin(self.answer) is list:
            return client.everything(path, _item(self.answer), self.query)  # type: ignore[return-value]
        if get_origin(self.answer) is Page:
            return client.page(path, _item(self.answer), self.query)  # type: ignore[return-value]
        return client.get(path, self.answer, self.query)


def _item(answer: Any) -> Any:
    return get_args(answer)[0]


@cache
def _shape(answer: Any) -> str:
    """A short name of the block with all its fields: what another release kept under its own is not misread."""
    described = repr(msgspec.inspect.type_info(answer))
    return blake2b(described.encode(), digest_size=8).hexdigest()
