"""Faults: which request they befall, how often, and in which order.

A request suffers at most one fault that decides its answer, the oldest that matches, so that
several with ``times=1`` make a sequence. Delays and changes to a good answer add up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from itertools import count
from threading import Lock
from typing import Any

# The work is not done: another answer comes in its place.
INSTEAD = {
    "status": "another status: status=…, retry_after=… (seconds, text, or date:SECONDS)",
    "html": "200 with a web page instead of JSON",
    "redirect": "302 to the same path on another host: host=…",
    "big": "a huge valid JSON body, streamed: size=…, gzip=…, chunked=…",
    "not_found": "404",
    "forbidden": "403: shape=not_authorized|insufficient_scope|no_scopes|errors|html|empty",
    "expired": "401 as for an expired token",
}
# The work is done, the answer spoiled.
SPOILED = {
    "cut_json": "valid HTTP, JSON cut in half",
    "empty": "the right status, no body",
    "wrong_type": "JSON of another shape",
}
# The answer is right, the bytes are not.
ON_THE_WIRE = {
    "drop": "connection closed without an answer, before the work",
    "drop_after": "work done, connection closed without an answer",
    "truncated": "Content-Length larger than the body, then closed",
    "drip": "body one byte every delay_ms",
    "drip_headers": "headers one byte every delay_ms",
    "close_silently": "a good answer, then the kept-alive connection is closed",
}
ADDED = {
    "slow": "delay_ms before the work",
    "next_elsewhere": "the host in Next becomes host",
    "next_relative": "Next without scheme and host",
    "no_milliseconds": "dates without milliseconds",
    "extra": "unknown fields and unknown enum values",
    "set_cookie": "the answer sets a cookie named after the caller: cookie=…",
}
FORBIDDEN_SHAPES = (
    "not_authorized",
    "insufficient_scope",
    "no_scopes",
    "errors",
    "html",
    "empty",
)
DECIDING = {**INSTEAD, **SPOILED, **ON_THE_WIRE}
KINDS = {**DECIDING, **ADDED}


@dataclass
class Fault:
    """One fault. ``times`` counts down; None is for ever. Filters left None match all."""

    kind: str
    fault_id: int = 0
    route: str | None = None
    method: str | None = None
    path: str | None = None
    caller: int | None = None
    subject: int | None = None
    times: int | None = None
    status: int = 500
    retry_after: str | None = None
    delay_ms: float = 1000
    host: str = "elsewhere.invalid"
    shape: str = "not_authorized"
    permission: str = "CPD.ViewRecords"
    size: int = 200_000_000
    gzip: bool = False
    chunked: bool = False
    after_work: bool = False
    cookie: str = "d2lSessionVal"

    @property
    def decides(self) -> bool:
        """Whether it decides the answer, rather than adding to it."""
        return self.kind in DECIDING

    def befalls(self, target: Target) -> bool:
        """Whether it matches a request."""
        return (
            self.route in (None, target.route)
            and self.method in (None, target.method)
            and self.caller in (None, target.caller)
            and (self.subject is None or self.subject in target.subjects)
            and (self.path is None or re.search(self.path, target.path) is not None)
        )


@dataclass(frozen=True)
class Target:
    """What faults look at in a request. ``subjects`` are all ids in path and ``userId``."""

    route: str | None
    method: str
    path: str
    caller: int | None
    subjects: frozenset[int] = frozenset()


def subjects_of(ids: Mapping[str, str], query: Mapping[str, str]) -> frozenset[int]:
    """The ids a call is about."""
    values = [*ids.values(), query.get("userId", "")]
    return frozenset(int(value) for value in values if re.fullmatch("[0-9]{1,19}", value))


class FaultBook:
    """The faults in force."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._numbers = count(1)
        self._lock = Lock()

    def add(self, kind: str, **options: Any) -> int:
        """Adds a fault and gives its number. ``429`` is short for ``status`` with status 429.

        ValueError says what is wrong with kind or options.
        """
        if re.fullmatch("[45][0-9][0-9]", kind):
            kind, options = "status", {"status": int(kind), **options}
        known = {item.name for item in fields(Fault)} - {"kind", "fault_id"}
        if kind not in KINDS:
            raise ValueError(f"there is no fault {kind}; there are {', '.join(sorted(KINDS))}")
        if unknown := sorted(set(options) - known):
            raise ValueError(f"a fault has no option {', '.join(unknown)}")
        if options.get("shape", "errors") not in FORBIDDEN_SHAPES:
            raise ValueError(f"shape is one of {', '.join(FORBIDDEN_SHAPES)}")
        if isinstance(options.get("retry_after"), int):
            options["retry_after"] = str(options["retry_after"])
        with self._lock:
            fault = Fault(kind, next(self._numbers), **options)
            re.compile(fault.path or "")
            self._faults.append(fault)
        return fault.fault_id

    def take(self, target: Target) -> list[Fault]:
        """The faults that befall this request; counts them down."""
        with self._lock:
            taken: list[Fault] = []
            for fault in self._faults:
                decided = any(other.decides for other in taken)
                if fault.befalls(target) and not (fault.decides and decided):
                    taken.append(fault)
            for fault in taken:
                if fault.times is not None:
                    fault.times -= 1
            self._faults = [fault for fault in self._faults if fault.times != 0]
            return taken

    def all(self) -> list[Fault]:
        """The faults still in force, oldest first."""
        with self._lock:
            return list(self._faults)

    def remove(self, fault_id: int) -> bool:
        """Takes one fault away; False when it was not in force."""
        with self._lock:
            before = len(self._faults)
            self._faults = [fault for fault in self._faults if fault.fault_id != fault_id]
            return len(self._faults) < before

    def clear(self) -> None:
        """Takes all faults away."""
        with self._lock:
            self._faults.clear()
