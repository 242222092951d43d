"""Pages of lists: items and the cursor of the next page, read from any of Brightspace's three list formats. Pure.

The formats are ``{"Objects": […], "Next": url or null}``, ``{"Items": […], "PagingInfo": …}`` and a bare array. A
cursor is path and query of the next page. The host that ``Next`` names is dropped: it may be an internal one, and a
token must not be sent to another host.
"""

from functools import cache
from typing import Any, Generic, TypeVar
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit

from portal.brightspace.codec.fields import Block, Page
from portal.brightspace.codec.json import decode
from portal.brightspace.configuration import API_ROOT
from portal.brightspace.errors import UnexpectedResponse
from portal.brightspace.http.urls import is_api_path
from portal.brightspace.oddities import Oddity

T = TypeVar("T")

_MAX_CURSOR_LENGTH = 4096


class _PagingInfo(Block, frozen=True, kw_only=True):
    bookmark: str | int | None = None
    has_more_items: bool = False


class _Envelope(Block, Generic[T], frozen=True, kw_only=True):
    objects: list[T] | None = None
    next: str | None = None
    items: list[T] | None = None
    paging_info: _PagingInfo | None = None


@cache
def _formats(item: Any) -> Any:
    return list[item] | _Envelope[item]


def read_page(body: bytes, item: type[T], requested: str) -> Page[T]:
    """The page in the body of the response to a GET of ``requested`` (path and query).

    Raises msgspec.DecodeError for invalid JSON or unexpected types, UnexpectedResponse for a list in none of the
    formats or without a usable cursor.
    """
    kind: Any = item
    found: list[T] | _Envelope[T] = decode(body, _formats(kind))
    if isinstance(found, list):
        return Page(found)
    if found.objects is not None:
        return Page(found.objects, cursor_of(found.next, requested))
    if found.items is not None:
        return Page(found.items, _from_bookmark(found.paging_info, requested))
    raise UnexpectedResponse(reason="neither Objects nor Items in a list")


def cursor_of(address: str | None, requested: str = API_ROOT) -> str | None:
    """The cursor in a ``Next`` URL, whatever its host; None for an empty one.

    Raises UnexpectedResponse if the URL does not lead to a path of the API.
    """
    if not address:
        return None
    try:
        parts = urlsplit(urljoin(requested, address))
    except ValueError as error:
        raise _unusable_cursor() from error
    cursor = f"{parts.path}?{parts.query}" if parts.query else parts.path
    if not is_cursor(cursor):
        raise _unusable_cursor()
    return cursor


def _from_bookmark(paging: _PagingInfo | None, requested: str) -> str | None:
    # The last page has a bookmark too; only HasMoreItems tells that it is the last.
    if paging is None or not paging.has_more_items:
        return None
    if paging.bookmark in (None, ""):
        raise _unusable_cursor()
    parts = urlsplit(requested)
    others = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != "bookmark"]
    query = urlencode([*others, ("bookmark", str(paging.bookmark))], quote_via=quote, safe=",")
    return f"{parts.path}?{query}"


def is_cursor(cursor: str, of: str | None = None) -> bool:
    """Whether ``cursor`` is a path of the API with a query; if ``of`` is given, of exactly that path."""
    path, _, query = cursor.partition("?")
    return (
        len(cursor) <= _MAX_CURSOR_LENGTH
        and is_api_path(path)
        and (of is None or path == of)
        and query.isascii()
        and query.isprintable()
        and not set(query) & set(' #\\"<>')
    )


def _unusable_cursor() -> UnexpectedResponse:
    return UnexpectedResponse(Oddity.LOST_PAGE)
