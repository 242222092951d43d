"""Changes and files as values: the very bytes of an upload, and what a change without a body sends."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.brightspace.codec.fields import Block, InvalidArgument
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


class Title(Block, frozen=True, kw_only=True):
    title: str | None


def test_an_upload_is_a_json_part_and_a_file_part_byte_for_byte() -> None:
    body, content_type = mixed(Title(title="Plan"), PDF)

    found = re.fullmatch(r"multipart/mixed; boundary=(portal-[0-9a-f]{32})", content_type)
    assert found
    line = f"--{found[1]}".encode()
    assert body == (
        line + b'\r\nContent-Type: application/json\r\n\r\n{"Title":"Plan"}\r\n' + line + b"\r\n"
        b'Content-Disposition: form-data; name="file"; filename="plan.pdf"\r\n'
        b"Content-Type: application/pdf\r\n\r\n%PDF-\r\n--\x00\xff\r\n" + line + b"--\r\n"
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


SENT: list[tuple[Write[Any], bytes, str | None]] = [
    (Write("PUT", TOPIC, ids=IDS), b"", None),
    (Write("POST", TOPIC, ids=IDS, query=(("position", "last"), ("force", None))), b"", None),
    (Write("DELETE", TOPIC, ids=IDS), b"", None),
    (Write("PUT", TOPIC, ids=IDS, body=Title(title=None)), b'{"Title":null}', "application/json"),
    (Write("DELETE", TOPIC, ids=IDS, body=17), b"17", "application/json"),
]


@pytest.mark.parametrize(("write", "body", "content_type"), SENT)
def test_a_change_is_sent_once_with_the_body_it_has(
    write: Write[Any], body: bytes, content_type: str | None, server: RawServer, client: Client
) -> None:
    server.script = [reply(b"")]
    assert write.send(client, VERSIONS) is None

    [seen] = server.seen
    target = f"{ADDRESS}?position=last" if write.query else ADDRESS
    assert (seen.method, seen.target, seen.body) == (write.method, target, body)
    assert seen.headers.get("Content-Type") == content_type
    assert seen.headers["Content-Length"] == str(len(body))


def test_an_upload_says_how_it_is_made_up(server: RawServer, client: Client) -> None:
    server.script = [reply(b'{"Title":"Plan"}', 201)]
    answer = Write("POST", TOPIC, Title, ids=IDS, body=Title(title="Plan"), file=PDF).send(client, VERSIONS)

    [seen] = server.seen
    assert answer == Title(title="Plan")
    assert seen.headers["Content-Type"].startswith("multipart/mixed; boundary=portal-")
    assert seen.body.count(PDF.content) == 1


MAKERS: list[Callable[..., Any]] = [
    lambda **with_: Write("PUT", TOPIC, **with_),
    lambda **with_: FileRead(TOPIC, **with_),
]


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("topic_id", [0, -1, True, "5/..", 2**53 + 1, None])
def test_an_id_that_is_none_is_refused_when_the_value_is_made(make: Callable[..., Any], topic_id: Any) -> None:
    with pytest.raises(InvalidArgument, match="“topicId”"):
        make(ids=(("orgUnitId", 6609), ("topicId", topic_id)))


@pytest.mark.parametrize("make", MAKERS)
def test_a_forgotten_id_is_a_mistake_in_the_program(make: Callable[..., Any]) -> None:
    with pytest.raises(TypeError, match="topicId"):
        make(ids=(("orgUnitId", 6609),))


def test_what_a_site_is_too_old_for_is_not_asked(server: RawServer, client: Client) -> None:
    newer = Route("bas", "/issued/certificates/(issuedId)/pdf", since="1.3")
    with pytest.raises(Unsupported):
        FileRead(newer, (("issuedId", 5),)).open(client, VERSIONS)
    with pytest.raises(Unsupported):
        Write("DELETE", newer, ids=(("issuedId", 5),)).send(client, VERSIONS)

    assert server.seen == []


def test_a_file_is_opened_as_a_stream_or_not_at_all(server: RawServer, client: Client) -> None:
    server.script = [reply(b"%PDF-", 200, {"Content-Type": "application/pdf"}), reply(b"{}", 404)]
    file = FileRead(TOPIC, IDS, query=(("stream", True),))
    with file.open(client, VERSIONS) as download:
        assert (download.content_type, b"".join(download)) == ("application/pdf", b"%PDF-")
    with pytest.raises(NotFound):
        file.open(client, VERSIONS)

    assert {seen.target for seen in server.seen} == {f"{ADDRESS}?stream=true"}
