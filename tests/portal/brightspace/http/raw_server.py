"""A small server on a real socket that can misbehave in ways no framework allows."""

import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import BinaryIO, Self


@dataclass(frozen=True)
class Request:
    """A request as it arrived."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


Answer = Callable[[Request, socket.socket], None]


def reply(body: bytes = b"{}", status: int = 200, headers: Mapping[str, str] | None = None) -> bytes:
    """A complete, well-formed response."""
    fields = {"Content-Type": "application/json", "Content-Length": str(len(body))}
    fields.update(headers or {})
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status} Status\r\n{head}\r\n".encode() + body


@dataclass
class RawServer:
    """Answers each request with the next entry of ``script``, the last one repeatedly; records ``requests``."""

    script: list[bytes | Answer] = field(default_factory=lambda: [reply()])
    requests: list[Request] = field(default_factory=list)
    connections: int = 0

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._open: set[socket.socket] = set()
        self.port: int = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._listener.close()
        with self._lock:
            for connection in self._open:
                connection.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                self.connections += 1
                self._open.add(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            with connection, connection.makefile("rb") as stream:
                while request := _read_request(stream):
                    self._next_answer(request)(request, connection)
        except (OSError, ValueError):
            return  # the client has closed the connection, or the test has ended

    def _next_answer(self, request: Request) -> Answer:
        with self._lock:
            self.requests.append(request)
            answer = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if isinstance(answer, bytes):
            reply_bytes = answer
            return lambda _, connection: connection.sendall(reply_bytes)
        return answer


def _read_request(stream: BinaryIO) -> Request | None:
    line = stream.readline()
    if not line:
        return None
    method, target, _ = line.decode().split(" ", 2)
    headers: dict[str, str] = {}
    while line := stream.readline().strip():
        name, _, value = line.decode("latin-1").partition(":")
        headers[name.title()] = value.strip()
    body = stream.read(int(headers.get("Content-Length", "0")))
    return Request(method, target, headers, body)


def drop(_: Request, connection: socket.socket) -> None:
    """Take the request and close the connection without a response."""
    connection.shutdown(socket.SHUT_RDWR)


def drip(head: bytes, chunk: bytes, seconds: float) -> Answer:
    """Send ``head``, then ``chunk`` every ``seconds`` without end."""
    never = threading.Event()

    def answer(_: Request, connection: socket.socket) -> None:
        connection.sendall(head)
        while not never.wait(seconds):
            connection.sendall(chunk)

    return answer
