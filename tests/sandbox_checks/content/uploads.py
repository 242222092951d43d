"""Multipart bodies as clients send them."""

from __future__ import annotations

import json
from typing import Any

BOUNDARY = "xxBOUNDARYxx"
MIXED = f"multipart/mixed; boundary={BOUNDARY}"
FORM = f"multipart/form-data; boundary={BOUNDARY}"


def json_part(block: Any) -> bytes:
    """A part with a JSON block; it has no disposition."""
    return b"Content-Type: application/json\r\n\r\n" + json.dumps(block).encode()


def file_part(
    content: bytes, file_name: str = "file.bin", name: str = "file", kind: str = "application/octet-stream"
) -> bytes:
    """A part with a file."""
    disposition = f'Content-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n'
    return disposition.encode() + f"Content-Type: {kind}\r\n\r\n".encode() + content


def body_of(*parts: bytes) -> bytes:
    """The parts between their boundaries."""
    pieces = b"".join(b"--%b\r\n%b\r\n" % (BOUNDARY.encode(), part) for part in parts)
    return pieces + b"--%b--\r\n" % BOUNDARY.encode()
