"""The transport over real sockets: what is sent, what is never sent, and when a call ends."""

import socket
import threading
import time
import tracemalloc
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from portal.brightspace.configuration import Configuration
from portal.brightspace.errors import DeadlineExceeded, NotFound, SignInExpired, Unavailable, UnexpectedResponse
from portal.brightspace.http.client import Client
from portal.brightspace.http.deadline import Deadline
from tests.portal.brightspace.conftest import MakeClient
from tests.portal.brightspace.http.raw_server import RawServer, Request, drip, reply

PATH = "/d2l/api/lp/1.63/users/whoami"
RESPONSE_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def test_cookies_set_for_one_person_are_never_sent_for_another(server: RawServer, make_client: MakeClient) -> None:
    server.script = [
        reply(headers={"Set-Cookie": "d2lSession=of-ana; Path=/"}),
        reply(),
    ]
    make_client(token="ana").get(PATH, dict)
    make_client(token="bo").get(PATH, dict)
    assert [request.headers["Authorization"] for request in server.requests] == [
        "Bearer ana",
        "Bearer bo",
    ]
    assert not any("Cookie" in request.headers for request in server.requests)


def test_netrc_and_proxy_variables_are_ignored(
    server: RawServer, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine 127.0.0.1 login thief password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    client.get(PATH, dict)
    assert server.requests[0].headers["Authorization"] == "Bearer token-of-ana"


def test_a_redirect_is_not_followed_and_its_body_not_read(server: RawServer, make_client: MakeClient) -> None:
    with RawServer() as other_server:
        head = f"HTTP/1.1 302 Found\r\nLocation: {other_server.url}/d2l/api/x\r\n\r\n"
        server.script = [drip(head.encode(), b"x" * 4096, 0.001)]
        started = time.monotonic()
        with pytest.raises(UnexpectedResponse, match="redirection"):
            make_client(seconds=20).get(PATH, dict)
    assert time.monotonic() - started < 10
    assert other_server.requests == []
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "head", [RESPONSE_HEAD + b"Content-Length: 900000\r\n\r\n", RESPONSE_HEAD], ids=["body", "headers"]
)
def test_a_dripping_response_ends_at_the_deadline(server: RawServer, make_client: MakeClient, head: bytes) -> None:
    server.script = [drip(head, b"X", 0.05)]
    started = time.monotonic()
    with pytest.raises(DeadlineExceeded):
        make_client(seconds=0.6).get(PATH, dict)
    assert 0.5 < time.monotonic() - started < 3


def test_a_dripping_chunked_response_ends_at_the_deadline(server: RawServer, make_client: MakeClient) -> None:
    server.script = [drip(RESPONSE_HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n", 0.05)]
    with pytest.raises(DeadlineExceeded):
        make_client(seconds=0.6).get(PATH, dict)


def test_silence_is_unavailable_after_the_timeout_and_exceeds_the_deadline(
    server: RawServer, make_client: MakeClient
) -> None:
    server.script = [drip(b"", b"", 60)]
    with pytest.raises(Unavailable) as silent:
        make_client(read_timeout=0.2).get(PATH, dict)
    assert not isinstance(silent.value, DeadlineExceeded)
    started = time.monotonic()
    with pytest.raises(DeadlineExceeded):
        make_client(seconds=0.3).get(PATH, dict)
    assert time.monotonic() - started < 3


def test_an_earlier_deadline_in_force_is_obeyed(server: RawServer, make_client: MakeClient) -> None:
    server.script = [drip(b"", b"", 60)]
    started = time.monotonic()
    with Deadline.after(0.3).enforced(), pytest.raises(DeadlineExceeded):
        make_client(seconds=20).get(PATH, dict)
    assert time.monotonic() - started < 3


def test_an_expired_deadline_sends_nothing(server: RawServer, make_client: MakeClient) -> None:
    with pytest.raises(DeadlineExceeded):
        make_client(seconds=0).get(PATH, dict)
    assert server.connections == 0


def _flood(_: Request, connection: socket.socket) -> None:
    connection.sendall(RESPONSE_HEAD + b"Content-Length: 200000000\r\n\r\n")
    chunk = b" " * 1_000_000
    for _number in range(200):
        connection.sendall(chunk)


def _bomb() -> bytes:
    compressor = zlib.compressobj(1, wbits=31)
    compressed = b"".join(compressor.compress(b" " * 1_000_000) for _ in range(200)) + compressor.flush()
    return reply(compressed, headers={"Content-Encoding": "gzip"})


@pytest.mark.parametrize("kind", ["plain", "gzip"])
def test_200_megabytes_are_refused_in_little_memory(server: RawServer, client: Client, kind: str) -> None:
    server.script = [_flood if kind == "plain" else _bomb()]
    tracemalloc.start()
    try:
        with pytest.raises(UnexpectedResponse, match="far more data"):
            client.get(PATH, dict)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 40_000_000
    assert len(server.requests) == 1


def test_an_endless_error_page_has_the_error_of_its_status(server: RawServer, client: Client) -> None:
    server.script = [drip(b"HTTP/1.1 404 Not Found\r\n\r\n", b"x" * 65536, 0.001)]
    with pytest.raises(NotFound):
        client.get(PATH, dict)


def test_many_calls_share_few_connections(server: RawServer, make_client: MakeClient) -> None:
    for person in range(40):
        make_client(token=f"person-{person}").get(PATH, dict)
    assert len(server.requests) == 40
    assert server.connections == 1


def test_parallel_calls_use_no_more_connections_than_threads(server: RawServer, client: Client) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: client.get(PATH, dict), range(200)))
    assert len(server.requests) == 200
    assert server.connections <= 8


