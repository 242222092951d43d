"""Lists in every shape, followed to their end and to no foreign host."""

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

WHERE = "/d2l/api/le/1.84/cpd/record/user/17"


class Item(Block, frozen=True, kw_only=True):
    id: Id


def objects(numbers: Sequence[int], following: str | None) -> bytes:
    listed = [{"Id": number} for number in numbers]
    return json.dumps({"Objects": listed, "Next": following}).encode()


def items(numbers: Sequence[int], bookmark: object, more: bool) -> bytes:
    listed = [{"Id": str(number)} for number in numbers]
    paging = {"Bookmark": bookmark, "HasMoreItems": more}
    return json.dumps({"Items": listed, "PagingInfo": paging}).encode()


def follow(total: int, size: int, by_bookmark: bool) -> list[int]:
    """Walk a made-up list of ``total`` items, ``size`` at a time, the way the client does."""
    target: str | None = f"{WHERE}?limit={size}&sortBy=Name"
    found: list[int] = []
    while target is not None:
        query = parse_qs(urlsplit(target).query)
        assert query["sortBy"] == ["Name"]
        assert target.startswith(WHERE)
        start = int(query.get("bookmark", ["0"])[0])
        end = min(start + size, total)
        numbers = range(start + 1, end + 1)
        if by_bookmark:
            body = items(numbers, str(end), end < total)
        else:
            following = f"https://inside.example{WHERE}?sortBy=Name&bookmark={end}"
            body = objects(numbers, following if end < total else None)
        page = read_page(body, Item, target)
        found.extend(item.id for item in page.items)
        target = page.cursor
    return found


@given(st.integers(0, 60), st.integers(1, 25), st.booleans())
def test_every_item_comes_once_whatever_the_page_size(total: int, size: int, by_bookmark: bool) -> None:
    assert follow(total, size, by_bookmark) == list(range(1, total + 1))


def test_a_bare_array_is_one_page() -> None:
    page = read_page(b'[{"Id":1},{"Id":"2"}]', Item, WHERE)
    assert (page.items, page.cursor) == ([Item(id=1), Item(id=2)], None)


def test_a_bookmark_on_the_last_page_ends_the_list() -> None:
    assert read_page(items([1], "172", False), Item, WHERE).cursor is None


@pytest.mark.parametrize(
    ("following", "cursor"),
    [
        (
            f"https://inside.example:8443{WHERE}?recordIdBookmark=20",
            f"{WHERE}?recordIdBookmark=20",
        ),
        (f"{WHERE}?offset=10&awardType=Badge", f"{WHERE}?offset=10&awardType=Badge"),
        ("//inside.example/d2l/api/le/1.84/x/", "/d2l/api/le/1.84/x/"),
        ("?bookmark=3", f"{WHERE}?bookmark=3"),
        ("", None),
        (None, None),
    ],
)
def test_next_keeps_its_path_and_query_only(following: str | None, cursor: str | None) -> None:
    assert read_page(objects([1], following), Item, f"{WHERE}?limit=1").cursor == cursor


@pytest.mark.parametrize(
    "following",
    [
        "https://evil.example/",
        "https://evil.example/login?x=/d2l/api/",
        "/d2l/api/../../admin",
        "/d2l/api/le/%2e%2e/%2e%2e/admin",
        "javascript:alert(1)",
        "https://[",
        f"{WHERE}?a=\r\nHost: evil",
        f"{WHERE}?{'a' * 5000}",
    ],
)
def test_a_next_outside_the_api_is_unreadable(following: str) -> None:
    with pytest.raises(UnexpectedResponse):
        read_page(objects([1], following), Item, WHERE)


@pytest.mark.parametrize("body", [b"{}", b'{"Next":null}', items([1], None, True)])
def test_a_list_without_a_way_on_is_unreadable(body: bytes) -> None:
    with pytest.raises(UnexpectedResponse):
        read_page(body, Item, WHERE)


def test_a_next_naming_another_host_is_followed_on_ours(server: RawServer, client: Client) -> None:
    with RawServer() as foreign:
        server.script = [
            reply(objects([1], f"{foreign.url}{WHERE}?bookmark=1")),
            reply(objects([2], None)),
        ]
        assert client.list(WHERE, Item) == [Item(id=1), Item(id=2)]
    assert foreign.connections == 0
    assert [seen.target for seen in server.seen] == [WHERE, f"{WHERE}?bookmark=1"]
    assert all(seen.headers["Authorization"] == "Bearer token-of-ana" for seen in server.seen)


def test_a_list_going_in_circles_ends_at_once(server: RawServer, client: Client) -> None:
    server.script = [reply(objects([1], f"{WHERE}?bookmark=1"))]
    with pytest.raises(UnexpectedResponse, match="does not end"):
        client.list(WHERE, Item)
    assert len(server.seen) == 2


def test_a_list_growing_for_ever_is_bounded(server: RawServer, client: Client) -> None:
    server.script = [reply(objects([1], f"{WHERE}?bookmark={number}")) for number in range(MAX_PAGES * 2)]
    with pytest.raises(UnexpectedResponse, match="does not end"):
        client.list(WHERE, Item)
    assert len(server.seen) == MAX_PAGES


def test_one_page_is_had_by_its_cursor(server: RawServer, client: Client) -> None:
    server.script = [
        reply(objects([1], f"{WHERE}?bookmark=1")),
        reply(objects([2], None)),
    ]
    first = client.page(WHERE, Item, {"limit": 1})
    assert first.cursor == f"{WHERE}?bookmark=1"
    second = client.next_page(first.cursor, Item, of=WHERE)
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
        f"{WHERE}/../18",
        f"{WHERE}8",
    ],
)
def test_a_cursor_from_a_browser_leads_nowhere_else(server: RawServer, client: Client, cursor: str) -> None:
    with pytest.raises(InvalidArgument):
        client.next_page(cursor, Item, of=WHERE)
    assert server.connections == 0


@given(st.text())
def test_a_cursor_never_leaves_the_api(text: str) -> None:
    for cursor in (text, f"/d2l/api/{text}"):
        if is_cursor(cursor):
            assert cursor.startswith("/d2l/api/")
            assert cursor.isascii()
            assert not {" ", "\r", "\n", "#", "\\"} & set(cursor)
