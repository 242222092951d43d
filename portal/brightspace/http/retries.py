"""Retries of reads: whether to try again, and after how many seconds. Pure."""

import random

from portal.brightspace.errors import BrightspaceError
from portal.brightspace.http.deadline import Deadline

MAX_TRIES = 3
MAX_DELAY_SECONDS = 2.0
_FIRST_DELAY_SECONDS = (0.1, 0.2)


def retry_delay(error: BrightspaceError, tries: int, deadline: Deadline) -> float | None:
    """Seconds to wait after the failed try number ``tries``; None if there is to be no further one.

    ``Retry-After`` is honoured up to two seconds; above that there is no retry. Without it the delay is random and
    doubles each time. There is no retry either if the delay would end after the deadline.
    """
    if not error.retryable or tries >= MAX_TRIES:
        return None
    if error.retry_after is not None and error.retry_after > MAX_DELAY_SECONDS:
        return None
    jitter = random.uniform(*_FIRST_DELAY_SECONDS)  # noqa: S311  # spreads callers out, guards nothing
    seconds = jitter * 2 ** (tries - 1) if error.retry_after is None else error.retry_after + jitter
    return seconds if seconds < deadline.remaining() else None