def test_a_body_refused_half_way_does_not_affect_the_next_call(server: RawServer, client: Client) -> None:
    server.script = [_flood, reply(b'{"A":1}')]
    with pytest.raises(UnexpectedResponse):
        client.get(PATH, dict)
    assert client.get(PATH, dict) == {"A": 1}
    assert server.connections == 2


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "http://no-such-host.invalid"])
def test_a_failed_connection_is_unavailable_with_nothing_sent(make_client: MakeClient, url: str) -> None:
    with pytest.raises(Unavailable) as caught:
        make_client(url=url).get(PATH, dict)
    assert caught.value.sent is False


@pytest.mark.parametrize("token", ["a\r\nX-Evil: 1", "tökèn", "a b"])
def test_a_malformed_token_is_neither_sent_nor_quoted(server: RawServer, make_client: MakeClient, token: str) -> None:
    with pytest.raises(SignInExpired) as caught:
        make_client(token=token).get(PATH, dict)
    assert token not in str(caught.value)
    assert server.requests == []


def test_a_configured_proxy_is_used_and_obeys_the_deadline(server: RawServer) -> None:
    server.script = [reply(b'{"A":1}'), drip(RESPONSE_HEAD, b"X", 0.05)]
    configuration = Configuration(url="http://brightspace.invalid", proxy=server.url)
    assert Client(token="t", deadline=Deadline.after(5), configuration=configuration).get(PATH, dict)
    assert server.requests[0].target == f"http://brightspace.invalid{PATH}"
    with pytest.raises(DeadlineExceeded):
        Client(token="t", deadline=Deadline.after(0.4), configuration=configuration).get(PATH, dict)


def test_a_tls_tunnel_whose_proxy_drips_ends_at_the_deadline(server: RawServer) -> None:
    server.script = [drip(b"HTTP/1.1 200 OK\r\n", b"X", 0.05)]
    configuration = Configuration(url="https://brightspace.invalid", proxy=server.url)
    started = time.monotonic()
    with pytest.raises(Unavailable) as caught:
        Client(token="t", deadline=Deadline.after(0.5), configuration=configuration).get(PATH, dict)
    assert time.monotonic() - started < 3
    assert caught.value.sent is False
    assert "Authorization" not in server.requests[0].headers


def test_the_deadline_leaves_other_threads_alone(server: RawServer, make_client: MakeClient) -> None:
    found: list[float] = []

    def call() -> None:
        found.append(make_client(seconds=20).get(PATH, dict)["A"])

    server.script = [reply(b'{"A":1}')]
    with Deadline.after(0).enforced():
        thread = threading.Thread(target=call)
        thread.start()
        thread.join()
    assert found == [1]
