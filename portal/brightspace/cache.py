"""What Brightspace answered, kept per person: every value knows its age, and nothing crosses people.

A key names the schema, the person, the person's generation and the read. Forgetting (sign-out, a write)
changes the generation, which strands every older key at once, in every process. Asking for newer answers
moves ``not_before``: older values then count as stale, but stay for when Brightspace cannot answer.
"""

import secrets
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from hashlib import blake2b

import msgspec
from django.core.cache import cache

SCHEMA = 1
KEEP_GENERATION = 30 * 86_400
KEEP_AT_ONCE = 40


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """One kept answer: when it was read (seconds since 1970, UTC), its body, or the refusal instead."""

    as_of: float
    body: bytes = b""
    refusal: str = ""
    detail: str = ""


class _Sheet(msgspec.Struct, frozen=True, array_like=True):
    generation: str
    not_before: float = 0.0


_entries = msgspec.msgpack.Decoder(Entry)
_sheets = msgspec.msgpack.Decoder(_Sheet)
_pack = msgspec.msgpack.encode


class PersonCache:
    """The kept answers of one signed-in person."""

    def __init__(self, person_id: int) -> None:
        self._sheet_key = f"portal:{SCHEMA}:p{person_id}"
        self._sheet: _Sheet | None = None
        self._unwritten: dict[int, dict[str, bytes]] = defaultdict(dict)

    @property
    def sheet(self) -> _Sheet:
        """The person's generation, read once per use of this object."""
        if self._sheet is None:
            raw = cache.get(self._sheet_key)
            if raw is None:
                cache.add(self._sheet_key, _pack(_Sheet(secrets.token_hex(8))), KEEP_GENERATION)
                raw = cache.get(self._sheet_key)
            # Without a working cache nothing is kept, and a name nobody else uses is as good as any.
            self._sheet = _sheets.decode(raw) if raw else _Sheet(secrets.token_hex(8))
        return self._sheet

    def key(self, name: str) -> str:
        digest = blake2b(name.encode(), digest_size=16).hexdigest()
        return f"{self._sheet_key}:{self.sheet.generation}:{digest}"

    def entries(self, names: Iterable[str]) -> dict[str, Entry]:
        """The kept entries among ``names``."""
        keys = {self.key(name): name for name in names}
        return {keys[key]: _entries.decode(raw) for key, raw in cache.get_many(keys).items()}

    def keep(self, name: str, entry: Entry, seconds: int) -> None:
        cache.set(self.key(name), _pack(entry), seconds)

    def keep_soon(self, name: str, entry: Entry, seconds: int) -> None:
        """Keep together with others, at the latest when ``flush`` is called."""
        self._unwritten[seconds][self.key(name)] = _pack(entry)
        if sum(map(len, self._unwritten.values())) >= KEEP_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Write what ``keep_soon`` was given."""
        for seconds, values in self._unwritten.items():
            cache.set_many(values, seconds)
        self._unwritten.clear()

    def is_fresh(self, entry: Entry, seconds: int) -> bool:
        return entry.as_of >= max(self.sheet.not_before, time.time() - seconds)

    def take_flight(self, name: str, seconds: float) -> bool:
        """Whether this caller is the one to fetch ``name`` now; the others wait for what it keeps."""
        return cache.add(self.key(f"flight {name}"), b"1", max(1, int(seconds) + 1))

    def land(self, name: str) -> None:
        cache.delete(self.key(f"flight {name}"))

    def in_flight(self, name: str) -> bool:
        return cache.get(self.key(f"flight {name}")) is not None

    def forget(self) -> None:
        """Strand everything kept for this person, in every process."""
        self._sheet = _Sheet(secrets.token_hex(8))
        cache.set(self._sheet_key, _pack(self._sheet), KEEP_GENERATION)

    def ask_anew(self) -> None:
        """Count everything kept so far as stale."""
        self._sheet = _Sheet(self.sheet.generation, time.time())
        cache.set(self._sheet_key, _pack(self._sheet), KEEP_GENERATION)


class SiteCache:
    """Kept values that belong to no person: the tenant's versions and its credits."""

    def get_many(self, names: Iterable[str]) -> Mapping[str, object]:
        keys = {f"portal:{SCHEMA}:site:{name}": name for name in names}
        return {keys[key]: value for key, value in cache.get_many(keys).items()}

    def get(self, name: str) -> object:
        return cache.get(f"portal:{SCHEMA}:site:{name}")

    def set(self, name: str, value: object, seconds: int) -> None:
        cache.set(f"portal:{SCHEMA}:site:{name}", value, seconds)
