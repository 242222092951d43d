"""Kinds of files, recognised by their content."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.filekinds import ALL_KINDS, CAPTIONS, PDF, PICTURES, TEXT, WORD, FileKind, kind_of


def office(*names: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name in names:
            package.writestr(name, "<x/>")
    return buffer.getvalue()


WORD_FILE = office("[Content_Types].xml", "word/document.xml")
SRT_TEXT = b"1\r\n00:00:01,000 --> 00:00:02,000\r\nHello\r\n"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG"),
        (b"GIF89a\1\0", "GIF"),
        (b"GIF87a\1\0", "GIF"),
        (WORD_FILE, "Word (docx)"),
        (office("[Content_Types].xml", "xl/workbook.xml"), "Excel (xlsx)"),
        (office("[Content_Types].xml", "ppt/presentation.xml"), "PowerPoint (pptx)"),
        (b"\0\0\0\x18ftypisom\0\0\2\0", "MP4"),
        (b"WEBVTT\n\n00:00.000 --> 00:01.000\n<i>Hi</i>", "WebVTT"),
        (b"\xef\xbb\xbfWEBVTT - title\r\n", "WebVTT"),
        (SRT_TEXT, "SRT"),
        (b"\xef\xbb\xbf" + SRT_TEXT, "SRT"),
        (b"%PD, not quite", "plain text"),
        ("Grüße, 5 < 6, a <b> c".encode(), "plain text"),
    ],
)
def test_a_file_is_recognised_by_its_content(content: bytes, name: str) -> None:
    kind = kind_of(content, ALL_KINDS)

    assert kind is not None
    assert kind.name == name


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   \n",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\xef\xbb\xbf<?xml version='1.0'?><svg/>",
        b"<!DOCTYPE html><p>Hi",
        b"Hello < SCRIPT >alert(1)",
        b"text with \0 in it",
        b"\xff\xfeH\0i\0",
        b"MZ\x90\0",
        b"PK\x03\x04 not a zip after all",
        office("word/document.xml"),
        office("[Content_Types].xml", "other/x.xml"),
        office("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
    ],
)
def test_a_harmful_or_unknown_file_is_of_no_kind(content: bytes) -> None:
    assert kind_of(content, ALL_KINDS) is None


@pytest.mark.parametrize("kinds", [PICTURES, CAPTIONS, (PDF,)])
def test_only_the_given_kinds_are_recognised(kinds: tuple[FileKind, ...]) -> None:
    assert kind_of(WORD_FILE, kinds) is None


@given(st.binary(max_size=300), st.sampled_from(ALL_KINDS))
def test_any_content_is_of_a_kind_or_of_none(content: bytes, kind: FileKind) -> None:
    assert kind_of(content, [kind]) in (kind, None)
    assert kind_of(b"PK\x03\x04" + content, [WORD]) is None


@given(st.text())
def test_plain_text_has_no_markup_and_no_control_characters(text: str) -> None:
    content = text.encode("utf-8", "surrogatepass")
    if TEXT.matches(content):
        assert "\0" not in text
        assert "<svg" not in text.lower()
        assert text.strip()
