"""A moment by which everything asked of Brightspace must have ended."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

_current: ContextVar["Deadline | None"] = ContextVar("brightspace_deadline", default=None)


@dataclass(frozen=True, slots=True, order=True)
class Deadline:
    """A point on the monotonic clock, in seconds."""

    at: float

    @classmethod
    def after(cls, seconds: float) -> "Deadline":
        """The deadline ``seconds`` from now."""
        return cls(time.monotonic() + seconds)

    def remaining(self) -> float:
        """Seconds left; 0.0 once it has passed."""
        return max(0.0, self.at - time.monotonic())

    @property
    def expired(self) -> bool:
        """Whether it has passed."""
        return self.remaining() == 0.0

    def or_current(self) -> "Deadline":
        """This deadline, or the one in force here if that ends earlier."""
        outer = _current.get()
        return self if outer is None else min(self, outer)

    def enforce(self) -> None:
        """Put this deadline in force for the rest of the present context, unless an earlier one is."""
        _current.set(self.or_current())

    @contextmanager
    def enforced(self) -> Iterator["Deadline"]:
        """Sockets used inside end at this deadline, or at the one around it if that ends earlier."""
        effective = self.or_current()
        token = _current.set(effective)
        try:
            yield effective
        finally:
            _current.reset(token)


def current() -> Deadline | None:
    """The deadline in force here, if any."""
    return _current.get()
