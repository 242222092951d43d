"""Kinds of files, recognised by their content: neither the name nor the claimed type counts. Pure."""

import re
import zipfile
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_TIME = rb"\d{2,}:\d\d:\d\d[,.]\d{3}"
_SRT = re.compile(rb"\s*\d+[ \t]*\r?\n" + _TIME + rb" +--> +" + _TIME)
_WEB_VTT = re.compile(rb"WEBVTT(?=[ \t\r\n]|$)")
_MARKUP = re.compile(rb"<\s*[!?]|<\s*(?:html|head|body|script|svg|iframe|object|embed)\b", re.IGNORECASE)
_CONTROL_CHARACTER = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_MACRO_FILE = "vbaProject.bin"


@dataclass(frozen=True)
class FileKind:
    """A kind of file: its name for people, its media type, its file name extensions, and the test of its content."""

    name: "StrOrPromise"
    content_type: str
    extensions: tuple[str, ...]
    matches: Callable[[bytes], bool] = field(repr=False)


def kind_of(content: bytes, kinds: Collection[FileKind]) -> FileKind | None:
    """The first of ``kinds`` that matches the content; None if none does."""
    return next((kind for kind in kinds if kind.matches(content)), None)


def _starts_with(*prefixes: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(prefixes)


def _is_text(content: bytes) -> bool:
    """Whether it is UTF-8 without control characters and without markup that a browser could run."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return bool(content.strip()) and not _CONTROL_CHARACTER.search(content) and not _MARKUP.search(content)


def _is_captions(pattern: re.Pattern[bytes]) -> Callable[[bytes], bool]:
    # Captions may have tags of their own, such as <i>; _is_text refuses those of a web page.
    return lambda content: bool(pattern.match(content.removeprefix(_BYTE_ORDER_MARK))) and _is_text(content)


def _is_office(folder: str) -> Callable[[bytes], bool]:
    """A test for documents in the Office Open XML format with this folder and without macros."""

    def matches(content: bytes) -> bool:
        if not content.startswith(b"PK\x03\x04"):
            return False
        try:
            with zipfile.ZipFile(BytesIO(content)) as package:
                names = package.namelist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError):
            return False
        has_macros = any(name.rpartition("/")[2] == _MACRO_FILE for name in names)
        return "[Content_Types].xml" in names and any(name.startswith(folder) for name in names) and not has_macros

    return matches


def _is_mp4(content: bytes) -> bool:
    return content[4:8] == b"ftyp"


_OFFICE = "application/vnd.openxmlformats-officedocument"
PDF = FileKind("PDF", "application/pdf", (".pdf",), _starts_with(b"%PDF-"))
PNG = FileKind("PNG", "image/png", (".png",), _starts_with(b"\x89PNG\r\n\x1a\n"))
JPEG = FileKind("JPEG", "image/jpeg", (".jpg", ".jpeg"), _starts_with(b"\xff\xd8\xff"))
GIF = FileKind("GIF", "image/gif", (".gif",), _starts_with(b"GIF87a", b"GIF89a"))
WEB_VTT = FileKind("WebVTT", "text/vtt", (".vtt",), _is_captions(_WEB_VTT))
SRT = FileKind("SRT", "application/x-subrip", (".srt",), _is_captions(_SRT))
TEXT = FileKind(_("plain text"), "text/plain", (".txt", ".csv", ".md"), _is_text)
WORD = FileKind("Word (docx)", f"{_OFFICE}.wordprocessingml.document", (".docx",), _is_office("word/"))
EXCEL = FileKind("Excel (xlsx)", f"{_OFFICE}.spreadsheetml.sheet", (".xlsx",), _is_office("xl/"))
POWERPOINT = FileKind("PowerPoint (pptx)", f"{_OFFICE}.presentationml.presentation", (".pptx",), _is_office("ppt/"))
MP4 = FileKind("MP4", "video/mp4", (".mp4", ".m4v", ".m4a"), _is_mp4)

CAPTIONS = (WEB_VTT, SRT)
PICTURES = (PNG, JPEG, GIF)
DOCUMENTS = (PDF, WORD, EXCEL, POWERPOINT)
ALL_KINDS = (*DOCUMENTS, *PICTURES, MP4, *CAPTIONS, TEXT)
