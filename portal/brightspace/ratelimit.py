"""Brightspace's rate limit: a budget of credits a minute, which all users of the site share.

Every response says how many credits are left; a 429 says until when to make no calls. Each process remembers the
latter and publishes it to the others through the cache. Background work takes its credits from a share of each minute.
The share is counted in the database, so that any number of workers together stay within it.
"""

import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from portal.brightspace.cache import SiteCache
from portal.brightspace.errors import RateLimited
from portal.brightspace.http.retries import retry_after_time
from portal.brightspace.models import BackgroundSpend

CREDITS_PER_CALL = 10
DEFAULT_PAUSE_SECONDS = 5.0  # after a 429 that does not say until when
LIMITED_UNTIL = "limited-until"  # the name in the site's cache


class RateLimit:
    """Until when this process knows the site to be limited.

    ``note`` and ``check_here`` may be called in any thread, the others use the cache.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._limited_until = 0.0  # seconds since 1970
        self._published_until = 0.0

    def note(self, headers: Mapping[str, str], status: int) -> None:
        """Note whether a response, by its status and headers, says that the credits are spent."""
        if status == 429 or _is_spent(headers.get("X-Rate-Limit-Remaining", "")):
            now = datetime.now(UTC)
            until = retry_after_time(headers, now) or now + timedelta(seconds=DEFAULT_PAUSE_SECONDS)
            with self._lock:
                self._limited_until = max(self._limited_until, until.timestamp())

    def check(self) -> None:
        """Raise RateLimited while any process of the site knows the credits to be spent."""
        published = SiteCache().get(LIMITED_UNTIL)
        _raise_if_limited(max(self._limited_until, published if isinstance(published, float) else 0.0))

    def check_here(self) -> None:
        """Raise RateLimited while this process knows the credits to be spent."""
        _raise_if_limited(self._limited_until)

    def publish(self) -> None:
        """Let the other processes know of a limit that this one has met."""
        seconds_left = self._limited_until - time.time()
        if seconds_left > 0 and self._limited_until > self._published_until:
            self._published_until = self._limited_until
            SiteCache().set(LIMITED_UNTIL, self._limited_until, int(seconds_left) + 1)

    def clear(self) -> None:
        """Know of no limit, as a new process."""
        with self._lock:
            self._limited_until = self._published_until = 0.0


def background_calls_per_minute() -> int:
    """How many calls a minute all background work of the site may make."""
    return int(settings.BRIGHTSPACE_CREDITS_A_MINUTE * settings.PORTAL_BACKGROUND_SHARE / CREDITS_PER_CALL)


def reserve_for_background(calls: int) -> None:
    """Take the credits of ``calls`` background calls from this minute's share.

    Raises RateLimited until the next minute if too few are left.
    """
    minute = timezone.now().replace(second=0, microsecond=0)
    BackgroundSpend.objects.get_or_create(minute=minute)
    max_credits_before = (background_calls_per_minute() - calls) * CREDITS_PER_CALL
    if not BackgroundSpend.objects.filter(minute=minute, credits__lte=max_credits_before).update(
        credits=F("credits") + calls * CREDITS_PER_CALL
    ):
        raise RateLimited(minute + timedelta(minutes=1))
    BackgroundSpend.objects.filter(minute__lt=minute - timedelta(hours=1)).delete()


def charge_background(calls: int) -> None:
    """Add the credits of background calls already made (retries, further pages of lists) to this minute's."""
    minute = timezone.now().replace(second=0, microsecond=0)
    BackgroundSpend.objects.get_or_create(minute=minute)
    BackgroundSpend.objects.filter(minute=minute).update(credits=F("credits") + calls * CREDITS_PER_CALL)


def _is_spent(remaining: str) -> bool:
    return remaining.isascii() and remaining.isdecimal() and int(remaining[:9]) < CREDITS_PER_CALL


def _raise_if_limited(until: float) -> None:
    if until > time.time():
        raise RateLimited(datetime.fromtimestamp(until, UTC))


rate_limit = RateLimit()
