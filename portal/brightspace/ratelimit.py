"""Brightspace's rate limit, which all users of the site share.

Every answer tells what is left; a 429 tells until when to be quiet. Each process remembers both and tells
the others through the cache. Work that nobody waits for takes its credits from a share of each minute,
counted in the database, so that any number of workers together stay within it.
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
from portal.brightspace.http.responses import retry_after_time
from portal.brightspace.models import BackgroundSpend

CREDITS_PER_CALL = 10  # credits a call
DEFAULT_PAUSE_SECONDS = 5.0  # how long to be quiet after a 429 that does not say


class RateLimit:
    """What this process knows of the site's credits; ``note`` is safe in any thread, the rest asks the cache."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._limited_until = 0.0
        self._told = 0.0

    def note(self, headers: Mapping[str, str], status: int) -> None:
        """Learn from one answer's status and headers."""
        if status == 429 or _is_spent(headers.get("X-Rate-Limit-Remaining", "")):
            now = datetime.now(UTC)
            until = retry_after_time(headers, now) or now + timedelta(seconds=DEFAULT_PAUSE_SECONDS)
            with self._lock:
                self._limited_until = max(self._limited_until, until.timestamp())

    def check(self) -> None:
        """Raise RateLimited while Brightspace wants no more calls from this site."""
        told = SiteCache().get("limited-until")
        _raise_until(max(self._limited_until, told if isinstance(told, float) else 0.0))

    def check_here(self) -> None:
        """The same as far as this process knows; safe in any thread."""
        _raise_until(self._limited_until)

    def publish(self) -> None:
        """Tell the other processes of a limit this one has met."""
        left = self._limited_until - time.time()
        if left > 0 and self._limited_until > self._told:
            self._told = self._limited_until
            SiteCache().set("limited-until", self._limited_until, int(left) + 1)

    def clear(self) -> None:
        """Start over, as a new process would."""
        with self._lock:
            self._limited_until = self._told = 0.0


def background_calls_per_minute() -> int:
    """How many calls a minute background work may make, all workers together."""
    return int(settings.BRIGHTSPACE_CREDITS_A_MINUTE * settings.PORTAL_BACKGROUND_SHARE / CREDITS_PER_CALL)


def reserve_for_background(calls: int) -> None:
    """Take credits for background calls from this minute's share; RateLimited with the next minute if it is used up."""
    minute = timezone.now().replace(second=0, microsecond=0)
    BackgroundSpend.objects.get_or_create(minute=minute)
    most = (background_calls_per_minute() - calls) * CREDITS_PER_CALL
    if not BackgroundSpend.objects.filter(minute=minute, credits__lte=most).update(
        credits=F("credits") + calls * CREDITS_PER_CALL
    ):
        raise RateLimited(minute + timedelta(minutes=1))
    BackgroundSpend.objects.filter(minute__lt=minute - timedelta(hours=1)).delete()


def charge_background(calls: int) -> None:
    """Put calls already made, retries and further pages of lists, on this minute's account."""
    minute = timezone.now().replace(second=0, microsecond=0)
    BackgroundSpend.objects.get_or_create(minute=minute)
    BackgroundSpend.objects.filter(minute=minute).update(credits=F("credits") + calls * CREDITS_PER_CALL)


def _is_spent(remaining: str) -> bool:
    return remaining.isascii() and remaining.isdecimal() and int(remaining[:9]) < CREDITS_PER_CALL


def _raise_until(moment: float) -> None:
    if moment > time.time():
        raise RateLimited(datetime.fromtimestamp(moment, UTC))


rate_limit = RateLimit()
