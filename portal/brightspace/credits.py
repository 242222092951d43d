"""Brightspace's rate limit, which all users of the site share.

Every answer tells what is left; a 429 tells until when to be quiet. Each process remembers both and tells
the others through the cache. Work that nobody waits for takes its credits from a share of each minute,
counted in the database, so that any number of workers together stay within it.
"""

import math
import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from portal.brightspace.cache import SiteCache
from portal.brightspace.errors import RateLimited
from portal.brightspace.models import BackgroundSpend

COST = 10  # credits a call


class Credits:
    """What this process knows of the site's credits; ``note`` is safe in any thread, the rest asks the cache."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._limited_until = 0.0
        self._told = 0.0

    def note(self, headers: Mapping[str, str], status: int) -> None:
        """Learn from one answer's status and headers."""
        quiet = 0.0
        if status == 429:
            quiet = _seconds(headers.get("Retry-After"), default=5.0)
        elif _seconds(headers.get("X-Rate-Limit-Remaining"), default=math.inf) < COST:
            quiet = _seconds(headers.get("X-Rate-Limit-Reset"), default=1.0)
        if quiet:
            with self._lock:
                self._limited_until = max(self._limited_until, time.time() + min(quiet, 60.0))

    def check(self) -> None:
        """Raise RateLimited while Brightspace wants no more calls from this site."""
        told = SiteCache().get("limited-until")
        until = max(self._limited_until, told if isinstance(told, float) else 0.0)
        if until > time.time():
            raise RateLimited(datetime.fromtimestamp(until, UTC))

    def publish(self) -> None:
        """Tell the other processes of a limit this one has met."""
        if self._limited_until > max(self._told, time.time()):
            self._told = self._limited_until
            SiteCache().set("limited-until", self._limited_until, 60)

    def forget(self) -> None:
        """Start over, as a new process would."""
        with self._lock:
            self._limited_until = self._told = 0.0


def take_for_background(calls: int) -> None:
    """Take credits for background calls from this minute's share; RateLimited with the next minute if it is used up."""
    minute = timezone.now().replace(second=0, microsecond=0)
    share = settings.BRIGHTSPACE_CREDITS_A_MINUTE * settings.PORTAL_BACKGROUND_SHARE
    BackgroundSpend.objects.get_or_create(minute=minute)
    taken = BackgroundSpend.objects.filter(minute=minute, credits__lte=share - calls * COST)
    if not taken.update(credits=F("credits") + calls * COST):
        raise RateLimited(minute + timedelta(minutes=1))
    BackgroundSpend.objects.filter(minute__lt=minute - timedelta(hours=1)).delete()


def _seconds(value: str | None, default: float) -> float:
    try:
        seconds = float(value or "")
    except ValueError:
        return default
    return seconds if math.isfinite(seconds) and seconds >= 0 else default


credits = Credits()
