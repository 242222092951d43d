"""A small threaded HTTP/1.1 server: keep-alive, no Nagle delay, and faults on the wire.

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
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler
from threading import Event, Lock, Thread
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from tests.sandbox.wire import Wire, send, send_stream

BODY_LIMIT = 64 * 1024 * 1024
BACKLOG = 512


class HttpServer(socketserver.ThreadingMixIn, socketserver.TCPServer):
    """Serves one WSGI app; each connection has a thread of its own."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    request_queue_size = BACKLOG

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
        super().__init__(address, _Connection)

    def get_request(self) -> tuple[socket.socket, Any]:
        """Accepts a connection; headers and body must leave at once, not wait for an ACK."""
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
        """Stops accepting and cuts all connections, idle and busy ones."""
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
        """A client that went away is no news; anything else is a bug worth a traceback."""
        if not isinstance(sys.exc_info()[1], OSError):
            traceback.print_exc()


class _Connection(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: HttpServer

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing: the request log is read through the control face."""

    def handle_one_request(self) -> None:
        """Reads one request and answers it."""
        self.raw_requestline = self.rfile.readline(65537)
        if not self.raw_requestline or not self.parse_request():
            self.close_connection = True
            return
        body = self._read_body()
        if body is None:
            self.close_connection = True
            self.send_error(413)
            return
        self._answer(body)

    def _read_body(self) -> bytes | None:
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            return self._read_chunks()
        length = self.headers.get("Content-Length", "0")
        if not length.isdecimal() or int(length) > BODY_LIMIT:
            return None
        return self.rfile.read(int(length))

    def _read_chunks(self) -> bytes | None:
        body = bytearray()
        while size := int(self.rfile.readline(32).split(b";")[0] or b"0", 16):
            if len(body) + size > BODY_LIMIT:
                return None
            body += self.rfile.read(size)
            self.rfile.readline(4)
        while self.rfile.readline(65537).strip():
            continue
        return bytes(body)

    def _environ(self, body: bytes, wire: Wire) -> dict[str, Any]:
        target = urlsplit(self.path)
        host, port = self.server.server_address[:2]
        environ: dict[str, Any] = {
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
            "sandbox.wire": wire,
        }
        for name, value in self.headers.items():
            key = name.upper().replace("-", "_")
            if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
                key = f"HTTP_{key}"
            environ[key] = f"{environ[key]},{value}" if key in environ else value
        # The body was read whole, however it came; the app need not know that it came in chunks.
        environ["CONTENT_LENGTH"] = str(len(body))
        environ.pop("HTTP_TRANSFER_ENCODING", None)
        return environ

    def _answer(self, body: bytes) -> None:
        wire = Wire()
        status, headers, content = self._run(self._environ(body, wire))
        try:
            if not wire.drop:
                self._send(status, headers, content, wire)
        finally:
            if hasattr(content, "close"):
                content.close()
        if wire.ends_connection:
            self.close_connection = True

    def _run(self, environ: dict[str, Any]) -> tuple[str, list[tuple[str, str]], Iterable[bytes]]:
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def start_response(status: str, headers: list[tuple[str, str]], error: Any = None) -> None:
            started.append((status, headers))

        try:
            content = self.server.app(environ, start_response)
        except Exception:
            # A bug of the stand-in: shown on its console, and plainly to whoever called.
            traceback.print_exc()
            message = b"The sandbox itself failed; see its console."
            return "500 Internal Server Error", [("Content-Type", "text/plain")], [message]
        status, headers = started[-1]
        return status, headers, content

    def _send(self, status: str, headers: list[tuple[str, str]], content: Iterable[bytes], wire: Wire) -> None:
        bodiless = self.command == "HEAD" or status[:3] in ("204", "304")
        lengths = [value for name, value in headers if name.lower() == "content-length"]
        whole = b"".join(content) if isinstance(content, list | tuple) else None
        chunked = whole is None and not lengths and not bodiless
        extra = [("Date", formatdate(usegmt=True))]
        if whole is not None and not lengths and not bodiless:
            extra.append(("Content-Length", str(len(whole) + (1000 if wire.truncate else 0))))
        if chunked:
            extra.append(("Transfer-Encoding", "chunked"))
        if self.close_connection:
            extra.append(("Connection", "close"))
        lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers + extra)]
        head = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"
        if bodiless:
            content = whole = b""  # type: ignore[assignment]
        if whole is not None:
            send(self.connection, head, whole, wire, self.server.stopping)
        else:
            send_stream(self.connection, head, content, chunked)
