"""The cache of what Brightspace answered: every value belongs to a person, or to the site as a whole.

A key names the schema, the person, the person's generation and the read. Clearing (at sign-out, after a write)
changes the generation, which puts every older key out of use at once, in every process. Marking as stale moves
``not_before``: older values then count as stale, but stay for when Brightspace cannot answer.

A cache that does not answer, or answers with what nobody can read, counts as empty: pages get slower, nothing else.
"""

import logging
import secrets
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import blake2b
from typing import TypeVar

import msgspec
from django.core.cache import cache
from django.db import DatabaseError

T = TypeVar("T")
log = logging.getLogger(__name__)
SCHEMA = 1
GENERATION_SECONDS = 30 * 86_400
FLUSH_SIZE = 100


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """A cached answer: when it was read (seconds since 1970, UTC), its body, or the refusal instead."""

    as_of: float
    body: bytes = b""
    refusal: str = ""
    detail: str = ""


class CacheGeneration(msgspec.Struct, frozen=True, array_like=True):
    """Which of a person's entries count: those of this generation; as fresh, those read after ``not_before``."""

    generation: str
    not_before: float = 0.0


_entry_decoder = msgspec.msgpack.Decoder(Entry)
_generation_decoder = msgspec.msgpack.Decoder(CacheGeneration)
_encode = msgspec.msgpack.encode


class PersonCache:
    """The cached answers of one signed-in person."""

    def __init__(self, person_id: int) -> None:
        self._prefix = f"portal:{SCHEMA}:p{person_id}"
        self._generation: CacheGeneration | None = None
        self._unwritten: dict[int, dict[str, bytes]] = defaultdict(dict)

    @property
    def generation(self) -> CacheGeneration:
        """The person's generation, looked up once per use of this object."""
        if self._generation is None:
            self._generation = self._stored_generation() or self._first_generation()
        return self._generation

    def _stored_generation(self) -> CacheGeneration | None:
        return _decoded(_get(self._prefix), _generation_decoder)

    def _first_generation(self) -> CacheGeneration:
        """The generation of whoever comes first; without a working cache, one that nobody else uses is as good."""
        mine = CacheGeneration(secrets.token_hex(8))
        if _fail_open(lambda: cache.add(self._prefix, _encode(mine), GENERATION_SECONDS), False):
            return mine
        if (theirs := self._stored_generation()) is not None:
            return theirs
        _set(self._prefix, _encode(mine), GENERATION_SECONDS)
        return mine

    def key(self, name: str) -> str:
        """The whole cache key of ``name``."""
        digest = blake2b(name.encode(), digest_size=16).hexdigest()
        return f"{self._prefix}:{self.generation.generation}:{digest}"

    def entries(self, names: Iterable[str]) -> dict[str, Entry]:
        """The cached entries among ``names``."""
        keys = {self.key(name): name for name in names}
        found: dict[str, object] = _fail_open(lambda: cache.get_many(keys), {})
        return {keys[key]: entry for key, raw in found.items() if (entry := _decoded(raw, _entry_decoder))}

    def put(self, name: str, entry: Entry, seconds: int) -> None:
        """Cache an entry for so many seconds."""
        _set(self.key(name), _encode(entry), seconds)

    def put_later(self, name: str, entry: Entry, seconds: int) -> None:
        """Cache an entry together with others, at the latest when ``flush`` is called."""
        self._unwritten[seconds][self.key(name)] = _encode(entry)
        if sum(map(len, self._unwritten.values())) >= FLUSH_SIZE:
            self.flush()

    def flush(self) -> None:
        """Write what ``put_later`` was given."""
        for seconds, values in self._unwritten.items():
            _fail_open(partial(cache.set_many, values, seconds), [])
        self._unwritten.clear()

    def is_fresh(self, entry: Entry, seconds: int) -> bool:
        """Whether an entry was read within so many seconds, and since ``mark_stale`` was last called."""
        return entry.as_of >= max(self.generation.not_before, time.time() - seconds)

    @contextmanager
    def single_flight(self, names: Iterable[str], seconds: float) -> Iterator[list[str]]:
        """Gives those of ``names`` that this caller is the one to fetch; everybody else waits for what it caches.

        The claims end on leaving, at the latest after ``seconds``.
        """
        mine = [name for name in names if self.claim(name, seconds)]
        try:
            yield mine
        finally:
            for name in mine:
                self.release(name)

    def claim(self, name: str, seconds: float) -> bool:
        """Whether this caller is the first to claim ``name``; true for all where nothing can be cached."""
        key, timeout = self._claim_key(name), max(1, int(seconds) + 1)
        return _fail_open(lambda: cache.add(key, b"1", timeout), False) or not self.is_claimed(name)

    def release(self, name: str) -> None:
        """End a claim."""
        _fail_open(lambda: cache.delete(self._claim_key(name)), False)

    def is_claimed(self, name: str) -> bool:
        """Whether somebody is fetching ``name``."""
        return _get(self._claim_key(name)) is not None

    def _claim_key(self, name: str) -> str:
        return self.key(f"claim {name}")

    def clear(self) -> None:
        """Put everything cached for this person out of use, in every process."""
        self._replace_generation(CacheGeneration(secrets.token_hex(8)))

    def mark_stale(self) -> None:
        """Count everything cached so far as stale."""
        self._replace_generation(CacheGeneration(self.generation.generation, time.time()))

    def _replace_generation(self, generation: CacheGeneration) -> None:
        self._generation = generation
        _set(self._prefix, _encode(generation), GENERATION_SECONDS)


def entry_at(key: str) -> Entry | None:
    """The entry under a whole key, as ``PersonCache.key`` makes it."""
    return _decoded(_get(key), _entry_decoder)


class SiteCache:
    """Cached values that belong to no person: the tenant's versions and its rate limit."""

    def get(self, name: str) -> object:
        return _get(_site_key(name))

    def set(self, name: str, value: object, seconds: int) -> None:
        _set(_site_key(name), value, seconds)


def _site_key(name: str) -> str:
    return f"portal:{SCHEMA}:site:{blake2b(name.encode(), digest_size=16).hexdigest()}"


def _get(key: str) -> object:
    return _fail_open(lambda: cache.get(key), None)


def _set(key: str, value: object, seconds: int) -> None:
    _fail_open(lambda: cache.set(key, value, seconds), None)


def _fail_open(action: Callable[[], T], otherwise: T) -> T:
    try:
        return action()
    except (DatabaseError, OSError) as error:
        log.warning("The cache does not answer (%s); Brightspace is asked instead.", type(error).__name__)
        return otherwise


def _decoded(raw: object, decoder: msgspec.msgpack.Decoder[T]) -> T | None:
    """The cached value; None for what another release or anybody else has put there."""
    if not isinstance(raw, bytes):
        return None
    try:
        return decoder.decode(raw)
    except msgspec.DecodeError:
        return None
