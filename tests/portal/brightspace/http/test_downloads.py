"""Downloads: constant memory, safe names, deadlines."""

import socket
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.brightspace.errors import DeadlineExceeded, NotPermitted, TruncatedResponse
from portal.brightspace.http.client import Client
from portal.brightspace.http.downloads import filename_from_header
from tests.portal.brightspace.conftest import MakeClient
from tests.portal.brightspace.http.raw_server import RawServer, Request, drip, reply

PATH = "/d2l/api/le/1.84/cpd/record/5/attachment/6"


def _large(_: Request, connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 50000000\r\n\r\n")
    for _number in range(50):
        connection.sendall(b"x" * 1_000_000)


def test_a_large_file_is_streamed_in_little_memory(server: RawServer, client: Client) -> None:
    server.script = [_large]
    tracemalloc.start()
    try:
        with client.download(PATH) as download:
            assert download.size == 50_000_000
            assert sum(len(chunk) for chunk in download) == 50_000_000
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 10_000_000


def test_a_download_has_type_name_and_size(server: RawServer, client: Client) -> None:
    headers = {
        "Content-Type": "Application/PDF; charset=x",
        "Content-Disposition": 'attachment; filename="C:\\files\\proof.pdf"',
    }
    server.script = [reply(b"%PDF", headers=headers)]
    with client.download(PATH, {"stream": True}) as download:
        described = (download.content_type, download.filename, download.size)
        assert b"".join(download) == b"%PDF"
    assert described == ("application/pdf", "proof.pdf", 4)
    assert server.requests[0].target == f"{PATH}?stream=true"


def test_a_finished_download_releases_its_connection(server: RawServer, client: Client) -> None:
    server.script = [reply(b"x" * 100_000)]
    for _ in range(5):
        assert sum(map(len, client.download(PATH))) == 100_000
    assert server.connections == 1


def test_an_abandoned_download_closes_its_connection(server: RawServer, client: Client) -> None:
    server.script = [_large, reply(b"x")]
    with client.download(PATH) as download:
        next(iter(download))
    assert list(client.download(PATH)) == [b"x"]
    assert server.connections == 2


def test_a_refused_download_raises_before_the_first_byte(server: RawServer, client: Client) -> None:
    server.script = [reply(b"no", 403)]
    with pytest.raises(NotPermitted):
        client.download(PATH)


def test_a_download_is_retried_after_a_temporary_error(server: RawServer, client: Client) -> None:
    server.script = [reply(b"", 503), reply(b"x")]
    assert list(client.download(PATH)) == [b"x"]


def test_a_file_that_ends_early_is_a_truncated_response(server: RawServer, make_client: MakeClient) -> None:
    def cut(_: Request, connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx")
        connection.shutdown(socket.SHUT_RDWR)

    server.script = [cut]
    with pytest.raises(TruncatedResponse):
        list(make_client().download(PATH))


def test_a_dripping_file_ends_at_the_deadline_of_its_client(server: RawServer, make_client: MakeClient) -> None:
    server.script = [drip(b"HTTP/1.1 200 OK\r\n\r\n", b"x", 0.05)]
    with pytest.raises(DeadlineExceeded):
        list(make_client(seconds=0.5).download(PATH))


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("", "download"),
        ("attachment", "download"),
        ("attachment; filename=plain.txt", "plain.txt"),
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ('attachment; filename=".."', "download"),
        ('attachment; filename=".htaccess"', "htaccess"),
        ("attachment; filename*=UTF-8''na%C3%AFve%20%2F..%2Fx.pdf", "x.pdf"),
        ("attachment; filename=\"na?ve.pdf\"; filename*=UTF-8''na%C3%AFve.pdf", "naïve.pdf"),
        ("attachment; filename*=UTF-8''na%C3%AFve.pdf; filename=plain.pdf", "naïve.pdf"),
        ("attachment; filename*=martian'x'%FF.pdf", "ÿ.pdf"),
        ('attachment; filename="na\u00c3\u00afve.pdf"', "naïve.pdf"),
        ('attachment; filename="invoice\u202efdp.exe"', "invoicefdp.exe"),
        ('attachment; filename="a<b>:c|d?.txt"', "abcd.txt"),
        (f'attachment; filename="{"x" * 400}.pdf"', f"{'x' * 146}.pdf"),
    ],
)
def test_a_filename_is_made_safe(header: str, name: str) -> None:
    assert filename_from_header(header) == name


@given(st.text())
def test_every_filename_is_made_safe(text: str) -> None:
    for header in (
        text,
        f'attachment; filename="{text}"',
        f"attachment; filename*=UTF-8''{text}",
    ):
        name = filename_from_header(header)
        assert 0 < len(name) <= 160
        assert name.isprintable()
        assert name not in {".", ".."}
        assert not set(name) & set('/\\"\r\n')
