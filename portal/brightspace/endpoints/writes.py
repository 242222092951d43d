"""Writes, file reads and file uploads as values. Their arguments are validated before they are made."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from portal.brightspace.endpoints.routes import Endpoint, Query

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


@dataclass(frozen=True)
class FileRead:
    """One documented GET whose answer is a file. Raises InvalidArgument for invalid ids."""

    endpoint: Endpoint
    ids: tuple[tuple[str, int | str], ...] = ()
    query: Query = ()

    def __post_init__(self) -> None:
        self.endpoint.route.filled(dict(self.ids))
