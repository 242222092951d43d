"""The log of requests to the sandbox, for tests and benchmarks to read. It holds no secrets."""

from __future__ import annotations

import hashlib
import re
import time
from collections import deque
from dataclasses import dataclass, field
from itertools import count
from threading import Lock

MAX_ENTRIES = 20_000


@dataclass
class LoggedRequest:
    """One request. ``started`` and ``ended`` are monotonic seconds of the sandbox's process."""

    sequence: int
    started: float
    method: str
    path: str
    query: str = ""
    ended: float | None = None
    route: str | None = None
    status: int | None = None
    caller: int | None = None
    authorization: bool = False
    token: str | None = None
    cookies: list[str] = field(default_factory=list)
    host: str = ""
    grant_type: str | None = None
    body_bytes: int = 0
    answer_bytes: int | None = None
    credits: int = 0
    faults: list[str] = field(default_factory=list)


def fingerprint(token: str) -> str:
    """A short prefix of a token's SHA-256, enough to tell tokens apart."""
    return hashlib.sha256(token.encode()).hexdigest()[:12]


class RequestLog:
    """The newest requests, in the order in which they began. Safe for threads."""

    def __init__(self) -> None:
        self._entries: deque[LoggedRequest] = deque(maxlen=MAX_ENTRIES)
        self._numbers = count(1)
        self._lock = Lock()

    def begin(self, method: str, path: str, query: str) -> LoggedRequest:
        """Adds an entry; whoever handles the request fills in the rest."""
        with self._lock:
            number = next(self._numbers)
            entry = LoggedRequest(number, time.monotonic(), method, path, query)
            self._entries.append(entry)
            return entry

    def read(
        self,
        *,
        route: str | None = None,
        method: str | None = None,
        path: str | None = None,
        caller: int | None = None,
        status: int | None = None,
        after: int = 0,
    ) -> list[LoggedRequest]:
        """The entries that match everything given; ``path`` is a regular expression, ``after`` a sequence number."""
        with self._lock:
            entries = list(self._entries)
        return [
            entry
            for entry in entries
            if entry.sequence > after
            and route in (None, entry.route)
            and method in (None, entry.method)
            and caller in (None, entry.caller)
            and status in (None, entry.status)
            and (path is None or re.search(path, entry.path))
        ]

    def clear(self) -> None:
        """Removes all entries; numbering continues."""
        with self._lock:
            self._entries.clear()
