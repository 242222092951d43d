"""Connections to Brightspace: one pool per process, every read of a socket limited by the deadline.

A socket's timeout counts for each read anew, so a server that sends a byte now and then could hold a call up without
end. Therefore responses are read through ``_DeadlineReader``, which limits each read to the time left until the
deadline. Headers, body and the replies of a proxy are all read through it, with and without TLS.
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

CONNECTIONS = 32  # of the pool; also the threads of the fan-out's executor


class SendTrace:
    """Whether sending of a request has begun."""

    sent = False


_trace: ContextVar[SendTrace | None] = ContextVar("brightspace_trace", default=None)


@contextmanager
def trace_send() -> Iterator[SendTrace]:
    """Records whether the request made inside the block has been sent."""
    trace = SendTrace()
    token = _trace.set(trace)
    try:
        yield trace
    finally:
        _trace.reset(token)


class _DeadlineReader(io.RawIOBase):
    """The reading side of a socket; each read ends at the deadline at the latest."""

    def __init__(self, inner: socket.SocketIO, sock: socket.socket, deadline: Deadline) -> None:
        self._inner = inner
        self._sock = sock
        self._read_timeout = sock.gettimeout()
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        seconds_left = self._deadline.remaining()
        if not seconds_left:
            raise TimeoutError("the deadline has passed")
        self._sock.settimeout(seconds_left if self._read_timeout is None else min(self._read_timeout, seconds_left))
        return self._inner.readinto(buffer)

    def close(self) -> None:
        self._inner.close()
        super().close()


class _DeadlineResponse(http.client.HTTPResponse):
    """A response whose socket is read until the deadline in force at most."""

    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        deadline = deadlines.current()
        if deadline is not None:
            raw = cast(socket.SocketIO, self.fp.detach())
            self.fp = io.BufferedReader(_DeadlineReader(raw, sock, deadline))


class _DeadlineConnection(HTTPConnection):
    """A connection that reads until the deadline and records in the SendTrace that it has begun to send."""

    response_class = _DeadlineResponse

    def request(self, *args: Any, **kwargs: Any) -> None:
        # Connect first, outside of the trace: a request that failed here has certainly not been sent.
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
    """The adapter of a process, which keeps connections open while sessions that use it come and go."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **kwargs)
        manager.pool_classes_by_scheme = _POOLS
        return manager

    def close(self) -> None:
        """Do nothing: a session that is closed must not close the connections of the others."""


_adapter: _SharedAdapter | None = None
_adapter_lock = threading.Lock()


def shared_adapter() -> HTTPAdapter:
    """The adapter that all calls of this process go through."""
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


def _drop_adapter() -> None:
    """Open new connections in a forked child: the present ones belong to its parent."""
    global _adapter, _adapter_lock
    _adapter, _adapter_lock = None, threading.Lock()


os.register_at_fork(after_in_child=_drop_adapter)
