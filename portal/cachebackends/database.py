"""The cache in the site's database, for many small values: one statement to keep any number of them.

Django's own backend counts the whole table and asks twice before each value it writes, which costs more
than asking Brightspace. Here the database settles what was there before, so ``add`` has one winner.
"""

import base64
import pickle
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import DatabaseError, connections, router
from django.utils import timezone

CLEAN_EVERY = 2_000  # values written, on average, between two looks at how many there are
ROWS_AT_ONCE = 300  # three parameters each; SQLite may take no more than 999
Row = tuple[str, str, Any]


class BatchingDatabaseCache(DatabaseCache):
    """Django's database cache with writes that do not grow with the table."""

    _table: str
    _cull: Callable[[str, Any, datetime, int], None]

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self.set_many({key: value}, timeout, version)

    def set_many(
        self, data: Mapping[Any, Any], timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> list[Any]:
        expires = self._expires(timeout)
        rows = [
            (self.make_and_validate_key(key, version=version), _packed(value, self.pickle_protocol), expires)
            for key, value in data.items()
        ]
        for part in _parts(rows):
            self._put(part)
        self._clean_sometimes(len(rows))
        return []

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        key = self.make_and_validate_key(key, version=version)
        row = (key, _packed(value, self.pickle_protocol), self._expires(timeout))
        return self._put([row], unless_kept=True) > 0

    def _put(self, rows: Sequence[Row], *, unless_kept: bool = False) -> int:
        """How many rows were written. Like Django's: a database that refuses loses the value, no more."""
        connection = connections[router.db_for_write(self.cache_model_class)]
        quoted = connection.ops.quote_name
        table, key, value, expires = (quoted(name) for name in (self._table, "cache_key", "value", "expires"))
        places = ", ".join(["(%s, %s, %s)"] * len(rows))
        sql = (
            f"INSERT INTO {table} ({key}, {value}, {expires}) VALUES {places} ON CONFLICT ({key})"  # noqa: S608
            f" DO UPDATE SET {value} = EXCLUDED.{value}, {expires} = EXCLUDED.{expires}"
        )
        parameters = [part for row in rows for part in row]
        if unless_kept:
            sql += f" WHERE {table}.{expires} < %s"
            parameters.append(connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0)))
        try:
            with connection.cursor() as cursor:
                cursor.execute(sql, parameters)
                return int(cursor.rowcount)
        except DatabaseError:
            return 0

    def _expires(self, timeout: Any) -> Any:
        seconds = self.get_backend_timeout(timeout)
        moment = datetime.max if seconds is None else datetime.fromtimestamp(seconds, UTC)
        connection = connections[router.db_for_write(self.cache_model_class)]
        return connection.ops.adapt_datetimefield_value(moment.replace(microsecond=0, tzinfo=moment.tzinfo or UTC))

    def _clean_sometimes(self, written: int) -> None:
        if random.random() * CLEAN_EVERY >= written:  # noqa: S311  # spreads the cleaning out, guards nothing
            return
        database = router.db_for_write(self.cache_model_class)
        connection = connections[database]
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(self._table)}")  # noqa: S608
            self._cull(database, cursor, timezone.now().replace(microsecond=0), cursor.fetchone()[0])


def _packed(value: Any, protocol: int) -> str:
    return base64.b64encode(pickle.dumps(value, protocol)).decode("ascii")


def _parts(rows: Sequence[Row]) -> Iterator[list[Row]]:
    waiting = iter(rows)
    while part := list(islice(waiting, ROWS_AT_ONCE)):
        yield part
