"""Rate limiting as Brightspace does it: credits per app, refilled completely with each window."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock


@dataclass(frozen=True)
class Charge:
    """The credits one call cost. ``granted`` is False when too few were left."""

    granted: bool
    cost: int
    remaining: int
    reset_seconds: int

    def headers(self) -> dict[str, str]:
        """The three headers of a normal response, or ``Retry-After`` alone when refused."""
        if not self.granted:
            return {"Retry-After": str(self.reset_seconds)}
        return {
            "X-Rate-Limit-Remaining": str(self.remaining),
            "X-Rate-Limit-Reset": str(self.reset_seconds),
            "X-Request-Cost": str(self.cost),
        }


class RateLimit:
    """One app's credits, shared by all its users. ``clock`` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self._lock = Lock()
        self._window_ends = -math.inf
        self._spent = 0

    def take(self, cost: int, *, limit: int, window_seconds: float) -> Charge:
        """Takes ``cost`` credits out of ``limit`` per window, or none when too few are left."""
        with self._lock:
            now = self.clock()
            if now >= self._window_ends:
                self._window_ends, self._spent = now + window_seconds, 0
            granted = self._spent + cost <= limit
            self._spent += cost if granted else 0
            reset_seconds = max(1, math.ceil(self._window_ends - now))
            return Charge(granted, cost, max(0, limit - self._spent), reset_seconds)

    def refill(self) -> None:
        """Restores all credits; the next call starts a new window."""
        with self._lock:
            self._window_ends = -math.inf
