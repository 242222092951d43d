"""How what is known of an uploaded file is stored with its check: packed small, and read back typed."""

import zlib
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")
Stored = bytes | memoryview  # what a binary field gives, depending on the database
LEVEL = 1  # of compression: names and ids become a third, and larger files are a matter of a second


def pack(value: Any) -> bytes:
    """A value of msgspec's as bytes for a binary field."""
    return compress(msgspec.msgpack.encode(value))


def unpack(data: Stored, kind: type[T]) -> T:
    """What ``pack`` was given."""
    return msgspec.msgpack.decode(decompress(data), type=kind)


def compress(data: bytes) -> bytes:
    """A file's content as bytes for a binary field."""
    return zlib.compress(data, LEVEL)


def decompress(data: Stored) -> bytes:
    """What ``compress`` was given."""
    return zlib.decompress(data)
