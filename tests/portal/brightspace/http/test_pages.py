"""Lists in each format, followed to their end and to no other host."""

import json
from collections.abc import Sequence
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.brightspace.codec.fields import Block, Id, InvalidArgument
from portal.brightspace.errors import UnexpectedResponse
from portal.brightspace.http.client import MAX_PAGES, Client
from portal.brightspace.http.pages import is_cursor, read_page
from tests.portal.brightspace.http.raw_server import RawServer, reply

PATH = "/d2l/api/le/1.84/cpd/record/user/17"


class Item(Block, frozen=True, kw_only=True):
    id: Id


def objects(numbers: Sequence[int], next_url: str | None) -> bytes:
    listed = [{"Id": number} for number in numbers]
    return json.dumps({"Objects": listed, "Next": next_url}).encode()


def items(numbers: Sequence[int], bookmark: object, more: bool) -> bytes:
    listed = [{"Id": str(number)} for number in numbers]
    paging = {"Bookmark": bookmark, "HasMoreItems": more}
    return json.dumps({"Items": listed, "PagingInfo": paging}).encode()


def follow(total: int, size: int, by_bookmark: bool) -> list[int]:
    """Walk a made-up list of ``total`` items, ``size`` at a time, the way the client does."""
    target: str | None = f"{PATH}?limit={size}&sortBy=Name"
    found: list[int] = []
    while target is not None:
        query = parse_qs(urlsplit(target).query)
        assert query["sortBy"] == ["Name"]
        assert target.startswith(PATH)
        start = int(query.get("bookmark", ["0"])[0])
        end = min(start + size, total)
        numbers = range(start + 1, end + 1)
        if by_bookmark:
            body = items(numbers, str(end), end < total)
        else:
            next_url = f"https://inside.example{PATH}?sortBy=Name&bookmark={end}"
            body = objects(numbers, next_url if end < total else None)
        page = read_page(body, Item, target)
        found.extend(item.id for item in page.items)
        target = page.cursor
    return found


@given(st.integers(0, 60), st.integers(1, 25), st.booleans())
def test_every_item_is_read_once_whatever_the_page_size(total: int, size: int, by_bookmark: bool) -> None:
    assert follow(total, size, by_bookmark) == list(range(1, total + 1))


def test_a_bare_array_is_one_page() -> None:
    page = read_page(b'[{"Id":1},{"Id":"2"}]', Item, PATH)
    assert (page.items, page.cursor) == ([Item(id=1), Item(id=2)], None)


def test_a_bookmark_on_the_last_page_ends_the_list() -> None:
    assert read_page(items([1], "172", False), Item, PATH).cursor is None


@pytest.mark.parametrize(
    ("next_url", "cursor"),
    [
        (
            f"https://inside.example:8443{PATH}?recordIdBookmark=20",
            f"{PATH}?recordIdBookmark=20",
        ),
        (f"{PATH}?offset=10&awardType=Badge", f"{PATH}?offset=10&awardType=Badge"),
        ("//inside.example/d2l/api/le/1.84/x/", "/d2l/api/le/1.84/x/"),
        ("?bookmark=3", f"{PATH}?bookmark=3"),
        ("", None),
        (None, None),
    ],
)
def test_a_cursor_is_path_and_query_of_next(next_url: str | None, cursor: str | None) -> None:
    assert read_page(objects([1], next_url), Item, f"{PATH}?limit=1").cursor == cursor


@pytest.mark.parametrize(
    "next_url",
    [
        "https://evil.example/",
        "https://evil.example/login?x=/d2l/api/",
        "/d2l/api/../../admin",
        "/d2l/api/le/%2e%2e/%2e%2e/admin",
        "javascript:alert(1)",
        "https://[",
        f"{PATH}?a=\r\nHost: evil",
        f"{PATH}?{'a' * 5000}",
    ],
)
def test_a_next_outside_of_the_api_is_refused(next_url: str) -> None:
    with pytest.raises(UnexpectedResponse):
        read_page(objects([1], next_url), Item, PATH)


@pytest.mark.parametrize("body", [b"{}", b'{"Next":null}', items([1], None, True)])
def test_a_list_without_a_usable_cursor_is_refused(body: bytes) -> None:
    with pytest.raises(UnexpectedResponse):
        read_page(body, Item, PATH)


def test_a_next_that_names_another_host_is_followed_on_the_configured_one(server: RawServer, client: Client) -> None:
    with RawServer() as foreign:
        server.script = [
            reply(objects([1], f"{foreign.url}{PATH}?bookmark=1")),
            reply(objects([2], None)),
        ]
        assert client.list(PATH, Item) == [Item(id=1), Item(id=2)]
    assert foreign.connections == 0
    assert [request.target for request in server.requests] == [PATH, f"{PATH}?bookmark=1"]
    assert all(request.headers["Authorization"] == "Bearer token-of-ana" for request in server.requests)


def test_a_circular_list_is_refused_at_its_second_page(server: RawServer, client: Client) -> None:
    server.script = [reply(objects([1], f"{PATH}?bookmark=1"))]
    with pytest.raises(UnexpectedResponse, match="does not end"):
        client.list(PATH, Item)
    assert len(server.requests) == 2


def test_an_endless_list_is_refused_after_the_maximum_of_pages(server: RawServer, client: Client) -> None:
    server.script = [reply(objects([1], f"{PATH}?bookmark={number}")) for number in range(MAX_PAGES * 2)]
    with pytest.raises(UnexpectedResponse, match="does not end"):
        client.list(PATH, Item)
    assert len(server.requests) == MAX_PAGES


def test_a_page_is_read_by_its_cursor(server: RawServer, client: Client) -> None:
    server.script = [
        reply(objects([1], f"{PATH}?bookmark=1")),
        reply(objects([2], None)),
    ]
    first = client.page(PATH, Item, {"limit": 1})
    assert first.cursor == f"{PATH}?bookmark=1"
    second = client.next_page(first.cursor, Item, of=PATH)
    assert (second.items, second.cursor) == ([Item(id=2)], None)


@pytest.mark.parametrize(
    "cursor",
    [
        "https://evil.example/d2l/api/x",
        "//evil.example/d2l/api/x",
        "/d2l/api/../x",
        "",
        "?a=1",
        "/d2l/api/lp/1.63/users/whoami",
        f"{PATH}/../18",
        f"{PATH}8",
    ],
)
def test_a_cursor_from_a_browser_continues_its_list_only(server: RawServer, client: Client, cursor: str) -> None:
    with pytest.raises(InvalidArgument):
        client.next_page(cursor, Item, of=PATH)
    assert server.connections == 0


@given(st.text())
def test_a_valid_cursor_is_a_path_of_the_api(text: str) -> None:
    for cursor in (text, f"/d2l/api/{text}"):
        if is_cursor(cursor):
            assert cursor.startswith("/d2l/api/")
            assert cursor.isascii()
            assert not {" ", "\r", "\n", "#", "\\"} & set(cursor)
