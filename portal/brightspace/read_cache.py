"""The read cache: cached answers to one person's reads, and the policies by which they are used."""

import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import Enum, auto
from typing import Any, TypeVar

from django.conf import settings

from portal.brightspace.cache import Entry, PersonCache
from portal.brightspace.endpoints.reads import Read
from portal.brightspace.outcomes import Answer, Outcome
from portal.brightspace.results import from_entry, to_entry

T = TypeVar("T")


class CachePolicy(Enum):
    """What may be served from the cache, and what Brightspace is asked for."""

    CACHE_ONLY = auto()  # whatever is cached, however old; nothing is asked
    STALE_OK = auto()  # whatever is cached, however old; what is not cached is asked for
    REVALIDATE = auto()  # what is fresh; what is stale or not cached is asked for

    def serves(self, answer: Answer[Any] | None) -> bool:
        """Whether a cached answer, if there is one, will do."""
        return answer is not None and not (answer.stale and self is CachePolicy.REVALIDATE)


class ReadCache:
    """One person's cached answers, by read. Used by one thread, the caller's: pool threads only speak HTTP."""

    def __init__(self, store: PersonCache) -> None:
        self._store = store

    def answers(self, reads: Collection[Read[Any]]) -> dict[Read[Any], Answer[Any]]:
        """The cached answers among ``reads``, stale ones marked so."""
        entries = self._store.entries(read.name for read in reads)
        return {read: answer for read in reads if (answer := self._answer(read, entries.get(read.name)))}

    def _answer(self, read: Read[T], entry: Entry | None) -> Answer[T] | None:
        if entry is None:
            return None
        fresh = self._store.is_fresh(entry, read.fresh_seconds or settings.PORTAL_CACHE_FRESH_SECONDS)
        return from_entry(entry, read, stale=not fresh)

    def put(self, read: Read[T], outcome: Outcome[T]) -> Answer[T]:
        """Cache what came of a read, together with others; ``flush`` writes them."""
        now = time.time()
        if (entry := to_entry(outcome, now)) is not None:
            self._store.put_later(read.name, entry, read.stale_seconds or settings.PORTAL_CACHE_STALE_SECONDS)
        return Answer(outcome.value, outcome.error, datetime.fromtimestamp(now, UTC))

    def flush(self) -> None:
        """Write what ``put`` was given."""
        self._store.flush()

    @contextmanager
    def single_flight(self, reads: Collection[Read[Any]], seconds: float) -> Iterator[list[Read[Any]]]:
        """Gives those of ``reads`` that this caller is the one to fetch; see ``PersonCache.single_flight``."""
        with self._store.single_flight((read.name for read in reads), seconds) as names:
            yield [read for read in reads if read.name in names]

    def is_claimed(self, read: Read[Any]) -> bool:
        """Whether somebody is fetching this read."""
        return self._store.is_claimed(read.name)
