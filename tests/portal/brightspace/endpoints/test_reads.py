"""Reading: tried again where that may help, left alone where it cannot."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.brightspace.codec.fields import Block, Id, InvalidArgument
from portal.brightspace.errors import (
    BrightspaceError,
    NotFound,
    NotPermitted,
    RateLimited,
    TokenRejected,
    TruncatedResponse,
    Unavailable,
    UnexpectedResponse,
)
from portal.brightspace.http.client import Client
from tests.portal.brightspace.conftest import MakeClient
from tests.portal.brightspace.http.raw_server import Answer, RawServer, drop, reply

WHERE = "/d2l/api/lp/1.63/users/whoami"
HTML = {"Content-Type": "text/html"}


class Whoami(Block, frozen=True, kw_only=True):
    identifier: Id
    first_name: str


GOOD = reply(b'{"Identifier":"17","FirstName":"Ana","New":[1]}')
WANTED = Whoami(identifier=17, first_name="Ana")


def test_json_comes_back_as_the_block_asked_for(server: RawServer, client: Client) -> None:
    server.script = [GOOD]
    assert client.get(WHERE, Whoami) == WANTED
    assert server.seen[0].headers["Accept"] == "application/json"


@pytest.mark.parametrize(
    "fault",
    [
        *(reply(b"", status) for status in (429, 500, 502, 503, 504)),
        drop,
        GOOD[:-9],
        b'HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{"Identifier":',
        reply(b"<h1>Bad Gateway</h1>", 502, HTML),
        reply(b"", 503, {"Retry-After": "1"}),
        reply(b"", 429, {"Retry-After": "0"}),
        reply(b"", 429, {"Retry-After": "soon"}),
    ],
)
def test_a_read_is_tried_again_after_what_may_pass(
    server: RawServer, make_client: MakeClient, fault: bytes | Answer
) -> None:
    closing = fault if not isinstance(fault, bytes) else _then_close(fault)
    server.script = [closing, closing, GOOD]
    assert make_client(seconds=30).get(WHERE, Whoami) == WANTED
    assert len(server.seen) == 3


def _then_close(whole: bytes) -> Answer:
    def answer(_: object, connection: object) -> None:
        connection.sendall(whole)  # type: ignore[attr-defined]
        connection.shutdown(1)  # type: ignore[attr-defined]

    return answer


def test_a_read_is_given_up_after_three_tries(server: RawServer, client: Client) -> None:
    server.script = [reply(b"", 500)]
    with pytest.raises(Unavailable):
        client.get(WHERE, Whoami)
    assert len(server.seen) == 3


def test_a_read_that_stays_cut_is_unreadable(server: RawServer, client: Client) -> None:
    server.script = [reply(b'{"Identifier":')]
    with pytest.raises(TruncatedResponse):
        client.get(WHERE, Whoami)
    assert len(server.seen) == 3


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (reply(b"", 401), TokenRejected),
        (reply(b"<html>no</html>", 403, HTML), NotPermitted),
        (reply(b"", 404), NotFound),
        (reply(b"<html>sign in</html>", 200, HTML), UnexpectedResponse),
        (reply(b'{"Identifier":"no","FirstName":"Ana"}'), UnexpectedResponse),
        (reply(b"", 501), Unavailable),
        (reply(b"", 429, {"Retry-After": "30"}), RateLimited),
    ],
)
def test_what_cannot_pass_is_asked_once(
    server: RawServer, client: Client, fault: bytes, error: type[BrightspaceError]
) -> None:
    server.script = [fault]
    with pytest.raises(error):
        client.get(WHERE, Whoami)
    assert len(server.seen) == 1


def test_a_long_retry_after_is_told_at_once(server: RawServer, client: Client) -> None:
    server.script = [reply(b"", 429, {"Retry-After": "5"})]
    started = time.monotonic()
    with pytest.raises(RateLimited) as caught:
        client.get(WHERE, Whoami)
    assert time.monotonic() - started < 5
    assert caught.value.retry_at is not None
    assert timedelta(0) < caught.value.retry_at - datetime.now(UTC) <= timedelta(seconds=5)


def test_no_wait_outlasts_the_deadline(server: RawServer, make_client: MakeClient) -> None:
    server.script = [reply(b"", 503, {"Retry-After": "2"})]
    started = time.monotonic()
    with pytest.raises(Unavailable):
        make_client(seconds=1.0).get(WHERE, Whoami)
    assert time.monotonic() - started < 1.0
    assert len(server.seen) == 1


def test_every_answer_is_reported_with_its_headers(server: RawServer, make_client: MakeClient) -> None:
    noted: list[tuple[str, int]] = []
    server.script = [reply(b"", 500, {"X-Rate-Limit-Remaining": "9"}), GOOD]
    make_client(
        on_response=lambda headers, status: noted.append((headers.get("x-rate-limit-remaining", ""), status))
    ).get(WHERE, Whoami)
    assert noted == [("9", 500), ("", 200)]


@pytest.mark.parametrize(
    "path",
    [
        "/d2l/api/../admin",
        "/d2l/api/le/%2e%2e/x",
        "/d2l/api/le/%252e%252e/x",
        "/d2l/api/le/..%2fx",
        "/d2l/api/le/x?y=1",
        "/d2l/api/le/x#y",
        "/d2l/api/le/\\x",
        "/d2l/api/le/x\r\nHost: evil",
        "/d2l/lms/",
        "//evil.example/d2l/api/",
        "@evil.example/d2l/api/",
        "",
    ],
)
def test_a_path_outside_the_api_is_refused_before_any_call(server: RawServer, client: Client, path: str) -> None:
    with pytest.raises(InvalidArgument):
        client.get(path, Whoami)
    assert server.connections == 0


START = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    "nonsense",
    [
        b"",
        b"banana\r\n\r\n",
        b"HTTP/1.1 9999 OK\r\n\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
        START + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        START + b"Content-Length: -2\r\n\r\n",
        START + b"Content-Length: abc\r\n\r\n",
        START + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        START + b"Transfer-Encoding: chunked\r\n\r\n-5\r\nhello",
        START + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhel",
        START + b"Content-Encoding: gzip\r\n\r\nnot gzip",
        START + b"Content-Encoding: br\r\n\r\nnot br",
        START + b"X: " + b"x" * 70_000 + b"\r\n\r\n",
        START + b"X: x\r\n" * 200 + b"\r\n",
        START + b"\xff\xfe: \x00\r\n\r\n",
        b"\x16\x03\x01\x00",
    ],
)
def test_an_answer_that_is_not_even_http_is_one_of_our_errors(
    server: RawServer, make_client: MakeClient, nonsense: bytes
) -> None:
    server.script = [_then_close(nonsense)]
    with pytest.raises((Unavailable, UnexpectedResponse)):
        make_client(read_timeout=1.0).get(WHERE, Whoami)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.sampled_from([b"", START, START + b"Transfer-Encoding: chunked\r\n\r\n"]), st.binary(max_size=300))
def test_no_bytes_whatsoever_raise_anything_but_our_errors(
    server: RawServer, make_client: MakeClient, start: bytes, rest: bytes
) -> None:
    server.script = [_then_close(start + rest)]
    client = make_client(seconds=0.1)
    with pytest.raises(BrightspaceError):
        client.get(WHERE, Whoami)
