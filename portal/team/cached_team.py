"""The signed-in person's team, cached as one value ready to be shown.

The rows hold words, so each language has a value of its own; they say "today", so each day has one too.
"""

import secrets
import time
from datetime import UTC, datetime
from functools import lru_cache

import msgspec
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from portal.brightspace.cache import Entry, entry_at
from portal.brightspace.endpoints.reads import shape_of
from portal.brightspace.gateway import Gateway
from portal.rosters.roster import roster_provider
from portal.team.columns import Standing, column_providers
from portal.team.rows import Team

MAX_CACHED_TEAMS = 32


def flight_name() -> str:
    """Under which one process at a time gathers a person's team."""
    return f"team {get_language()}"


def cached_team(brightspace: Gateway) -> Team | None:
    """The team as it was last gathered; None if it never was, or for another day, roster or release."""
    entry = brightspace.cache.entries([flight_name()]).get(flight_name())
    if entry is None or entry.detail != _version():
        return None
    stale = not brightspace.cache.is_fresh(entry, settings.PORTAL_CACHE_FRESH_SECONDS)
    try:
        return _team_at(brightspace.cache.key(_rows_name()), entry.body, stale)
    except (LookupError, msgspec.DecodeError):
        return None


def store_team(brightspace: Gateway, team: Team) -> None:
    """Cache the rows, and apart from them what tells whether they still hold: that alone is read each time."""
    oldest = min((row.as_of for row in team.rows if row.as_of), default=datetime.now(UTC))
    seconds = max(1, int(settings.PORTAL_CACHE_STALE_SECONDS - (time.time() - oldest.timestamp())))
    mark = secrets.token_bytes(8)
    rows = Entry(oldest.timestamp(), msgspec.msgpack.encode(team), detail=mark.hex())
    brightspace.cache.put(_rows_name(), rows, seconds)
    brightspace.cache.put(flight_name(), Entry(oldest.timestamp(), mark, detail=_version()), seconds)


def cached_standing(brightspace: Gateway, person_id: int) -> Standing | None:
    """How a person stood when the team was last gathered, for the head of their own page."""
    team = cached_team(brightspace)
    rows = team.rows if team else []
    return next((row.standing for row in rows if row.person_id == person_id), None)


@lru_cache(maxsize=MAX_CACHED_TEAMS)
def _team_at(key: str, mark: bytes, stale: bool) -> Team:
    """The team cached under ``key``, read and decoded once a process for each time it was stored.

    Raises LookupError if it is not there, or not the one with this ``mark``.
    """
    entry = entry_at(key)
    if entry is None or entry.detail != mark.hex():
        raise LookupError
    return msgspec.structs.replace(msgspec.msgpack.decode(entry.body, type=Team), stale=stale)


def _rows_name() -> str:
    return f"team rows {get_language()}"


def _version() -> str:
    """What a cached team depends on besides Brightspace and the language."""
    roster = f"{settings.PORTAL_ROSTER} {roster_provider().edition()}"
    providers = [type(provider).__qualname__ for provider in column_providers()]
    return f"{timezone.localdate()} {roster} {providers} {shape_of(Team)}"
