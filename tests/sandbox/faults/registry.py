"""The faults in force: which requests they apply to, how often, and in which order.

At most one exclusive fault applies to a request, the oldest that matches, so that several with ``times=1`` make a
sequence. Additive faults all apply.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from itertools import count
from threading import Lock
from typing import Any

from tests.sandbox.faults.kinds import EXCLUSIVE, FORBIDDEN_SHAPES, KINDS


@dataclass(frozen=True)
class FaultTarget:
    """The parts of a request that faults are matched against. ``subjects`` are all ids in path and ``userId``."""

    route: str | None
    method: str
    path: str
    caller: int | None
    subjects: frozenset[int] = frozenset()


@dataclass
class Fault:
    """One fault. ``times`` counts down; None is for ever. A filter that is None matches every request."""

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
    def is_exclusive(self) -> bool:
        """Whether it excludes other exclusive faults."""
        return self.kind in EXCLUSIVE

    def matches(self, target: FaultTarget) -> bool:
        """Whether its filters match a request."""
        return (
            self.route in (None, target.route)
            and self.method in (None, target.method)
            and self.caller in (None, target.caller)
            and (self.subject is None or self.subject in target.subjects)
            and (self.path is None or re.search(self.path, target.path) is not None)
        )


def subjects_of(ids: Mapping[str, str], query: Mapping[str, str]) -> frozenset[int]:
    """The ids a call is about: those in its path, and ``userId``."""
    values = [*ids.values(), query.get("userId", "")]
    return frozenset(int(value) for value in values if re.fullmatch("[0-9]{1,19}", value))


class FaultRegistry:
    """The faults in force. Safe for threads."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._numbers = count(1)
        self._lock = Lock()

    def add(self, kind: str, **options: Any) -> int:
        """Adds a fault and returns its id. ``429`` is short for ``status`` with status 429.

        ValueError says what is wrong with kind or options.
        """
        if re.fullmatch("[45][0-9][0-9]", kind):
            kind, options = "status", {"status": int(kind), **options}
        _validate(kind, options)
        if isinstance(options.get("retry_after"), int):
            options["retry_after"] = str(options["retry_after"])
        with self._lock:
            fault = Fault(kind, next(self._numbers), **options)
            re.compile(fault.path or "")
            self._faults.append(fault)
        return fault.fault_id

    def take(self, target: FaultTarget) -> list[Fault]:
        """The faults that apply to a request, counted down."""
        with self._lock:
            taken: list[Fault] = []
            for fault in self._faults:
                is_excluded = fault.is_exclusive and any(other.is_exclusive for other in taken)
                if fault.matches(target) and not is_excluded:
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
        """Removes one fault; False when it was not in force."""
        with self._lock:
            before = len(self._faults)
            self._faults = [fault for fault in self._faults if fault.fault_id != fault_id]
            return len(self._faults) < before

    def clear(self) -> None:
        """Removes all faults."""
        with self._lock:
            self._faults.clear()


def _validate(kind: str, options: Mapping[str, Any]) -> None:
    known = {item.name for item in fields(Fault)} - {"kind", "fault_id"}
    if kind not in KINDS:
        raise ValueError(f"there is no fault {kind}; there are {', '.join(sorted(KINDS))}")
    if unknown := sorted(set(options) - known):
        raise ValueError(f"a fault has no option {', '.join(unknown)}")
    if options.get("shape", "errors") not in FORBIDDEN_SHAPES:
        raise ValueError(f"shape is one of {', '.join(FORBIDDEN_SHAPES)}")
