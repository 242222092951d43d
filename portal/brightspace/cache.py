"""What Brightspace answered, kept per person: every value knows its age, and nothing crosses people.

A key names the schema, the person, the person's generation and the read. Forgetting (sign-out, a write)
changes the generation, which strands every older key at once, in every process. Asking for newer answers
moves ``not_before``: older values then count as stale, but stay for when Brightspace cannot answer.

A cache that does not answer, or answers with what nobody can read, is an empty one: pages get slower and
nothing else.
"""

import logging
import secrets
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
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
    """One kept answer: when it was read (seconds since 1970, UTC), its body, or the refusal instead."""

    as_of: float
    body: bytes = b""
    refusal: str = ""
    detail: str = ""


class CacheGeneration(msgspec.Struct, frozen=True, array_like=True):
    generation: str
    not_before: float = 0.0


_entries = msgspec.msgpack.Decoder(Entry)
_sheets = msgspec.msgpack.Decoder(CacheGeneration)
_pack = msgspec.msgpack.encode


class PersonCache:
    """The kept answers of one signed-in person."""

    def __init__(self, person_id: int) -> None:
        self._sheet_key = f"portal:{SCHEMA}:p{person_id}"
        self._sheet: CacheGeneration | None = None
        self._unwritten: dict[int, dict[str, bytes]] = defaultdict(dict)

    @property
    def sheet(self) -> CacheGeneration:
        """The person's generation, read once per use of this object."""
        if self._sheet is None:
            self._sheet = self._stored_sheet() or self._first_sheet()
        return self._sheet

    def _stored_sheet(self) -> CacheGeneration | None:
        return _read(_get(self._sheet_key), _sheets)

    def _first_sheet(self) -> CacheGeneration:
        """The sheet of whoever is first; without a working cache, one that nobody else uses is as good as any."""
        sheet = CacheGeneration(secrets.token_hex(8))
        if _fail_open(lambda: cache.add(self._sheet_key, _pack(sheet), GENERATION_SECONDS), False):
            return sheet
        if (theirs := self._stored_sheet()) is not None:
            return theirs
        _set(self._sheet_key, _pack(sheet), GENERATION_SECONDS)
        return sheet

    def key(self, name: str) -> str:
        digest = blake2b(name.encode(), digest_size=16).hexdigest()
        return f"{self._sheet_key}:{self.sheet.generation}:{digest}"

    def entries(self, names: Iterable[str]) -> dict[str, Entry]:
        """The kept entries among ``names``."""
        keys = {self.key(name): name for name in names}
        found: dict[str, object] = _fail_open(lambda: cache.get_many(keys), {})
        return {keys[key]: entry for key, raw in found.items() if (entry := _read(raw, _entries))}

    def put(self, name: str, entry: Entry, seconds: int) -> None:
        _set(self.key(name), _pack(entry), seconds)

    def put_later(self, name: str, entry: Entry, seconds: int) -> None:
        """Keep together with others, at the latest when ``flush`` is called."""
        self._unwritten[seconds][self.key(name)] = _pack(entry)
        if sum(map(len, self._unwritten.values())) >= FLUSH_SIZE:
            self.flush()

    def flush(self) -> None:
        """Write what ``put_later`` was given."""
        for seconds, values in self._unwritten.items():
            _fail_open(partial(cache.set_many, values, seconds), [])
        self._unwritten.clear()

    def is_fresh(self, entry: Entry, seconds: int) -> bool:
        return entry.as_of >= max(self.sheet.not_before, time.time() - seconds)

    def acquire_flight(self, name: str, seconds: float) -> bool:
        """Whether this brightspace is the one to fetch ``name`` now; the others wait for what it keeps."""
        key, until = self.key(f"flight {name}"), max(1, int(seconds) + 1)
        # Where nothing can be kept nobody else is on their way either: each has to fetch for itself.
        return _fail_open(lambda: cache.add(key, b"1", until), False) or not self.is_in_flight(name)

    def release_flight(self, name: str) -> None:
        _fail_open(lambda: cache.delete(self.key(f"flight {name}")), False)

    def is_in_flight(self, name: str) -> bool:
        return _get(self.key(f"flight {name}")) is not None

    def clear(self) -> None:
        """Strand everything kept for this person, in every process."""
        self._renew_sheet(CacheGeneration(secrets.token_hex(8)))

    def mark_stale(self) -> None:
        """Count everything kept so far as stale."""
        self._renew_sheet(CacheGeneration(self.sheet.generation, time.time()))

    def _renew_sheet(self, sheet: CacheGeneration) -> None:
        self._sheet = sheet
        _set(self._sheet_key, _pack(sheet), GENERATION_SECONDS)


def entry_at(key: str) -> Entry | None:
    """The entry under a whole key, as ``PersonCache.key`` makes it."""
    return _read(_get(key), _entries)


class SiteCache:
    """Kept values that belong to no person: the tenant's versions and its credits."""

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


def _read(raw: object, decoder: msgspec.msgpack.Decoder[T]) -> T | None:
    """What was kept; None for what another release or anybody else has put there."""
    if not isinstance(raw, bytes):
        return None
    try:
        return decoder.decode(raw)
    except msgspec.DecodeError:
        return None
