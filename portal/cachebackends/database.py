"""A cache backend in the site's database that writes many small values with few statements.

Django's own backend counts the table and makes two queries before each value that it writes, which takes longer than
asking Brightspace. This one writes with ``INSERT … ON CONFLICT``, so ``add`` succeeds for one caller only.
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

VALUES_PER_CULL = 2_000  # values written, on average, between two checks of the table's size
ROWS_PER_STATEMENT = 300  # of three parameters each; SQLite may allow only 999 parameters
Row = tuple[str, str, Any]


class BatchingDatabaseCache(DatabaseCache):
    """Django's database cache with writes whose cost does not grow with the table."""

    _table: str
    _cull: Callable[[str, Any, datetime, int], None]

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self.set_many({key: value}, timeout, version)

    def set_many(
        self, data: Mapping[Any, Any], timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> list[Any]:
        expires = self._expires(timeout)
        rows = [
            (self.make_and_validate_key(key, version=version), _pickled(value, self.pickle_protocol), expires)
            for key, value in data.items()
        ]
        for batch in _batches(rows):
            self._put(batch)
        self._cull_sometimes(len(rows))
        return []

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        key = self.make_and_validate_key(key, version=version)
        row = (key, _pickled(value, self.pickle_protocol), self._expires(timeout))
        return self._put([row], only_if_absent=True) > 0

    def _put(self, rows: Sequence[Row], *, only_if_absent: bool = False) -> int:
        """Write rows and return how many were. As in Django's backend, a database error only loses the values."""
        connection = connections[router.db_for_write(self.cache_model_class)]
        quoted = connection.ops.quote_name
        table, key, value, expires = (quoted(name) for name in (self._table, "cache_key", "value", "expires"))
        placeholders = ", ".join(["(%s, %s, %s)"] * len(rows))
        sql = (
            f"INSERT INTO {table} ({key}, {value}, {expires}) VALUES {placeholders} ON CONFLICT ({key})"  # noqa: S608
            f" DO UPDATE SET {value} = EXCLUDED.{value}, {expires} = EXCLUDED.{expires}"
        )
        parameters = [parameter for row in rows for parameter in row]
        if only_if_absent:  # an expired value counts as absent
            sql += f" WHERE {table}.{expires} < %s"
            parameters.append(connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0)))
        try:
            with connection.cursor() as cursor:
                cursor.execute(sql, parameters)
                return int(cursor.rowcount)
        except DatabaseError:
            return 0

    def _expires(self, timeout: Any) -> Any:
        """When a value set now expires, as the database takes it."""
        seconds = self.get_backend_timeout(timeout)
        moment = datetime.max if seconds is None else datetime.fromtimestamp(seconds, UTC)
        connection = connections[router.db_for_write(self.cache_model_class)]
        return connection.ops.adapt_datetimefield_value(moment.replace(microsecond=0, tzinfo=moment.tzinfo or UTC))

    def _cull_sometimes(self, written: int) -> None:
        """Delete values if there are too many; checked at random, as often as ``VALUES_PER_CULL`` says."""
        if random.random() * VALUES_PER_CULL >= written:  # noqa: S311  # spreads the work out, guards nothing
            return
        database = router.db_for_write(self.cache_model_class)
        connection = connections[database]
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(self._table)}")  # noqa: S608
            self._cull(database, cursor, timezone.now().replace(microsecond=0), cursor.fetchone()[0])


def _pickled(value: Any, protocol: int) -> str:
    return base64.b64encode(pickle.dumps(value, protocol)).decode("ascii")


def _batches(rows: Sequence[Row]) -> Iterator[list[Row]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, ROWS_PER_STATEMENT)):
        yield batch
