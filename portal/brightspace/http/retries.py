"""When to call again: retries of reads, and what the headers of a response allow. Pure."""

import random
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from portal.brightspace.errors import BrightspaceError
from portal.brightspace.http.deadline import Deadline

MAX_TRIES = 3
MAX_RETRY_AFTER = timedelta(minutes=15)
_CREDIT_PERIOD = timedelta(minutes=1)  # Brightspace renews a site's credits once a minute
MAX_DELAY_SECONDS = 2.0
FIRST_DELAY_SECONDS = (0.1, 0.2)


def retry_delay(error: BrightspaceError, tries: int, deadline: Deadline) -> float | None:
    """Seconds to wait after the failed try number ``tries``; None if there is to be no further one.

    ``Retry-After`` is honoured up to two seconds; above that there is no retry. Without it the delay is random and
    doubles each time. There is no retry either if the delay would end after the deadline.
    """
    if not error.retryable or tries >= MAX_TRIES:
        return None
    if error.retry_after is not None and error.retry_after > MAX_DELAY_SECONDS:
        return None
    jitter = random.uniform(*FIRST_DELAY_SECONDS)  # noqa: S311  # spreads callers out, guards nothing
    seconds = jitter * 2 ** (tries - 1) if error.retry_after is None else error.retry_after + jitter
    return seconds if seconds < deadline.remaining() else None


def retry_after_time(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """When the next call is allowed by ``Retry-After`` (seconds or a date), else by ``X-Rate-Limit-Reset``.

    At most 15 minutes from now. None if neither header has a valid value.
    """
    for name in ("Retry-After", "X-Rate-Limit-Reset"):
        until = _moment(headers.get(name, "").strip(), now)
        if until is not None:
            return min(max(until, now), now + MAX_RETRY_AFTER)
    return None


def retry_at(headers: Mapping[str, str], now: datetime | None = None) -> datetime:
    """When the next call is allowed; in a minute, when the credits are renewed, if no header says."""
    now = now or datetime.now(UTC)
    return retry_after_time(headers, now) or now + _CREDIT_PERIOD


def _moment(value: str, now: datetime) -> datetime | None:
    if re.fullmatch(r"[0-9]+(\.[0-9]*)?", value):
        is_huge = len(value.split(".")[0]) > 6
        return now + (MAX_RETRY_AFTER if is_huge else timedelta(seconds=float(value)))
    try:
        parsed = parsedate_to_datetime(value)
        return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
