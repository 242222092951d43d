"""Deadlines: the moment by which calls to Brightspace must have ended."""

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
        """This deadline, or the one in force in the present context if that is earlier."""
        current_deadline = _current.get()
        return self if current_deadline is None else min(self, current_deadline)

    def enforce(self) -> None:
        """Put this deadline, or the one in force if that is earlier, in force for the rest of the present context."""
        _current.set(self.or_current())

    @contextmanager
    def enforced(self) -> Iterator["Deadline"]:
        """Put this deadline, or the one in force if that is earlier, in force inside the block."""
        effective = self.or_current()
        token = _current.set(effective)
        try:
            yield effective
        finally:
            _current.reset(token)


def current() -> Deadline | None:
    """The deadline in force in the present context, if any."""
    return _current.get()
