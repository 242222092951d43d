"""How long to wait before a read is tried again; pure."""

import random

from portal.brightspace.errors import BrightspaceError
from portal.brightspace.http.deadline import Deadline

MAX_TRIES = 3
MAX_DELAY_SECONDS = 2.0
_FIRST_PAUSE = (0.1, 0.2)


def retry_delay(error: BrightspaceError, tries: int, deadline: Deadline) -> float | None:
    """Seconds to wait after the failed try number ``tries``; None if trying again is no use.

    What Brightspace asks for by ``Retry-After`` is honoured if it is at most two seconds; without it
    the wait is random and doubles. Either way it has to end before the deadline.
    """
    if not error.retryable or tries >= MAX_TRIES:
        return None
    if error.retry_after is not None and error.retry_after > MAX_DELAY_SECONDS:
        return None
    jitter = random.uniform(*_FIRST_PAUSE)  # noqa: S311  # spreads callers out, guards nothing
    seconds = jitter * 2 ** (tries - 1) if error.retry_after is None else error.retry_after + jitter
    return seconds if seconds < deadline.remaining() else None
