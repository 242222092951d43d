"""Writes: sent exactly once, with an error of its own for an unknown outcome."""

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

PATH = "/d2l/api/le/1.84/cpd/record/5"


class Completion(Block, frozen=True, kw_only=True):
    completed_date: UtcDateTime | None


def test_a_body_goes_out_as_pascal_case_json_with_milliseconds(server: RawServer, client: Client) -> None:
    server.script = [reply(b'{"CompletedDate":"2026-05-13T20:01:00.827Z"}')]
    moment = datetime(2026, 5, 13, 20, 1, tzinfo=UTC)
    answer = client.put(PATH, Completion, Completion(completed_date=moment), {"notify": True})
    (request,) = server.requests
    assert (request.method, request.target) == ("PUT", f"{PATH}?notify=true")
    assert request.headers["Content-Type"] == "application/json"
    assert request.body == b'{"CompletedDate":"2026-05-13T20:01:00.000Z"}'
    assert answer == Completion(completed_date=moment.replace(microsecond=827_000))


def test_post_takes_a_bare_number_and_delete_a_body(server: RawServer, client: Client) -> None:
    server.script = [reply(b"", 200)]
    assert client.post(PATH, body=17) is None
    assert client.delete(PATH, body=17) is None
    assert client.delete(PATH) is None
    assert [(request.method, request.body) for request in server.requests] == [
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
def test_a_write_with_an_unknown_outcome_is_never_sent_again(
    server: RawServer,
    make_client: MakeClient,
    verb: Callable[..., object],
    fault: bytes | Answer,
) -> None:
    server.script = [fault]
    with pytest.raises(OutcomeUnknown):
        verb(make_client(read_timeout=0.5), PATH, body={"Name": "x"})
    assert len(server.requests) == 1


def test_silence_after_sending_leaves_the_outcome_unknown(server: RawServer, make_client: MakeClient) -> None:
    server.script = [drip(b"", b"", 60)]
    with pytest.raises(OutcomeUnknown):
        make_client(seconds=0.3).post(PATH, body={"Name": "x"})
    assert len(server.requests) == 1


def test_an_unreadable_response_leaves_the_outcome_unknown(server: RawServer, client: Client) -> None:
    server.script = [reply(b'{"CompletedDate":')]
    with pytest.raises(OutcomeUnknown):
        client.put(PATH, Completion, {})
    assert len(server.requests) == 1


def test_a_write_that_was_not_sent_is_unavailable(make_client: MakeClient) -> None:
    with pytest.raises(Unavailable) as caught:
        make_client(url="http://127.0.0.1:9").post(PATH, body={})
    assert not isinstance(caught.value, OutcomeUnknown)


def test_a_write_after_the_deadline_is_not_sent(server: RawServer, make_client: MakeClient) -> None:
    with pytest.raises(DeadlineExceeded):
        make_client(seconds=0).post(PATH, body={})
    assert server.requests == []


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
def test_a_refused_write_has_its_error_and_is_sent_once(
    server: RawServer, client: Client, status: int, error: type[BrightspaceError]
) -> None:
    server.script = [reply(b'{"Errors":[{"Message":"No."}]}', status, {"Retry-After": "0"})]
    with pytest.raises(error):
        client.post(PATH, body={})
    assert len(server.requests) == 1
