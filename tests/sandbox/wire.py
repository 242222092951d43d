"""Putting a reply on the wire, well or badly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from socket import socket
from threading import Event


@dataclass
class Wire:
    """How the bytes of one reply are to be mishandled; by default not at all."""

    drop: bool = False
    truncate: bool = False
    close_silently: bool = False
    body_byte_ms: float = 0
    header_byte_ms: float = 0

    @property
    def ends_connection(self) -> bool:
        """Whether the connection cannot be used for another request."""
        return self.drop or self.truncate or self.close_silently


def send(connection: socket, head: bytes, body: bytes, wire: Wire, stopping: Event) -> None:
    """Sends a complete reply in one piece, or as ``wire`` wants it."""
    if wire.truncate:
        body = body[: len(body) // 2]
    if wire.header_byte_ms:
        _drip(connection, head, wire.header_byte_ms, stopping)
        head = b""
    if wire.body_byte_ms:
        connection.sendall(head)
        _drip(connection, body, wire.body_byte_ms, stopping)
    else:
        connection.sendall(head + body)


def send_stream(connection: socket, head: bytes, body: Iterable[bytes], chunked: bool) -> None:
    """Sends a body piece by piece in constant memory."""
    connection.sendall(head)
    for piece in body:
        if piece:
            connection.sendall(b"%x\r\n%b\r\n" % (len(piece), piece) if chunked else piece)
    if chunked:
        connection.sendall(b"0\r\n\r\n")


def _drip(connection: socket, content: bytes, every_ms: float, stopping: Event) -> None:
    for byte in content:
        connection.sendall(bytes((byte,)))
        if stopping.wait(every_ms / 1000):
            return
