"""A file on its way from Brightspace to the browser, in constant memory."""

import re
import unicodedata
from collections.abc import Iterator
from email.message import Message
from email.utils import collapse_rfc2231_value
from types import TracebackType
from typing import Self

from portal.brightspace.http.transport import IncomingResponse

_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]{0,60}/[a-z0-9][a-z0-9.+-]{0,80}")
_UNKNOWN_TYPE = "application/octet-stream"
_UNNAMED = "download"
_MAX_NAME_LENGTH = 150
_FORBIDDEN = set('<>:"/\\|?*')


class Download:
    """Iterate it for the bytes. It closes itself at the end, on an error and on leaving ``with``.

    ``content_type`` is bare type/subtype, ``filename`` safe for a header and a disk; the sender of
    either chose them, so serve the file as an attachment. ``size`` is in bytes, None if unknown.
    Iterating may raise Down, DeadlineExceeded or TruncatedResponse.
    """

    def __init__(self, incoming: IncomingResponse) -> None:
        self._incoming = incoming
        self._chunks = incoming.chunks()
        self.content_type = _content_type(incoming.headers.get("Content-Type", ""))
        self.filename = filename_from_header(incoming.headers.get("Content-Disposition", ""))
        length = incoming.headers.get("Content-Length", "")
        plain = incoming.headers.get("Content-Encoding", "identity") == "identity"
        self.size = int(length) if plain and re.fullmatch("[0-9]{1,15}", length) else None

    def __iter__(self) -> Iterator[bytes]:
        return self._chunks

    def close(self) -> None:
        """Stop reading and free the connection; harmless to repeat."""
        self._incoming.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _content_type(header: str) -> str:
    kind = header.partition(";")[0].strip().lower()
    return kind if _MEDIA_TYPE.fullmatch(kind) else _UNKNOWN_TYPE


def filename_from_header(disposition: str) -> str:
    """The bare file name a ``Content-Disposition`` gives, without path, control or bidi characters."""
    return safe_filename(_named(disposition))


def safe_filename(claimed: str) -> str:
    """``claimed`` as the bare name of a file, fit for a header and a disk."""
    name = unicodedata.normalize("NFC", claimed).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(letter for letter in name if letter.isprintable() and letter not in _FORBIDDEN).strip(" .")
    stem, dot, extension = kept.rpartition(".")
    if dot and len(extension) <= 10:
        return f"{stem[: _MAX_NAME_LENGTH - len(extension) - 1].strip(' .') or _UNNAMED}.{extension}"
    return kept[:_MAX_NAME_LENGTH] or _UNNAMED


def _named(disposition: str) -> str:
    message = Message()
    message["Content-Disposition"] = disposition.replace("\r", " ").replace("\n", " ")
    given = [value for name, value in message.get_params([], "Content-Disposition") if name == "filename"]
    extended = [value for value in given if not isinstance(value, str)]  # ``filename*``, which counts before the plain
    name = collapse_rfc2231_value((extended or given or [""])[0])
    try:  # header bytes reach us as Latin-1; many servers mean UTF-8
        return name.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return name
