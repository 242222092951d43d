"""A parser for multipart bodies, ``multipart/mixed`` and ``multipart/form-data`` alike, byte for byte.

Neither the standard library's mail parser nor Werkzeug's form parser will do: the one changes line ends inside
binary files, the other insists on a name for every part, which a JSON part has not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from werkzeug.http import parse_options_header

from tests.sandbox.api.calls import Call
from tests.sandbox.api.responses import ApiError

_LINE_END = b"\r\n"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a body; header names are in lower case."""

    headers: Mapping[str, str]
    content: bytes

    @property
    def content_type(self) -> str:
        """The part's own content type, or an empty text."""
        return self.headers.get("content-type", "")

    @property
    def is_json(self) -> bool:
        """Whether its content type is JSON."""
        return self.content_type.partition(";")[0].strip().lower() == "application/json"

    @property
    def name(self) -> str | None:
        """The name in the disposition, or None."""
        return self._disposition.get("name")

    @property
    def file_name(self) -> str | None:
        """The file name in the disposition, or None."""
        return self._disposition.get("filename")

    @property
    def _disposition(self) -> dict[str, str]:
        return parse_options_header(self.headers.get("content-disposition", ""))[1]


def is_multipart(call: Call) -> bool:
    """Whether the call's content type is multipart."""
    return _content_type(call)[0].startswith("multipart/")


def parts_of(call: Call) -> list[Part]:
    """The parts of the body; 400 when it is not multipart or not complete."""
    content_type, options = _content_type(call)
    boundary = options.get("boundary", "")
    if content_type not in ("multipart/mixed", "multipart/form-data") or not boundary:
        raise ApiError.invalid_parameters("A multipart body with a boundary is expected.")
    # The line end before a boundary belongs to the boundary, also for the first one.
    pieces = (_LINE_END + call.body).split(_LINE_END + b"--" + boundary.encode())
    if len(pieces) < 3 or not pieces[-1].startswith(b"--"):
        raise ApiError.invalid_parameters("The multipart body is not complete.")
    return [_part(piece) for piece in pieces[1:-1]]


def upload_of(call: Call) -> Part:
    """The file of a simple upload, which is the one part named ``file``; 400 when there is none."""
    files = [part for part in parts_of(call) if part.name == "file"]
    if len(files) != 1 or not files[0].file_name:
        raise ApiError.invalid_parameters("One part with the name 'file' and a file name is expected.")
    return files[0]


def _content_type(call: Call) -> tuple[str, dict[str, str]]:
    content_type, options = parse_options_header(call.headers.get("Content-Type", ""))
    return content_type.lower(), options


def _part(piece: bytes) -> Part:
    # Only blanks may follow the boundary on its line.
    head, separator, content = piece.partition(_LINE_END * 2)
    first, _, lines = head.partition(_LINE_END)
    if not separator or first.strip(b" \t"):
        raise ApiError.invalid_parameters("A part of the multipart body has no headers.")
    return Part(dict(map(_header, lines.split(_LINE_END) if lines else [])), content)


def _header(line: bytes) -> tuple[str, str]:
    name, colon, value = line.partition(b":")
    if not colon:
        raise ApiError.invalid_parameters("A part of the multipart body has a bad header.")
    return name.decode("latin-1").strip().lower(), value.decode("utf-8", "replace").strip()
