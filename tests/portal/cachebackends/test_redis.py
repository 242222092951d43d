"""The cache backend on Redis: used when Redis answers, a miss when it does not."""

import logging
import secrets
import socket
import threading
from collections.abc import Iterator

import pytest
import redis
from pytest_django import Settings

from portal.cachebackends import redis as backend_module
from portal.cachebackends.redis import CircuitBreaker, FailOpenRedisCache
from tests import services
from tests.conftest import MAYA, SignIn
from tests.sandbox.server import Sandbox

CLOSED_URL = "redis://127.0.0.1:9/5"
REDIS_URL = f"{services.REDIS}/6"


@pytest.fixture(autouse=True)
def _new_circuit_breakers() -> Iterator[None]:
    yield
    backend_module._circuit_breaker.cache_clear()


@pytest.fixture
def unreachable_cache() -> FailOpenRedisCache:
    """The backend on a port where nothing listens."""
    return FailOpenRedisCache(CLOSED_URL, {})


@pytest.fixture
def cache() -> FailOpenRedisCache:
    """The backend on a real Redis, with a key prefix of its own."""
    services.need("Redis")
    return FailOpenRedisCache(REDIS_URL, {"KEY_PREFIX": secrets.token_hex(8)})


def test_every_read_of_an_unreachable_redis_is_a_miss(unreachable_cache: FailOpenRedisCache) -> None:
    assert unreachable_cache.get("key") is None
    assert unreachable_cache.get("key", "default") == "default"
    assert unreachable_cache.get_many(["key", "other"]) == {}
    assert unreachable_cache.has_key("key") is False
    assert unreachable_cache.touch("key") is False
    assert unreachable_cache.get_or_set("key", lambda: "made") == "made"


def test_every_write_to_an_unreachable_redis_is_ignored(unreachable_cache: FailOpenRedisCache) -> None:
    unreachable_cache.set("key", "value", 10)
    unreachable_cache.set_many({"key": "value"}, 10)
    unreachable_cache.delete_many(["key"])

    assert unreachable_cache.delete("key") is False
    unreachable_cache.clear()
    with pytest.raises(ValueError, match="not in the cache"):
        unreachable_cache.incr("key")


def test_add_succeeds_without_redis(unreachable_cache: FailOpenRedisCache) -> None:
    assert unreachable_cache.add("flight", b"1", 5) is True
    assert unreachable_cache.add("flight", b"1", 5) is True


def test_an_unreachable_redis_is_logged_once(
    unreachable_cache: FailOpenRedisCache, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(5):
        unreachable_cache.get("key")

    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert "127.0.0.1" not in caplog.text


@pytest.fixture
def silent_server() -> Iterator[list[socket.socket]]:
    """A server that accepts connections and never answers: its socket, and those of the connections."""
    connections: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            while True:
                try:
                    connections.append(server.accept()[0])
                except OSError:
                    return

        threading.Thread(target=answer, daemon=True).start()
        connections.append(server)
        yield connections
        server.shutdown(socket.SHUT_RDWR)


def test_a_silent_redis_is_called_once_until_the_pause_is_over(silent_server: list[socket.socket]) -> None:
    silent = FailOpenRedisCache(
        f"redis://127.0.0.1:{silent_server[0].getsockname()[1]}/0", {"OPTIONS": {"socket_timeout": 0.1}}
    )
    for _ in range(20):
        assert silent.get("key") is None

    assert len(silent_server) - 1 <= 2


def test_one_caller_tries_for_all_when_the_pause_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    breaker = CircuitBreaker()
    breaker.failed(OSError())
    assert breaker.allows_call() is False

    now[0] += backend_module.PAUSE_SECONDS
    assert [breaker.allows_call() for _ in range(3)] == [True, False, False]
    breaker.worked()
    assert [breaker.allows_call() for _ in range(3)] == [True, True, True]


def test_the_number_of_outdated_keys_is_limited() -> None:
    breaker = CircuitBreaker()
    breaker.add_outdated(f"key {number}" for number in range(backend_module.MAX_OUTDATED_KEYS + 5))

    assert len(breaker.take_outdated()) == backend_module.MAX_OUTDATED_KEYS
    assert breaker.take_outdated() == []


@pytest.mark.services
def test_redis_stores_values_and_counts(cache: FailOpenRedisCache) -> None:
    cache.set("key", {"a": b"\x00"}, 10)
    cache.set_many({"one": 1, "two": None}, 10)

    assert cache.get("key") == {"a": b"\x00"}
    assert cache.get_many(["one", "two", "three"]) == {"one": 1, "two": None}
    assert cache.incr("one") == 2
    assert [cache.add("new", 1, 10), cache.add("new", 2, 10)] == [True, False]
    assert [cache.delete("key"), cache.delete("key"), cache.has_key("key")] == [True, False, False]


@pytest.mark.services
def test_outdated_values_are_not_served_when_redis_is_back(cache: FailOpenRedisCache) -> None:
    cache.set_many({"changed": "old", "deleted": "old", "untouched": "old"}, 60)
    breaker = backend_module._circuit_breaker((REDIS_URL,))
    breaker.failed(OSError())
    cache.set("changed", "new", 60)
    cache.delete("deleted")
    breaker.worked()

    assert cache.get_many(["changed", "deleted", "untouched"]) == {"untouched": "old"}


@pytest.mark.services
def test_a_connection_closed_by_redis_is_replaced(cache: FailOpenRedisCache) -> None:
    cache.set("key", "value", 10)
    used, other = cache._cache.get_client(), redis.Redis.from_url(REDIS_URL)
    other.client_kill_filter(_id=str(used.client_id()))

    assert cache.get("key") == "value"


@pytest.fixture
def redis_location(settings: Settings, request: pytest.FixtureRequest) -> str:
    location = str(request.param)
    backend = "portal.cachebackends.redis.FailOpenRedisCache"
    prefix = secrets.token_hex(8)
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": location, "KEY_PREFIX": prefix}}
    return location


@pytest.mark.parametrize("redis_location", [CLOSED_URL], indirect=True)
def test_every_page_works_without_redis(redis_location: str, sign_in: SignIn, sandbox: Sandbox) -> None:
    maya = sign_in(MAYA)
    assert maya.get("/team/").content.decode().count("data-person=") == 12
    fragment = maya.get("/team/?figures=0.0", headers={"HX-Request": "true"}).content.decode()

    assert 'data-waiting="0"' in fragment
    assert maya.get("/people/101/").status_code == 200
    assert maya.get("/team/export.csv").status_code == 200
    assert maya.post("/signout/").status_code == 200


@pytest.mark.services
@pytest.mark.parametrize("redis_location", [REDIS_URL], indirect=True)
def test_a_page_cached_in_redis_makes_no_calls(redis_location: str, sign_in: SignIn, sandbox: Sandbox) -> None:
    services.need("Redis")
    maya = sign_in(MAYA)
    first = maya.get("/team/?wait").content.decode()
    sandbox.control.clear_requests()
    again = maya.get("/team/").content.decode()

    assert sandbox.control.requests() == []
    assert first.count("data-person=") == again.count("data-person=") == 12
