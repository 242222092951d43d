"""Reads, writes and file reads carried out with a client: the way from a value to HTTP calls and back."""

import secrets
from collections.abc import Iterator
from typing import Any, TypeVar, get_origin

from portal.brightspace.codec.fields import Page
from portal.brightspace.codec.json import encode
from portal.brightspace.endpoints.reads import Read, item_type
from portal.brightspace.endpoints.routes import Query, VersionSource
from portal.brightspace.endpoints.writes import FileRead, FileUpload, Write
from portal.brightspace.http.client import Client
from portal.brightspace.http.downloads import Download
from portal.brightspace.http.urls import MAX_IDS_IN_LIST

T = TypeVar("T")


def fetch(read: Read[T], client: Client, versions: VersionSource) -> T:
    """Make a read's calls: one, or one for each page of a list. Raises any BrightspaceError."""
    answer: Any = read.answer
    if read.cursor:
        return client.next_page(read.cursor, item_type(answer))  # type: ignore[return-value]
    path = read.endpoint.route.path(versions, **dict(read.ids))
    if get_origin(answer) is list:
        items: list[Any] = []
        for query in _split(read.query):
            items += client.list(path, item_type(answer), query)
        return items if read.order is None else sorted(items, key=read.order)  # type: ignore[return-value]
    if get_origin(answer) is Page:
        return client.page(path, item_type(answer), read.query)  # type: ignore[return-value]
    return client.get(path, read.answer, read.query)


def send(write: Write[T], client: Client, versions: VersionSource) -> T | None:
    """Make a write's call, once. Raises any BrightspaceError; OutcomeUnknown if it may have been carried out."""
    method, path = write.endpoint.method, write.endpoint.route.path(versions, **dict(write.ids))
    if write.file is not None:
        content, content_type = multipart_mixed(write.body, write.file)
    elif write.body is not None:
        content, content_type = encode(write.body), "application/json"
    else:
        call = {"POST": client.post, "PUT": client.put, "DELETE": client.delete}[method]
        return call(path, write.answer, None, write.query)
    return client.upload(method, path, content, content_type, write.answer, write.query)


def open_file(file: FileRead, client: Client, versions: VersionSource) -> Download:
    """Make a file read's call; the file as a stream. Raises any BrightspaceError."""
    return client.download(file.endpoint.route.path(versions, **dict(file.ids)), file.query)


def _split(query: Query) -> Iterator[Query]:
    """The query itself, or one query for each part of the first list in it that is too long."""
    for position, (name, value) in enumerate(query):
        if isinstance(value, tuple) and len(value) > MAX_IDS_IN_LIST:
            for start in range(0, len(value), MAX_IDS_IN_LIST):
                part = (name, value[start : start + MAX_IDS_IN_LIST])
                yield (*query[:position], part, *query[position + 1 :])
            return
    yield query


def multipart_mixed(body: object, file: FileUpload) -> tuple[bytes, str]:
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
