"""Files of topics: downloading and replacing them."""

import struct
import zlib

import pytest

from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import ADRIAN, ANA, INES, LINNEA, MAYA
from tests.sandbox.seeds.edge_cases import BREAKOUT
from tests.sandbox_checks.api_client import ApiClient
from tests.sandbox_checks.content.uploads import FORM, MIXED, body_of, file_part, json_part
from tests.sandbox_checks.content_blocks import FIRE, FIRE_FOLDER, POSTER, QUIZ, ROUTES, WALK

BINARY = bytes(range(256)) * 3


def test_topic_file_is_an_attachment_or_inline(api: ApiClient) -> None:
    for query, kind in (({}, "attachment"), ({"stream": "false"}, "attachment"), ({"stream": "true"}, "inline")):
        reply = api.get(ANA, f"{FIRE}topics/{POSTER}/file", **query)
        assert reply.headers["Content-Disposition"].startswith(f'{kind}; filename="Fire poster.pdf"')
        assert reply.value.startswith(b"%PDF-1.4\n")
    assert api.get(ANA, f"{FIRE}topics/{POSTER}/file", stream="maybe").status == 400


def test_seeded_files_are_valid(api: ApiClient) -> None:
    pdf = api.get(ANA, f"{FIRE}topics/{POSTER}/file").value
    start = int(pdf.rpartition(b"startxref\n")[2].split()[0])
    assert pdf[start:].startswith(b"xref\n")
    film = api.get(ANA, f"{FIRE}topics/{ROUTES}/file").value
    assert film[4:12] == b"ftypisom"
    picture = api.get(LINNEA, f"le/1.90/{org.SEPSIS}/content/topics/{org.SEPSIS * 1000 + 3}/file").value
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    (length,) = struct.unpack(">I", picture[33:37])
    assert len(zlib.decompress(picture[41 : 41 + length])) == 32 * (1 + 48 * 3)
    page = api.get(ANA, f"{FIRE}topics/{WALK}/file").value
    assert b"<h1>Walk your route with a colleague</h1>" in page


def test_hostile_file_has_its_bytes_and_a_harmless_disposition(api: ApiClient) -> None:
    odd = f"le/1.90/{org.ODD_COURSE}/content/topics/"
    page = api.get(BREAKOUT, f"{odd}{org.ODD_COURSE * 1000 + 2}/file").value
    assert b"<img src=x onerror=alert('topic')>" in page
    reply = api.get(BREAKOUT, f"{odd}{org.ODD_COURSE * 1000 + 4}/file")
    disposition = reply.headers["Content-Disposition"]
    assert disposition.isascii()
    assert disposition.count('"') == 2
    assert "%C3%9Cbersicht" in disposition


def test_links_and_broken_topics_have_no_file(api: ApiClient) -> None:
    reply = api.get(ANA, f"{FIRE}topics/{QUIZ}/file")
    assert (reply.status, reply.value["detail"]) == (400, "Content topic is not a file")
    gone = org.ODD_COURSE * 1000 + 5
    assert api.get(BREAKOUT, f"le/1.90/{org.ODD_COURSE}/content/topics/{gone}/file").status == 404
    assert api.get(MAYA, f"{FIRE}topics/{POSTER}/file").status == 403
    assert api.get(ANA, f"{FIRE}topics/1/file").status == 404
    assert api.get(ANA, f"{FIRE}topics/{POSTER}/file/").status == 404


@pytest.mark.parametrize("content_type", [MIXED, FORM])
def test_replaced_file_is_stored_beside_the_old_one(api: ApiClient, content_type: str) -> None:
    data = body_of(file_part(BINARY, "Poster, new.png"))
    reply = api.send("PUT", INES, f"{FIRE}topics/{POSTER}/file", data=data, content_type=content_type)
    assert (reply.status, reply.value) == (200, b"")
    assert api.get(ANA, f"{FIRE}topics/{POSTER}/file").value == BINARY
    topic = api.get(ANA, f"{FIRE}topics/{POSTER}").value
    assert topic["Url"] == f"{FIRE_FOLDER}Poster, new.png"
    assert topic["LastModifiedDate"] == "2026-11-21T12:00:00.000Z"
    assert f"{FIRE_FOLDER}Fire poster.pdf" in api.world.outlines[org.FIRE].files


def test_uploaded_file_repairs_a_broken_topic(api: ApiClient) -> None:
    gone = org.ODD_COURSE * 1000 + 5
    path = f"le/1.90/{org.ODD_COURSE}/content/topics/{gone}"
    data = body_of(json_part({}), file_part(b"<p>Back</p>", "back.html"))
    assert api.send("PUT", ADRIAN, f"{path}/file", data=data, content_type=MIXED).status == 200
    assert api.get(BREAKOUT, path).value["IsBroken"] is False
    assert api.get(BREAKOUT, f"{path}/file").value == b"<p>Back</p>"


@pytest.mark.parametrize(
    "data",
    [
        body_of(file_part(BINARY, name="")),
        body_of(file_part(BINARY, name="upload")),
        body_of(file_part(BINARY), file_part(BINARY)),
        body_of(file_part(BINARY, "../up.html")),
        body_of(file_part(BINARY, "")),
        body_of(json_part({})),
        b"just bytes",
    ],
)
def test_upload_with_a_wrong_part_or_file_name_is_refused(api: ApiClient, data: bytes) -> None:
    before = dict(api.world.outlines[org.FIRE].files)
    assert api.send("PUT", INES, f"{FIRE}topics/{POSTER}/file", data=data, content_type=MIXED).status == 400
    assert api.world.outlines[org.FIRE].files == before


def test_topic_files_are_replaced_by_content_managers_for_file_topics_only(api: ApiClient) -> None:
    data = body_of(file_part(BINARY))
    for person_id in (ANA, MAYA):
        assert api.send("PUT", person_id, f"{FIRE}topics/{POSTER}/file", data=data, content_type=MIXED).status == 403
    assert api.send("PUT", INES, f"{FIRE}topics/{QUIZ}/file", data=data, content_type=MIXED).status == 400
    assert api.send("PUT", INES, f"{FIRE}topics/{POSTER}/file", data=data, content_type="image/png").status == 400
