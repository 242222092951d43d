"""Writes and file reads as values: the bytes of an upload, and what a write without a body sends."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.brightspace.codec.fields import Block, InvalidArgument
from portal.brightspace.endpoints.endpoint import Endpoint
from portal.brightspace.endpoints.routes import Route
from portal.brightspace.endpoints.versions import Versions
from portal.brightspace.endpoints.writes import FileRead, FileUpload, Write, mixed
from portal.brightspace.errors import NotFound, Unsupported
from portal.brightspace.http.client import Client
from tests.portal.brightspace.http.raw_server import RawServer, reply

VERSIONS = Versions(lp="1.63", le="1.97", bas="1.2")
TOPIC = Route("le", "/(orgUnitId)/content/topics/(topicId)", since="1.67")
IDS = (("orgUnitId", 6609), ("topicId", 5))
ADDRESS = "/d2l/api/le/1.97/6609/content/topics/5"
PDF = FileUpload("plan.pdf", "application/pdf", b"%PDF-\r\n--\x00\xff")


def endpoint(method: str) -> Endpoint:
    """An action on a topic."""
    return Endpoint(method, TOPIC)


class Title(Block, frozen=True, kw_only=True):
    title: str | None


def test_an_upload_is_a_json_part_and_a_file_part_byte_for_byte() -> None:
    body, content_type = mixed(Title(title="Plan"), PDF)

    found = re.fullmatch(r"multipart/mixed; boundary=(portal-[0-9a-f]{32})", content_type)
    assert found
    boundary_line = f"--{found[1]}".encode()
    assert body == (
        boundary_line + b'\r\nContent-Type: application/json\r\n\r\n{"Title":"Plan"}\r\n' + boundary_line + b"\r\n"
        b'Content-Disposition: form-data; name="file"; filename="plan.pdf"\r\n'
        b"Content-Type: application/pdf\r\n\r\n%PDF-\r\n--\x00\xff\r\n" + boundary_line + b"--\r\n"
    )


def test_an_upload_without_json_is_the_file_alone() -> None:
    body, _ = mixed(None, PDF)

    assert body.count(b"--portal-") == 2
    assert b"application/json" not in body


def test_every_upload_has_a_boundary_of_its_own() -> None:
    assert len({mixed(None, PDF)[1] for _ in range(20)}) == 20


@given(st.text(max_size=300))
def test_a_file_name_cannot_end_its_header(name: str) -> None:
    try:
        body, _ = mixed(None, FileUpload(name, "text/plain", b"content"))
    except UnicodeEncodeError:
        pytest.fail("a broken character was not taken out")
    head, _, content = body.partition(b"\r\n\r\n")

    assert content.startswith(b"content\r\n--")
    assert len(head.split(b"\r\n")) == 3
    assert re.fullmatch(
        rb'Content-Disposition: form-data; name="file"; filename="[^"\\\x00-\x1f]*"', head.split(b"\r\n")[1]
    )


@given(st.binary(max_size=200))
def test_the_content_of_a_file_is_not_touched(content: bytes) -> None:
    body, content_type = mixed(None, FileUpload("a", "text/plain", content))
    end = f"\r\n--{content_type.rpartition('=')[2]}--\r\n".encode()

    assert body.partition(b"\r\n\r\n")[2] == content + end


WRITES: list[tuple[Write[Any], bytes, str | None]] = [
    (Write(endpoint("PUT"), ids=IDS), b"", None),
    (Write(endpoint("POST"), ids=IDS, query=(("position", "last"), ("force", None))), b"", None),
    (Write(endpoint("DELETE"), ids=IDS), b"", None),
    (Write(endpoint("PUT"), ids=IDS, body=Title(title=None)), b'{"Title":null}', "application/json"),
    (Write(endpoint("DELETE"), ids=IDS, body=17), b"17", "application/json"),
]


@pytest.mark.parametrize(("write", "body", "content_type"), WRITES)
def test_a_write_is_sent_once_with_its_body(
    write: Write[Any], body: bytes, content_type: str | None, server: RawServer, client: Client
) -> None:
    server.script = [reply(b"")]
    assert write.send(client, VERSIONS) is None

    [request] = server.requests
    target = f"{ADDRESS}?position=last" if write.query else ADDRESS
    assert (request.method, request.target, request.body) == (write.endpoint.method, target, body)
    assert request.headers.get("Content-Type") == content_type
    assert request.headers["Content-Length"] == str(len(body))


def test_an_upload_has_the_content_type_of_its_parts(server: RawServer, client: Client) -> None:
    server.script = [reply(b'{"Title":"Plan"}', 201)]
    answer = Write(endpoint("POST"), Title, ids=IDS, body=Title(title="Plan"), file=PDF).send(client, VERSIONS)

    [request] = server.requests
    assert answer == Title(title="Plan")
    assert request.headers["Content-Type"].startswith("multipart/mixed; boundary=portal-")
    assert request.body.count(PDF.content) == 1


VALUES: list[Callable[..., Any]] = [
    lambda **with_: Write(endpoint("PUT"), **with_),
    lambda **with_: FileRead(endpoint("GET"), **with_),
]


@pytest.mark.parametrize("make", VALUES)
@pytest.mark.parametrize("topic_id", [0, -1, True, "5/..", 2**53 + 1, None])
def test_an_invalid_id_is_refused_when_the_value_is_made(make: Callable[..., Any], topic_id: Any) -> None:
    with pytest.raises(InvalidArgument, match="“topicId”"):
        make(ids=(("orgUnitId", 6609), ("topicId", topic_id)))


@pytest.mark.parametrize("make", VALUES)
def test_a_missing_id_is_a_bug(make: Callable[..., Any]) -> None:
    with pytest.raises(TypeError, match="topicId"):
        make(ids=(("orgUnitId", 6609),))


def test_an_action_that_the_site_is_too_old_for_is_not_sent(server: RawServer, client: Client) -> None:
    newer = Route("bas", "/issued/certificates/(issuedId)/pdf", since="1.3")
    with pytest.raises(Unsupported):
        FileRead(Endpoint("GET", newer), (("issuedId", 5),)).open(client, VERSIONS)
    with pytest.raises(Unsupported):
        Write(Endpoint("DELETE", newer), ids=(("issuedId", 5),)).send(client, VERSIONS)

    assert server.requests == []


def test_a_file_is_opened_as_a_stream_or_raises(server: RawServer, client: Client) -> None:
    server.script = [reply(b"%PDF-", 200, {"Content-Type": "application/pdf"}), reply(b"{}", 404)]
    file = FileRead(endpoint("GET"), IDS, query=(("stream", True),))
    with file.open(client, VERSIONS) as download:
        assert (download.content_type, b"".join(download)) == ("application/pdf", b"%PDF-")
    with pytest.raises(NotFound):
        file.open(client, VERSIONS)

    assert {request.target for request in server.requests} == {f"{ADDRESS}?stream=true"}
