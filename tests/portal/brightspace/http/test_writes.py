"""Writing: sent exactly once, and honest about what is not known."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from portal.brightspace.codec.fields import Block, UtcDateTime
from portal.brightspace.errors import (
    BrightspaceError,
    Conflict,
    DeadlineExceeded,
    Gone,
    OutcomeUnknown,
    RateLimited,
    Refused,
    TokenRejected,
    Unavailable,
)
from portal.brightspace.http.client import Client
from tests.portal.brightspace.conftest import MakeClient
from tests.portal.brightspace.http.raw_server import Answer, RawServer, drip, drop, reply

WHERE = "/d2l/api/le/1.84/cpd/record/5"


class Completion(Block, frozen=True, kw_only=True):
    completed_date: UtcDateTime | None


def test_a_body_goes_out_as_pascal_case_json_with_milliseconds(server: RawServer, client: Client) -> None:
    server.script = [reply(b'{"CompletedDate":"2026-05-13T20:01:00.827Z"}')]
    moment = datetime(2026, 5, 13, 20, 1, tzinfo=UTC)
    answer = client.put(WHERE, Completion, Completion(completed_date=moment), {"notify": True})
    (request,) = server.seen
    assert (request.method, request.target) == ("PUT", f"{WHERE}?notify=true")
    assert request.headers["Content-Type"] == "application/json"
    assert request.body == b'{"CompletedDate":"2026-05-13T20:01:00.000Z"}'
    assert answer == Completion(completed_date=moment.replace(microsecond=827_000))


def test_post_takes_a_bare_number_and_delete_a_body(server: RawServer, client: Client) -> None:
    server.script = [reply(b"", 200)]
    assert client.post(WHERE, body=17) is None
    assert client.delete(WHERE, body=17) is None
    assert client.delete(WHERE) is None
    assert [(seen.method, seen.body) for seen in server.seen] == [
        ("POST", b"17"),
        ("DELETE", b"17"),
        ("DELETE", b""),
    ]


@pytest.mark.parametrize("verb", [Client.put, Client.post, Client.delete])
@pytest.mark.parametrize(
    "fault",
    [
        *(reply(b"", status) for status in (408, 500, 502, 503, 504)),
        reply(b"", 302, {"Location": "/d2l/login"}),
        reply(b"<html>sign in</html>", 200, {"Content-Type": "text/html"}),
        b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n{",
        drop,
    ],
)
def test_an_outcome_that_is_not_known_is_unclear_and_never_sent_again(
    server: RawServer,
    make_client: MakeClient,
    verb: Callable[..., object],
    fault: bytes | Answer,
) -> None:
    server.script = [fault]
    with pytest.raises(OutcomeUnknown):
        verb(make_client(read_timeout=0.5), WHERE, body={"Name": "x"})
    assert len(server.seen) == 1


def test_silence_after_sending_is_unclear(server: RawServer, make_client: MakeClient) -> None:
    server.script = [drip(b"", b"", 60)]
    with pytest.raises(OutcomeUnknown):
        make_client(seconds=0.3).post(WHERE, body={"Name": "x"})
    assert len(server.seen) == 1


def test_an_answer_nobody_can_read_leaves_a_write_unclear(server: RawServer, client: Client) -> None:
    server.script = [reply(b'{"CompletedDate":')]
    with pytest.raises(OutcomeUnknown):
        client.put(WHERE, Completion, {})
    assert len(server.seen) == 1


def test_a_write_that_never_left_is_down(make_client: MakeClient) -> None:
    with pytest.raises(Unavailable) as caught:
        make_client(url="http://127.0.0.1:9").post(WHERE, body={})
    assert not isinstance(caught.value, OutcomeUnknown)


def test_a_write_after_the_deadline_is_not_sent(server: RawServer, make_client: MakeClient) -> None:
    with pytest.raises(DeadlineExceeded):
        make_client(seconds=0).post(WHERE, body={})
    assert server.seen == []


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, Refused),
        (422, Refused),
        (409, Conflict),
        (410, Gone),
        (401, TokenRejected),
        (429, RateLimited),
    ],
)
def test_a_refused_write_says_so_and_is_sent_once(
    server: RawServer, client: Client, status: int, error: type[BrightspaceError]
) -> None:
    server.script = [reply(b'{"Errors":[{"Message":"No."}]}', status, {"Retry-After": "0"})]
    with pytest.raises(error):
        client.post(WHERE, body={})
    assert len(server.seen) == 1
