"""Writes, file reads and file uploads as values. Their arguments are validated before they are made."""

import secrets
from dataclasses import dataclass
from typing import Generic, TypeVar

from portal.brightspace.codec.fields import encode
from portal.brightspace.endpoints.endpoint import Endpoint
from portal.brightspace.endpoints.reads import Query
from portal.brightspace.endpoints.versions import Versions
from portal.brightspace.http.client import Client
from portal.brightspace.http.downloads import Download

T = TypeVar("T")


@dataclass(frozen=True)
class FileUpload:
    """A file to send; ``part_name`` is the name of its part in the multipart body."""

    filename: str
    content_type: str
    content: bytes
    part_name: str = "file"


@dataclass(frozen=True)
class Write(Generic[T]):
    """One documented POST, PUT or DELETE with its arguments, sent once. Raises InvalidArgument for invalid ids.

    ``body`` is sent as JSON; with a ``file`` both are sent as ``multipart/mixed``, the JSON first.
    """

    endpoint: Endpoint
    answer: type[T] | None = None
    ids: tuple[tuple[str, int | str], ...] = ()
    query: Query = ()
    body: object = None
    file: FileUpload | None = None

    def __post_init__(self) -> None:
        self.endpoint.route.filled(dict(self.ids))

    def send(self, client: Client, versions: Versions) -> T | None:
        """Make the call, once. Raises any BrightspaceError; OutcomeUnknown if it may have been carried out."""
        path = self.endpoint.route.path(versions, **dict(self.ids))
        if self.file is not None:
            content, content_type = mixed(self.body, self.file)
        elif self.body is not None:
            content, content_type = encode(self.body), "application/json"
        else:
            send = {"POST": client.post, "PUT": client.put, "DELETE": client.delete}[self.endpoint.method]
            return send(path, self.answer, None, self.query)
        return client.upload(self.endpoint.method, path, content, content_type, self.answer, self.query)


@dataclass(frozen=True)
class FileRead:
    """One documented GET whose answer is a file. Raises InvalidArgument for invalid ids."""

    endpoint: Endpoint
    ids: tuple[tuple[str, int | str], ...] = ()
    query: Query = ()

    def __post_init__(self) -> None:
        self.endpoint.route.filled(dict(self.ids))

    def open(self, client: Client, versions: Versions) -> Download:
        """Make the call; the file as a stream. Raises any BrightspaceError."""
        return client.download(self.endpoint.route.path(versions, **dict(self.ids)), self.query)


def mixed(body: object, file: FileUpload) -> tuple[bytes, str]:
    """Body and content type of what Brightspace calls a *simple upload*: a JSON part, if any, and the file."""
    boundary = f"portal-{secrets.token_hex(16)}"
    parts = [] if body is None else [b"Content-Type: application/json\r\n\r\n" + encode(body)]
    disposition = f'form-data; name="{file.part_name}"; filename="{_quoted(file.filename)}"'
    head = f"Content-Disposition: {disposition}\r\nContent-Type: {file.content_type}\r\n\r\n"
    parts.append(head.encode() + file.content)
    opening = f"--{boundary}\r\n".encode()
    joined = b"\r\n".join(opening + part for part in parts)
    return joined + f"\r\n--{boundary}--\r\n".encode(), f"multipart/mixed; boundary={boundary}"


def _quoted(name: str) -> str:
    """A file name for a quoted header value: characters that could end the value or the line become blanks."""
    return "".join(" " if char in '"\\' or not char.isprintable() else char for char in name)[:255]
