"""Retries: whether a read is tried again, and after how long."""

from datetime import UTC, datetime

import pytest

from portal.brightspace.errors import BrightspaceError, NotFound, RateLimited, TruncatedResponse, Unavailable
from portal.brightspace.http import retries
from portal.brightspace.http.deadline import Deadline
from portal.brightspace.http.retries import MAX_DELAY_SECONDS, MAX_TRIES, retry_delay

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
FIRST_DELAY_SECONDS = (0.1, 0.2)


@pytest.fixture(autouse=True)
def _usual_delays(_short_retry_delays: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retries, "FIRST_DELAY_SECONDS", FIRST_DELAY_SECONDS)


def delay(error: BrightspaceError, tries: int = 1, seconds: float = 60) -> float | None:
    return retry_delay(error, tries, Deadline.after(seconds))


@pytest.mark.parametrize("error", [Unavailable(), TruncatedResponse(), RateLimited(NOW)])
def test_the_delay_is_random_and_doubles(error: BrightspaceError) -> None:
    least, most = FIRST_DELAY_SECONDS
    for tries in range(1, MAX_TRIES):
        seconds = delay(error, tries)
        assert seconds is not None
        assert least * 2 ** (tries - 1) <= seconds <= most * 2 ** (tries - 1)


@pytest.mark.parametrize("asked_for", [0.0, 1.0, MAX_DELAY_SECONDS])
def test_a_short_retry_after_is_honoured(asked_for: float) -> None:
    seconds = delay(Unavailable(retry_after=asked_for))

    assert seconds is not None
    assert asked_for < seconds <= asked_for + FIRST_DELAY_SECONDS[1]


@pytest.mark.parametrize(
    ("error", "tries", "seconds"),
    [
        (NotFound(), 1, 60),
        (Unavailable(retryable=False), 1, 60),
        (Unavailable(), MAX_TRIES, 60),
        (Unavailable(retry_after=MAX_DELAY_SECONDS + 0.1), 1, 60),
        (Unavailable(), 1, 0.05),
        (Unavailable(retry_after=1), 1, 0.9),
    ],
    ids=["permanent", "not retryable", "tries used up", "long retry-after", "deadline", "deadline of retry-after"],
)
def test_a_retry_that_is_no_use_is_not_made(error: BrightspaceError, tries: int, seconds: float) -> None:
    assert delay(error, tries, seconds) is None
