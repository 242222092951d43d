"""Downloads: files streamed from Brightspace in constant memory, with safe names and types."""

import re
import unicodedata
from collections.abc import Iterator
from email.message import Message
from email.utils import collapse_rfc2231_value
from types import TracebackType
from typing import Self

from portal.brightspace.http.incoming import IncomingResponse

_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]{0,60}/[a-z0-9][a-z0-9.+-]{0,80}")
_UNKNOWN_MEDIA_TYPE = "application/octet-stream"
_DEFAULT_NAME = "download"
_MAX_NAME_LENGTH = 150
_FORBIDDEN_CHARACTERS = set('<>:"/\\|?*')


class Download:
    """A file as a stream of bytes; closed at its end, on an error and on leaving ``with``.

    ``content_type`` is type/subtype without parameters; ``filename`` is safe for a header and a disk. Both were chosen
    by whoever uploaded the file, so serve it as an attachment. ``size`` is in bytes, None if unknown. Iterating may
    raise Unavailable, DeadlineExceeded, TruncatedResponse or UnexpectedResponse.
    """

    def __init__(self, incoming: IncomingResponse) -> None:
        self._incoming = incoming
        self._chunks = incoming.chunks()
        self.content_type = _content_type(incoming.headers.get("Content-Type", ""))
        self.filename = filename_from_header(incoming.headers.get("Content-Disposition", ""))
        length = incoming.headers.get("Content-Length", "")
        is_plain = incoming.headers.get("Content-Encoding", "identity") == "identity"
        self.size = int(length) if is_plain and re.fullmatch("[0-9]{1,15}", length) else None

    def __iter__(self) -> Iterator[bytes]:
        return self._chunks

    def close(self) -> None:
        """Stop reading and release the connection; may be called again."""
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
    media_type = header.partition(";")[0].strip().lower()
    return media_type if _MEDIA_TYPE.fullmatch(media_type) else _UNKNOWN_MEDIA_TYPE


def filename_from_header(disposition: str) -> str:
    """The safe file name in a ``Content-Disposition`` header; ``download`` if it has none."""
    return safe_filename(_filename_parameter(disposition))


def safe_filename(filename: str) -> str:
    """The name without folders, control, bidi or reserved characters, at most 150 characters long."""
    name = unicodedata.normalize("NFC", filename).replace("\\", "/").rsplit("/", 1)[-1]
    allowed = (char for char in name if char.isprintable() and char not in _FORBIDDEN_CHARACTERS)
    safe = "".join(allowed).strip(" .")
    stem, dot, extension = safe.rpartition(".")
    if dot and len(extension) <= 10:
        return f"{stem[: _MAX_NAME_LENGTH - len(extension) - 1].strip(' .') or _DEFAULT_NAME}.{extension}"
    return safe[:_MAX_NAME_LENGTH] or _DEFAULT_NAME


def _filename_parameter(disposition: str) -> str:
    message = Message()
    message["Content-Disposition"] = disposition.replace("\r", " ").replace("\n", " ")
    values = [value for name, value in message.get_params([], "Content-Disposition") if name == "filename"]
    extended = [value for value in values if not isinstance(value, str)]  # ``filename*``, which takes precedence
    name = collapse_rfc2231_value((extended or values or [""])[0])
    try:  # headers are decoded as Latin-1; many servers send UTF-8
        return name.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return name
