"""Multipart bodies, ``multipart/mixed`` and ``multipart/form-data`` alike, taken apart byte for byte.

Neither the standard library's mail parser nor Werkzeug's form parser will do: the one changes line
ends inside binary files, the other insists on a name for every part, which a JSON part has not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from werkzeug.http import parse_options_header

from tests.sandbox.answers import Refusal
from tests.sandbox.routing import Call

_LINE = b"\r\n"


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its headers in lower case, and what the disposition calls it."""

    headers: Mapping[str, str]
    content: bytes

    @property
    def content_type(self) -> str:
        """The part's own content type, or nothing."""
        return self.headers.get("content-type", "")

    @property
    def is_json(self) -> bool:
        """Whether it carries a JSON block."""
        return self.content_type.partition(";")[0].strip().lower() == "application/json"

    @property
    def name(self) -> str | None:
        """The name in the disposition, None when it has none."""
        return self._disposition.get("name")

    @property
    def file_name(self) -> str | None:
        """The file name in the disposition, None when it has none."""
        return self._disposition.get("filename")

    @property
    def _disposition(self) -> dict[str, str]:
        return parse_options_header(self.headers.get("content-disposition", ""))[1]


def is_multipart(call: Call) -> bool:
    """Whether the body says it has parts."""
    return _type(call)[0].startswith("multipart/")


def parts_of(call: Call) -> list[Part]:
    """The parts of the body; 400 when it is not multipart, or not whole."""
    kind, options = _type(call)
    boundary = options.get("boundary", "")
    if kind not in ("multipart/mixed", "multipart/form-data") or not boundary:
        raise Refusal.invalid_parameters("A multipart body with a boundary is expected.")
    # The line end before a boundary belongs to the boundary, also for the first one.
    pieces = (_LINE + call.body).split(_LINE + b"--" + boundary.encode())
    if len(pieces) < 3 or not pieces[-1].startswith(b"--"):
        raise Refusal.invalid_parameters("The multipart body is not complete.")
    return [_part(piece) for piece in pieces[1:-1]]


def upload_of(call: Call) -> Part:
    """The file of a simple upload: the one part whose name is ``file``; 400 when there is none."""
    found = [part for part in parts_of(call) if part.name == "file"]
    if len(found) != 1 or not found[0].file_name:
        raise Refusal.invalid_parameters("One part with the name 'file' and a file name is expected.")
    return found[0]


def _type(call: Call) -> tuple[str, dict[str, str]]:
    kind, options = parse_options_header(call.headers.get("Content-Type", ""))
    return kind.lower(), options


def _part(piece: bytes) -> Part:
    # What follows the boundary on its line is only blanks.
    head, separator, content = piece.partition(_LINE * 2)
    first, _, lines = head.partition(_LINE)
    if not separator or first.strip(b" \t"):
        raise Refusal.invalid_parameters("A part of the multipart body has no headers.")
    headers = {}
    for line in lines.split(_LINE) if lines else []:
        name, colon, value = line.partition(b":")
        if not colon:
            raise Refusal.invalid_parameters("A part of the multipart body has a bad header.")
        headers[name.decode("latin-1").strip().lower()] = value.decode("utf-8", "replace").strip()
    return Part(headers, content)
