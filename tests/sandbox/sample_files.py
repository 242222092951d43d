"""Small files made in code: PNG and SVG pictures, PDF and HTML pages, a video and its captions."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from functools import cache

DISC_SIDE_PX = 96
GRADIENT_WIDTH_PX, GRADIENT_HEIGHT_PX = 48, 32
_A4 = "[0 0 595 842]"
_RGB, _RGB_ALPHA = 2, 6


@cache
def png(red: int, green: int, blue: int) -> bytes:
    """A disc of this colour on a transparent square, as a PNG."""
    centre, radius_squared = (DISC_SIDE_PX - 1) / 2, (DISC_SIDE_PX / 2 - 4) ** 2
    rows = []
    for y in range(DISC_SIDE_PX):
        inside = [(x - centre) ** 2 + (y - centre) ** 2 <= radius_squared for x in range(DISC_SIDE_PX)]
        rows.append(b"".join(bytes((red, green, blue, 255)) if is_inside else b"\0\0\0\0" for is_inside in inside))
    return _png(DISC_SIDE_PX, _RGB_ALPHA, rows)


@cache
def gradient_png(title: str) -> bytes:
    """A gradient of two colours that depend on the title, as a PNG."""
    hue = zlib.crc32(title.encode()) % 200
    row = b"".join(bytes((hue, 5 * x, 255 - hue)) for x in range(GRADIENT_WIDTH_PX))
    return _png(GRADIENT_WIDTH_PX, _RGB, [row] * GRADIENT_HEIGHT_PX)


def svg(colour: str, letter: str) -> bytes:
    """A disc with one letter on it, as an SVG."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96">'
        f'<circle cx="48" cy="48" r="44" fill="{colour}"/>'
        f'<text x="48" y="62" font-family="sans-serif" font-size="40" text-anchor="middle" fill="#fff">{letter}</text>'
        "</svg>"
    ).encode()


def html_page(title: str) -> bytes:
    """An HTML page. The title is not escaped: course authors' pages contain any markup."""
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>\n'
        f"<body><h1>{title}</h1><p>Read this page to the end.</p></body></html>\n"
    ).encode()


def pdf(lines: Sequence[str]) -> bytes:
    """One A4 page with these lines; characters outside Windows-1252 become ``?``."""
    text = b"".join(b"(%b) Tj T* " % _escaped(line) for line in lines)
    drawing = b"BT /F1 22 Tf 72 720 Td 34 TL " + text + b"ET"
    return _pdf_document(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            f"<< /Type /Page /Parent 2 0 R /MediaBox {_A4} /Contents 4 0 R"
            " /Resources << /Font << /F1 5 0 R >> >> >>".encode(),
            b"<< /Length %d >>\nstream\n%b\nendstream" % (len(drawing), drawing),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        ]
    )


def mp4(title: str) -> bytes:
    """The boxes of an MP4 video, without anything a player could show."""
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


def _png(width: int, colour_type: int, rows: Sequence[bytes]) -> bytes:
    header = struct.pack(">IIBBBBB", width, len(rows), 8, colour_type, 0, 0, 0)
    # Each row starts with its filter type, here 0 for none.
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows))
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _pdf_document(objects: Sequence[bytes]) -> bytes:
    content, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(objects) + 1
    return (
        content
        + b"xref\n0 %d\n0000000000 65535 f \n%b" % (count, table)
        + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(content))
    )


def _escaped(line: str) -> bytes:
    plain = " ".join(line.split()).encode("cp1252", "replace")
    return plain.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + kind + content


def _time(number: int, separator: str) -> str:
    return f"00:00:{3 * number:02d}{separator}000"
