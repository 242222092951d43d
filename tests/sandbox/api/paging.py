"""Pages of lists, in the two shapes Brightspace has: an object list and a paged result set."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

from tests.sandbox.api.calls import Call
from tests.sandbox.api.responses import ApiError, Response

T = TypeVar("T")


def object_list_page(
    call: Call,
    objects: Sequence[T],
    *,
    limit: int,
    cursor: str = "bookmark",
    key: Callable[[T], object] | None = None,
    render: Callable[[T], Any] = lambda item: item,
) -> Response:
    """One page of ``objects`` (all of them, in order) as ``{"Next": URL or null, "Objects": []}``.

    ``cursor`` names the query parameter that ``Next`` carries. ``key`` gives its value from the last object of a
    page; without ``key`` the cursor counts objects. ``render`` is applied to the objects of the page only.
    """
    start = _start(call, objects, cursor, key)
    page = objects[start : start + limit]
    following = None
    if page and start + limit < len(objects):
        following = _url_with(call, cursor, start + limit if key is None else key(page[-1]))
    return Response({"Next": following, "Objects": [render(item) for item in page]})


def paged_result_set(
    call: Call,
    items: Sequence[T],
    *,
    key: Callable[[T], object],
    page_size: int = 100,
    render: Callable[[T], Any] = lambda item: item,
) -> Response:
    """One page of ``items`` as ``{"PagingInfo": {"Bookmark", "HasMoreItems"}, "Items": []}``.

    The bookmark is a string also on the last page; only ``HasMoreItems`` ends the loop.
    """
    start = _start(call, items, "bookmark", key)
    page = items[start : start + page_size]
    bookmark = str(key(page[-1])) if page else call.query.get("bookmark", "")
    paging = {"Bookmark": bookmark, "HasMoreItems": start + page_size < len(items)}
    return Response({"PagingInfo": paging, "Items": [render(item) for item in page]})


def _start(call: Call, items: Sequence[T], cursor: str, key: Callable[[T], object] | None) -> int:
    """The index of the page's first item; 400 for a cursor that names no item."""
    value = call.query.get(cursor, "")
    if value == "":
        return 0
    if key is None:
        return max(0, call.number(cursor, 0))
    for index, item in enumerate(items):
        if str(key(item)) == value:
            return index + 1
    raise ApiError.invalid_parameters(f"Invalid {cursor}.")


def _url_with(call: Call, name: str, value: object) -> str:
    """The absolute address of this call with one query parameter replaced."""
    pairs = [(k, v) for k, v in call.query.items(multi=True) if k != name]
    return f"{call.host_url}{quote(call.path)}?{urlencode([*pairs, (name, str(value))])}"
