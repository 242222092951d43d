"""The connections to Brightspace: pooled per process, obeying the deadline at every single read.

A read timeout counts per read, so a server dripping a byte now and then holds it off for ever.
Here the response object reads through ``_Watched``, which gives every read only what is left of the
deadline; headers, body, TLS and a proxy's replies all pass through it.
"""

import http.client
import io
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, cast

import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection

from portal.brightspace.http import deadline as deadlines
from portal.brightspace.http.deadline import Deadline

CONNECTIONS = 32


class SendTrace:
    """Whether the request in flight has begun to leave this machine."""

    sent = False


_trace: ContextVar[SendTrace | None] = ContextVar("brightspace_trace", default=None)


@contextmanager
def trace_send() -> Iterator[SendTrace]:
    """Tell of the request made inside whether it has been sent."""
    trace = SendTrace()
    token = _trace.set(trace)
    try:
        yield trace
    finally:
        _trace.reset(token)


class _DeadlineReader(io.RawIOBase):
    """A socket's reading side whose every read ends at the deadline."""

    def __init__(self, inner: socket.SocketIO, sock: socket.socket, deadline: Deadline) -> None:
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
        self._sock.settimeout(left if self._patience is None else min(self._patience, left))
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
            self.fp = io.BufferedReader(_DeadlineReader(raw, sock, deadline))


class _DeadlineConnection(HTTPConnection):
    response_class = _Response

    def request(self, *args: Any, **kwargs: Any) -> None:
        # Connecting first separates "never sent" from "perhaps sent", which decides about a write.
        if self.is_closed:
            self.connect()
        trace = _trace.get()
        if trace is not None:
            trace.sent = True
        super().request(*args, **kwargs)


class _DeadlineTlsConnection(_DeadlineConnection, HTTPSConnection):
    pass


class _Pool(urllib3.HTTPConnectionPool):
    ConnectionCls = _DeadlineConnection


class _TlsPool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _DeadlineTlsConnection


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


def shared_adapter() -> HTTPAdapter:
    """The adapter every session of this process is mounted on."""
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
