"""Sending one request: pooled connections, no shared state between people, one total deadline.

A read timeout counts per read, so a server dripping a byte now and then holds it off for ever.
Here the response object reads through ``_Watched``, which gives every single read only what is left
of the deadline; headers, body, TLS and proxy replies all pass through it.
"""

import http.client
import io
import os
import re
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, cast

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection

from . import deadline as deadlines
from .configuration import Configuration
from .deadline import Deadline
from .errors import CutShort, Down, OutOfTime, SignInExpired, Unreadable

CONNECTIONS = 32
LARGEST_BODY = 8 * 1024 * 1024
LARGEST_ERROR_BODY = 64 * 1024
_CHUNK = 64 * 1024
_TOKEN = re.compile(r"[\x21-\x7e]+")


class _Trace:
    """Whether the request in flight has begun to leave this machine."""

    sent = False


_trace: ContextVar[_Trace | None] = ContextVar("brightspace_trace", default=None)


class _Watched(io.RawIOBase):
    """A socket's reading side whose every read ends at the deadline."""

    def __init__(
        self, inner: socket.SocketIO, sock: socket.socket, deadline: Deadline
    ) -> None:
        self._inner = inner
        self._sock = sock
        self._patience = sock.gettimeout()
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._deadline.remaining()
        if not left:
            raise TimeoutError("the deadline has passed")
        self._sock.settimeout(
            left if self._patience is None else min(self._patience, left)
        )
        return self._inner.readinto(buffer)

    def close(self) -> None:
        self._inner.close()
        super().close()


class _Response(http.client.HTTPResponse):
    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        deadline = deadlines.current()
        if deadline is not None:
            raw = cast(socket.SocketIO, self.fp.detach())
            self.fp = io.BufferedReader(_Watched(raw, sock, deadline))


class _Obedient(HTTPConnection):
    response_class = _Response

    def request(self, *args: Any, **kwargs: Any) -> None:
        # Connecting first separates "never sent" from "perhaps sent", which decides about a write.
        if self.is_closed:
            self.connect()
        trace = _trace.get()
        if trace is not None:
            trace.sent = True
        super().request(*args, **kwargs)


class _ObedientTls(_Obedient, HTTPSConnection):
    pass


class _Pool(urllib3.HTTPConnectionPool):
    ConnectionCls = _Obedient


class _TlsPool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _ObedientTls


_POOLS = {"http": _Pool, "https": _TlsPool}


class _SharedAdapter(HTTPAdapter):
    """One per process: keeps the connections while the sessions using it come and go."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **kwargs)
        manager.pool_classes_by_scheme = _POOLS
        return manager

    def close(self) -> None:
        """Do nothing: a closing session must not close everybody's connections."""


_adapter: _SharedAdapter | None = None
_adapter_lock = threading.Lock()


def _shared_adapter() -> _SharedAdapter:
    global _adapter
    with _adapter_lock:
        if _adapter is None:
            _adapter = _SharedAdapter(
                pool_connections=4,
                pool_maxsize=CONNECTIONS,
                max_retries=0,
                pool_block=False,
            )
        return _adapter


def _forget_connections() -> None:
    """A forked child must not write into the sockets its parent still uses."""
    global _adapter, _adapter_lock
    _adapter, _adapter_lock = None, threading.Lock()


os.register_at_fork(after_in_child=_forget_connections)


def session(configuration: Configuration) -> requests.Session:
    """A light session for one call: a cookie jar of its own on connections shared by the process."""
    light = requests.Session()
    prepare(light, configuration)
    light.headers.update(
        {
            "Accept": "application/json",
            "Accept-Encoding": "gzip",
            "User-Agent": "TeamPortal",
        }
    )
    return light


def prepare(session: requests.Session, configuration: Configuration) -> None:
    """Put ``session`` on the shared connections, cut off from the environment.

    It reads no .netrc and no proxy variable: proxy and CA bundle come from ``configuration`` only.
    Its calls obey the deadline in force where they are made.
    """
    session.trust_env = False
    session.mount("https://", _shared_adapter())
    session.mount("http://", _shared_adapter())
    session.verify = configuration.ca_bundle or True
    if configuration.proxy:
        session.proxies = {"http": configuration.proxy, "https": configuration.proxy}
    # Not following redirects is not enough: requests reads a redirect's whole body to name its target.
    session.get_redirect_target = _no_redirect  # type: ignore[method-assign, assignment]


