"""Reading lists in whichever shape they come: pure.

Brightspace sends ``{"Objects": […], "Next": url or null}``, ``{"Items": […], "PagingInfo": …}`` or a
bare array. A cursor is path and query of the next page, whatever the shape; the host a ``Next``
names is dropped, since it may be an internal one and must never be sent anything.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit

from portal.brightspace.codec.fields import Block, decode
from portal.brightspace.errors import Oddity, UnexpectedResponse
from portal.brightspace.http.urls import ROOT, is_api_path

T = TypeVar("T")

_MAX_CURSOR_LENGTH = 4096


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some items of a list, and the cursor of the next page; None at the end."""

    items: list[T]
    cursor: str | None = None


class _PagingInfo(Block, frozen=True, kw_only=True):
    bookmark: str | int | None = None
    has_more_items: bool = False


class _Envelope(Block, Generic[T], frozen=True, kw_only=True):
    objects: list[T] | None = None
    next: str | None = None
    items: list[T] | None = None
    paging_info: _PagingInfo | None = None


@cache
def _shapes(item: Any) -> Any:
    return list[item] | _Envelope[item]


def read_page(body: bytes, item: type[T], asked: str) -> Page[T]:
    """The page in ``body``, which answered a GET of ``asked`` (path and query).

    Raises msgspec.DecodeError for broken or misshapen JSON, UnexpectedResponse for a list that cannot be
    followed.
    """
    kind: Any = item
    found: list[T] | _Envelope[T] = decode(body, _shapes(kind))
    if isinstance(found, list):
        return Page(found)
    if found.objects is not None:
        return Page(found.objects, cursor_of(found.next, asked))
    if found.items is not None:
        return Page(found.items, _from_bookmark(found.paging_info, asked))
    raise UnexpectedResponse(reason="neither Objects nor Items in a list")


def cursor_of(address: str | None, asked: str = ROOT) -> str | None:
    """The cursor in a ``Next``, which may name any host; None at the end. Raises UnexpectedResponse for a lost one."""
    if not address:
        return None
    try:
        parts = urlsplit(urljoin(asked, address))
    except ValueError as error:
        raise _lost_cursor() from error
    cursor = f"{parts.path}?{parts.query}" if parts.query else parts.path
    if not is_cursor(cursor):
        raise _lost_cursor()
    return cursor


def _from_bookmark(paging: _PagingInfo | None, asked: str) -> str | None:
    # The bookmark is set on the last page too; only HasMoreItems ends the list.
    if paging is None or not paging.has_more_items:
        return None
    if paging.bookmark in (None, ""):
        raise _lost_cursor()
    parts = urlsplit(asked)
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != "bookmark"]
    query = urlencode([*kept, ("bookmark", str(paging.bookmark))], quote_via=quote, safe=",")
    return f"{parts.path}?{query}"


def is_cursor(cursor: str, of: str | None = None) -> bool:
    """Whether ``cursor`` may be followed; with ``of``, only if it continues that very path."""
    path, _, query = cursor.partition("?")
    return (
        len(cursor) <= _MAX_CURSOR_LENGTH
        and is_api_path(path)
        and (of is None or path == of)
        and query.isascii()
        and query.isprintable()
        and not set(query) & set(' #\\"<>')
    )


def _lost_cursor() -> UnexpectedResponse:
    return UnexpectedResponse(Oddity.LOST_PAGE)
