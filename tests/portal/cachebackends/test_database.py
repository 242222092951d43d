"""The cache backend in the database: many values at once, ``add`` for one caller, and culling."""

from collections.abc import Iterator
from unittest.mock import patch

import pytest
from django.core.cache.backends.base import BaseCache
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from portal.cachebackends.database import BatchingDatabaseCache

TABLE = "a_cache_of_this_test"


@pytest.fixture
def cache(db: None, settings: Settings) -> Iterator[BaseCache]:
    options = {"MAX_ENTRIES": 20, "CULL_FREQUENCY": 2}
    backend = f"{BatchingDatabaseCache.__module__}.{BatchingDatabaseCache.__name__}"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": TABLE, "OPTIONS": options}}
    call_command("createcachetable", verbosity=0)
    yield BatchingDatabaseCache(TABLE, {"OPTIONS": options})
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {TABLE}")


def rows() -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {TABLE}")
        return int(cursor.fetchone()[0])


def test_many_values_are_written_and_read_by_one_statement_each(cache: BaseCache) -> None:
    values = {f"key{number}": [number, b"\0"] for number in range(250)}

    with patch("portal.cachebackends.database.VALUES_PER_CULL", 10**9), CaptureQueriesContext(connection) as queries:
        cache.set_many(values)
        read_back = cache.get_many(values)

    assert read_back == values
    assert len(queries) == 2


def test_more_values_than_fit_a_statement_are_all_written(cache: BaseCache) -> None:
    with patch("portal.cachebackends.database.VALUES_PER_CULL", 10**9):
        cache.set_many(dict.fromkeys(range(700), "value"))

    assert rows() == 700


def test_a_later_value_replaces_an_earlier_one(cache: BaseCache) -> None:
    cache.set("key", "earlier")
    cache.set("key", "later")

    assert cache.get("key") == "later"


def test_add_succeeds_for_the_first_caller_only(cache: BaseCache) -> None:
    assert cache.add("key", "first")
    assert not cache.add("key", "second")
    assert cache.get("key") == "first"


def test_an_expired_value_is_missing_and_can_be_added_again(cache: BaseCache) -> None:
    cache.set("key", "old", -10)

    assert cache.get("key") is None
    cache.set("key", "old", -10)
    assert cache.add("key", "new")
    assert cache.get("key") == "new"


def test_a_value_without_a_timeout_stays(cache: BaseCache) -> None:
    cache.set("key", "value", None)

    assert cache.get("key") == "value"


def test_the_table_is_culled_above_its_maximum(cache: BaseCache) -> None:
    with patch("portal.cachebackends.database.VALUES_PER_CULL", 1):
        cache.set_many(dict.fromkeys(range(15), "expired"), -10)
        cache.set_many(dict.fromkeys(range(100, 140), "value"))

    assert 0 < rows() <= 20
    assert cache.get(0) is None
