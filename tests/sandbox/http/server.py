"""A small threaded HTTP/1.1 server with keep-alive, without Nagle delay, and with transmission faults.

Werkzeug's own server closes every connection, which would make each call pay for a new one.
"""

from __future__ import annotations

import io
import socket
import socketserver
import ssl
import sys
import traceback
from collections.abc import Iterable
from email.message import Message
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler
from threading import Event, Lock, Thread
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from tests.sandbox.faults.transmission import TransmissionFaults
from tests.sandbox.http.sending import send, send_stream

MAX_BODY_BYTES = 64 * 1024 * 1024
MAX_LINE_BYTES = 65_537
MAX_PENDING_CONNECTIONS = 512
# By how much Content-Length exceeds a body that is truncated.
TRUNCATED_BYTES = 1000
Headers = list[tuple[str, str]]


class HttpServer(socketserver.ThreadingMixIn, socketserver.TCPServer):
    """Serves one WSGI app; each connection has a thread of its own."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    request_queue_size = MAX_PENDING_CONNECTIONS

    def __init__(
        self,
        address: tuple[str, int],
        app: Any,
        stopping: Event,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.app = app
        self.stopping = stopping
        self.tls = tls
        self._open: set[socket.socket] = set()
        self._lock = Lock()
        super().__init__(address, _RequestHandler)

    def get_request(self) -> tuple[socket.socket, Any]:
        """Accepts a connection; TCP_NODELAY sends headers and body at once, without waiting for an ACK."""
        connection, address = super().get_request()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self.tls is not None:
            connection = self.tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        with self._lock:
            self._open.add(connection)
        return connection, address

    def shutdown_request(self, request: Any) -> None:
        """Closes one connection."""
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def start(self) -> Thread:
        """Serves in a thread of its own."""
        thread = Thread(target=self.serve_forever, args=(0.02,), daemon=True, name="sandbox")
        thread.start()
        return thread

    def stop(self) -> None:
        """Stops accepting and closes all connections, idle and busy ones."""
        self.stopping.set()
        self.shutdown()
        self.server_close()
        with self._lock:
            connections = list(self._open)
        for connection in connections:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignores clients that went away; any other error is a bug and gets a traceback."""
        if not isinstance(sys.exc_info()[1], OSError):
            traceback.print_exc()


class _RequestHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: HttpServer

    def log_message(self, format: str, *args: Any) -> None:
        """Prints nothing: the request log is read through the control API."""

    def handle_one_request(self) -> None:
        """Reads one request and responds to it."""
        self.raw_requestline = self.rfile.readline(MAX_LINE_BYTES)
        if not self.raw_requestline or not self.parse_request():
            self.close_connection = True
            return
        body = self._read_body()
        if body is None:
            self.close_connection = True
            self.send_error(413)
            return
        self._respond(body)

    def _read_body(self) -> bytes | None:
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            return self._read_chunks()
        length = self.headers.get("Content-Length", "0")
        if not length.isdecimal() or int(length) > MAX_BODY_BYTES:
            return None
        return self.rfile.read(int(length))

    def _read_chunks(self) -> bytes | None:
        body = bytearray()
        while size := int(self.rfile.readline(32).split(b";")[0] or b"0", 16):
            if len(body) + size > MAX_BODY_BYTES:
                return None
            body += self.rfile.read(size)
            self.rfile.readline(4)
        while self.rfile.readline(MAX_LINE_BYTES).strip():
            continue
        return bytes(body)

    def _environ(self, body: bytes, faults: TransmissionFaults) -> dict[str, Any]:
        """The WSGI environ. The body has been read completely, so the application sees no chunked transfer."""
        target = urlsplit(self.path)
        host, port = self.server.server_address[:2]
        return {
            "REQUEST_METHOD": self.command,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(target.path).decode("latin-1"),
            "QUERY_STRING": target.query,
            "REQUEST_URI": self.path,
            "REMOTE_ADDR": self.client_address[0],
            "SERVER_NAME": str(host),
            "SERVER_PORT": str(port),
            "SERVER_PROTOCOL": self.request_version,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "https" if self.server.tls else "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            "sandbox.transmission": faults,
            **_header_variables(self.headers),
            "CONTENT_LENGTH": str(len(body)),
        }

    def _respond(self, body: bytes) -> None:
        faults = TransmissionFaults()
        status, headers, content = self._run(self._environ(body, faults))
        try:
            if not faults.drop:
                self._send(status, headers, content, faults)
        finally:
            if hasattr(content, "close"):
                content.close()
        if faults.ends_connection:
            self.close_connection = True

    def _run(self, environ: dict[str, Any]) -> tuple[str, Headers, Iterable[bytes]]:
        started: list[tuple[str, Headers]] = []

        def start_response(status: str, headers: Headers, error: Any = None) -> None:
            started.append((status, headers))

        try:
            content = self.server.app(environ, start_response)
        except Exception:
            # A bug of the sandbox: shown on its console, and to the client as a plain 500.
            traceback.print_exc()
            message = b"The sandbox itself failed; see its console."
            return "500 Internal Server Error", [("Content-Type", "text/plain")], [message]
        status, headers = started[-1]
        return status, headers, content

    def _send(self, status: str, headers: Headers, content: Iterable[bytes], faults: TransmissionFaults) -> None:
        has_body = self.command != "HEAD" and status[:3] not in ("204", "304")
        has_length = any(name.lower() == "content-length" for name, _ in headers)
        whole = b"".join(content) if isinstance(content, list | tuple) else None
        framing = _framing(whole, faults) if has_body and not has_length else []
        head = self._head(status, [*headers, ("Date", formatdate(usegmt=True)), *framing])
        if not has_body:
            whole = b""
        if whole is not None:
            send(self.connection, head, whole, faults, self.server.stopping)
        else:
            send_stream(self.connection, head, content, chunked=bool(framing))

    def _head(self, status: str, headers: Headers) -> bytes:
        closing = [("Connection", "close")] if self.close_connection else []
        lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers + closing)]
        return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"


def _framing(whole: bytes | None, faults: TransmissionFaults) -> Headers:
    """The header that says where the body ends; chunks for a body of unknown length."""
    if whole is None:
        return [("Transfer-Encoding", "chunked")]
    return [("Content-Length", str(len(whole) + (TRUNCATED_BYTES if faults.truncate else 0)))]


def _header_variables(headers: Message) -> dict[str, str]:
    variables: dict[str, str] = {}
    for name, value in headers.items():
        key = name.upper().replace("-", "_")
        if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            key = f"HTTP_{key}"
        variables[key] = f"{variables[key]},{value}" if key in variables else value
    variables.pop("HTTP_TRANSFER_ENCODING", None)
    return variables