def _no_redirect(response: requests.Response) -> None:
    return None


class _Bearer(requests.auth.AuthBase):
    def __init__(self, token: str) -> None:
        # A header with a line break in it would be refused with the token quoted in the message.
        if not _TOKEN.fullmatch(token):
            raise SignInExpired()
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A request: method, path with query, body (JSON) if any, further headers."""

    method: str
    target: str
    body: bytes | None = None
    headers: Mapping[str, str] | None = None


class Incoming:
    """A reply whose headers have arrived; its body is read on demand and never beyond a limit."""

    def __init__(self, response: requests.Response, deadline: Deadline) -> None:
        self.status = response.status_code
        self.headers: Mapping[str, str] = response.headers
        self._raw: urllib3.HTTPResponse = response.raw
        self._deadline = deadline

    def read(self) -> bytes:
        """The body: of a 2xx whole, of an error what can be had of its first 64 KB."""
        if 200 <= self.status < 300:
            return b"".join(self.chunks(LARGEST_BODY))
        parts: list[bytes] = []
        if self.status >= 400:
            try:
                parts.extend(self.chunks(LARGEST_ERROR_BODY))
            except (Down, Unreadable):
                pass  # the status alone says enough
        self.close()
        return b"".join(parts)

    def chunks(self, limit: int | None = None) -> Iterator[bytes]:
        """The decoded body piece by piece, up to ``limit`` bytes; then the connection is given back.

        Raises Unreadable above the limit, CutShort for a body that ends early, Down, OutOfTime.
        """
        total = 0
        try:
            while piece := self._piece():
                total += len(piece)
                if limit is not None and total > limit:
                    raise Unreadable("far more data than was asked for")
                yield piece
        finally:
            self.close()

    def _piece(self) -> bytes:
        try:
            return self._raw.read1(_CHUNK, decode_content=True)
        except urllib3.exceptions.ReadTimeoutError as error:
            raise _timed_out(self._deadline, sent=True) from error
        except urllib3.exceptions.DecodeError as error:
            raise Unreadable(reason="content encoding") from error
        except urllib3.exceptions.HTTPError as error:
            raise CutShort("connection ended inside the body") from error

    def close(self) -> None:
        """Give the connection back if all was read, else drop it; harmless to repeat."""
        self._raw.close()


def send(
    outgoing: Outgoing, *, token: str, deadline: Deadline, configuration: Configuration
) -> Incoming:
    """Send once and return as soon as the headers are there. An empty token sends none.

    Raises OutOfTime or Down, whose ``sent`` tells whether anything may have left; SignInExpired
    for a token that is none.
    """
    auth = _Bearer(token) if token else None
    with (
        deadline.obeyed() as effective,
        _traced() as trace,
        session(configuration) as light,
    ):
        if effective.expired:
            raise OutOfTime(sent=False)
        left = effective.remaining()
        try:
            response = light.request(
                outgoing.method,
                configuration.url + outgoing.target,
                data=outgoing.body,
                headers=outgoing.headers,
                auth=auth,
                stream=True,
                allow_redirects=False,
                timeout=(
                    min(configuration.connect_timeout, left),
                    configuration.read_timeout,
                ),
            )
        except requests.Timeout as error:
            raise _timed_out(effective, sent=trace.sent) from error
        except (requests.ConnectionError, urllib3.exceptions.HTTPError) as error:
            raise Down(sent=trace.sent) from error
        return Incoming(response, effective)


@contextmanager
def _traced() -> Iterator[_Trace]:
    trace = _Trace()
    token = _trace.set(trace)
    try:
        yield trace
    finally:
        _trace.reset(token)


def _timed_out(deadline: Deadline, *, sent: bool) -> Down:
    # A socket may wake a hair before the moment it was told to wait for.
    return OutOfTime(sent=sent) if deadline.remaining() < 0.02 else Down(sent=sent)
