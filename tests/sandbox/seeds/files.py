"""Small real files for the courses, made in code: pages, a PDF, a picture, a film and its captions."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping

PNG_WIDTH = 48
PNG_HEIGHT = 32


def page(title: str) -> bytes:
    """An HTML page. The title is not escaped: authors' pages hold whatever authors write."""
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>\n'
        f"<body><h1>{title}</h1><p>Read this page to the end.</p></body></html>\n"
    ).encode()


def pdf(title: str) -> bytes:
    """A PDF of one page that shows the title."""
    shown = title.encode("cp1252", "replace").translate(None, b"()\\")
    text = b"BT /F1 18 Tf 60 760 Td (" + shown + b") Tj ET"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    )
    body, offsets = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size, start = len(objects) + 1, len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, table)
    body += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
    return bytes(body)


def png(title: str) -> bytes:
    """A picture: a slope from one colour to another; which ones depends on the title."""
    hue = zlib.crc32(title.encode()) % 200
    row = b"".join(bytes((hue, 5 * x, 255 - hue)) for x in range(PNG_WIDTH))
    pixels = zlib.compress((b"\0" + row) * PNG_HEIGHT)
    head = struct.pack(">IIBBBBB", PNG_WIDTH, PNG_HEIGHT, 8, 2, 0, 0, 0)
    chunks = _chunk(b"IHDR", head) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def mp4(title: str) -> bytes:
    """A film as far as its boxes go: the right outside, and nothing a player could show."""
    brand = _box(b"ftyp", b"isom\0\0\2\0isomiso2mp41")
    return brand + _box(b"free", title.encode()) + _box(b"mdat", bytes(range(256)) * 8)


def web_vtt(*lines: str) -> bytes:
    """WebVTT captions, three seconds a line."""
    cues = (f"{_time(n, '.')} --> {_time(n + 1, '.')}\n{line}\n" for n, line in enumerate(lines))
    return ("WEBVTT\n\n" + "\n".join(cues)).encode()


def srt(*lines: str) -> bytes:
    """SRT captions, three seconds a line."""
    cues = (f"{n + 1}\n{_time(n, ',')} --> {_time(n + 1, ',')}\n{line}\n" for n, line in enumerate(lines))
    return "\n".join(cues).encode()


MAKERS: Mapping[str, Callable[[str], bytes]] = {
    "html": page,
    "pdf": pdf,
    "png": png,
    "mp4": mp4,
    "txt": lambda title: f"{title}\n".encode(),
}


def _time(number: int, mark: str) -> str:
    return f"00:00:{3 * number:02d}{mark}000"


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + kind + content
