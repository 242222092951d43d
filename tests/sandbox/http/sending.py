"""Sending a response on a socket, correctly or with transmission faults."""

from __future__ import annotations

from collections.abc import Iterable
from socket import socket
from threading import Event

from tests.sandbox.faults.transmission import TransmissionFaults


def send(connection: socket, head: bytes, body: bytes, faults: TransmissionFaults, stopping: Event) -> None:
    """Sends a complete response at once, or truncated or byte by byte as the faults ask for."""
    if faults.truncate:
        body = body[: len(body) // 2]
    if faults.header_byte_ms:
        _drip(connection, head, faults.header_byte_ms, stopping)
        head = b""
    if faults.body_byte_ms:
        connection.sendall(head)
        _drip(connection, body, faults.body_byte_ms, stopping)
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


def _drip(connection: socket, content: bytes, byte_ms: float, stopping: Event) -> None:
    for byte in content:
        connection.sendall(bytes((byte,)))
        if stopping.wait(byte_ms / 1000):
            return
