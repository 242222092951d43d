"""Small real files made in code: pictures for awards, pages for certificates."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from functools import cache

_SIDE = 96
_PAGE = "[0 0 595 842]"


@cache
def png(red: int, green: int, blue: int) -> bytes:
    """A disc of this colour on a transparent square, as a PNG."""
    middle, reach = (_SIDE - 1) / 2, (_SIDE / 2 - 4) ** 2
    rows = bytearray()
    for y in range(_SIDE):
        rows.append(0)  # this row is stored unfiltered
        inside = [(x - middle) ** 2 + (y - middle) ** 2 <= reach for x in range(_SIDE)]
        rows += b"".join(bytes((red, green, blue, 255)) if one else b"\0\0\0\0" for one in inside)
    header = struct.pack(">IIBBBBB", _SIDE, _SIDE, 8, 6, 0, 0, 0)
    chunks = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(bytes(rows))) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def svg(colour: str, letter: str) -> bytes:
    """A disc with one letter on it, as an SVG."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96">'
        f'<circle cx="48" cy="48" r="44" fill="{colour}"/>'
        f'<text x="48" y="62" font-family="sans-serif" font-size="40" text-anchor="middle" fill="#fff">{letter}</text>'
        "</svg>"
    ).encode()


def pdf(lines: Sequence[str]) -> bytes:
    """One A4 page with these lines; what Helvetica's Latin letters lack shows as ``?``."""
    shown = b"".join(b"(%b) Tj T* " % _escaped(line) for line in lines)
    drawing = b"BT /F1 22 Tf 72 720 Td 34 TL " + shown + b"ET"
    return _document(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            f"<< /Type /Page /Parent 2 0 R /MediaBox {_PAGE} /Contents 4 0 R"
            " /Resources << /Font << /F1 5 0 R >> >> >>".encode(),
            b"<< /Length %d >>\nstream\n%b\nendstream" % (len(drawing), drawing),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        ]
    )


def _document(objects: Sequence[bytes]) -> bytes:
    content, starts = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        starts.append(len(content))
        content += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    count = len(objects) + 1
    return (
        content
        + b"xref\n0 %d\n0000000000 65535 f \n%b" % (count, table)
        + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(content))
    )


def _escaped(line: str) -> bytes:
    plain = " ".join(line.split()).encode("cp1252", "replace")
    return plain.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
