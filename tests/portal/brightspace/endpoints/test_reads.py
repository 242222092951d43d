"""Reads by the HTTP client: which errors are retried, and which are not."""

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

PATH = "/d2l/api/lp/1.63/users/whoami"
HTML = {"Content-Type": "text/html"}


class Whoami(Block, frozen=True, kw_only=True):
    identifier: Id
    first_name: str


WHOAMI_REPLY = reply(b'{"Identifier":"17","FirstName":"Ana","New":[1]}')
ANA = Whoami(identifier=17, first_name="Ana")


def test_json_is_read_as_the_requested_block(server: RawServer, client: Client) -> None:
    server.script = [WHOAMI_REPLY]
    assert client.get(PATH, Whoami) == ANA
    assert server.requests[0].headers["Accept"] == "application/json"


@pytest.mark.parametrize(
    "fault",
    [
        *(reply(b"", status) for status in (429, 500, 502, 503, 504)),
        drop,
        WHOAMI_REPLY[:-9],
        b'HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{"Identifier":',
        reply(b"<h1>Bad Gateway</h1>", 502, HTML),
        reply(b"", 503, {"Retry-After": "1"}),
        reply(b"", 429, {"Retry-After": "0"}),
        reply(b"", 429, {"Retry-After": "soon"}),
    ],
)
def test_a_read_is_retried_after_a_temporary_error(
    server: RawServer, make_client: MakeClient, fault: bytes | Answer
) -> None:
    fault_and_close = fault if not isinstance(fault, bytes) else _then_close(fault)
    server.script = [fault_and_close, fault_and_close, WHOAMI_REPLY]
    assert make_client(seconds=30).get(PATH, Whoami) == ANA
    assert len(server.requests) == 3


def _then_close(reply_bytes: bytes) -> Answer:
    def answer(_: object, connection: object) -> None:
        connection.sendall(reply_bytes)  # type: ignore[attr-defined]
        connection.shutdown(1)  # type: ignore[attr-defined]

    return answer


def test_a_read_is_tried_three_times_at_most(server: RawServer, client: Client) -> None:
    server.script = [reply(b"", 500)]
    with pytest.raises(Unavailable):
        client.get(PATH, Whoami)
    assert len(server.requests) == 3


def test_a_read_that_is_always_truncated_is_a_truncated_response(server: RawServer, client: Client) -> None:
    server.script = [reply(b'{"Identifier":')]
    with pytest.raises(TruncatedResponse):
        client.get(PATH, Whoami)
    assert len(server.requests) == 3


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
def test_a_permanent_error_is_not_retried(
    server: RawServer, client: Client, fault: bytes, error: type[BrightspaceError]
) -> None:
    server.script = [fault]
    with pytest.raises(error):
        client.get(PATH, Whoami)
    assert len(server.requests) == 1


def test_a_long_retry_after_is_raised_at_once(server: RawServer, client: Client) -> None:
    server.script = [reply(b"", 429, {"Retry-After": "5"})]
    started = time.monotonic()
    with pytest.raises(RateLimited) as caught:
        client.get(PATH, Whoami)
    assert time.monotonic() - started < 5
    assert caught.value.retry_at is not None
    assert timedelta(0) < caught.value.retry_at - datetime.now(UTC) <= timedelta(seconds=5)


def test_a_retry_after_beyond_the_deadline_is_not_waited_for(server: RawServer, make_client: MakeClient) -> None:
    server.script = [reply(b"", 503, {"Retry-After": "2"})]
    started = time.monotonic()
    with pytest.raises(Unavailable):
        make_client(seconds=1.0).get(PATH, Whoami)
    assert time.monotonic() - started < 1.0
    assert len(server.requests) == 1


def test_every_response_is_reported_with_its_headers(server: RawServer, make_client: MakeClient) -> None:
    reported: list[tuple[str, int]] = []
    server.script = [reply(b"", 500, {"X-Rate-Limit-Remaining": "9"}), WHOAMI_REPLY]
    make_client(
        on_response=lambda headers, status: reported.append((headers.get("x-rate-limit-remaining", ""), status))
    ).get(PATH, Whoami)
    assert reported == [("9", 500), ("", 200)]


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
def test_a_path_outside_of_the_api_is_refused_before_any_call(server: RawServer, client: Client, path: str) -> None:
    with pytest.raises(InvalidArgument):
        client.get(path, Whoami)
    assert server.connections == 0


STATUS_LINE = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    "reply_bytes",
    [
        b"",
        b"banana\r\n\r\n",
        b"HTTP/1.1 9999 OK\r\n\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
        STATUS_LINE + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        STATUS_LINE + b"Content-Length: -2\r\n\r\n",
        STATUS_LINE + b"Content-Length: abc\r\n\r\n",
        STATUS_LINE + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        STATUS_LINE + b"Transfer-Encoding: chunked\r\n\r\n-5\r\nhello",
        STATUS_LINE + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhel",
        STATUS_LINE + b"Content-Encoding: gzip\r\n\r\nnot gzip",
        STATUS_LINE + b"Content-Encoding: br\r\n\r\nnot br",
        STATUS_LINE + b"X: " + b"x" * 70_000 + b"\r\n\r\n",
        STATUS_LINE + b"X: x\r\n" * 200 + b"\r\n",
        STATUS_LINE + b"\xff\xfe: \x00\r\n\r\n",
        b"\x16\x03\x01\x00",
    ],
)
def test_a_response_that_is_no_http_is_a_brightspace_error(
    server: RawServer, make_client: MakeClient, reply_bytes: bytes
) -> None:
    server.script = [_then_close(reply_bytes)]
    with pytest.raises((Unavailable, UnexpectedResponse)):
        make_client(read_timeout=1.0).get(PATH, Whoami)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.sampled_from([b"", STATUS_LINE, STATUS_LINE + b"Transfer-Encoding: chunked\r\n\r\n"]), st.binary(max_size=300)
)
def test_any_bytes_raise_a_brightspace_error(
    server: RawServer, make_client: MakeClient, start: bytes, rest: bytes
) -> None:
    server.script = [_then_close(start + rest)]
    client = make_client(seconds=0.1)
    with pytest.raises(BrightspaceError):
        client.get(PATH, Whoami)
