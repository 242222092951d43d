"""Redis as the cache: used when it is there, done without when it is not."""

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

CLOSED = "redis://127.0.0.1:9/5"
REDIS = f"{services.REDIS}/6"


@pytest.fixture(autouse=True)
def _no_memories() -> Iterator[None]:
    yield
    backend_module._circuit_breaker.cache_clear()


@pytest.fixture
def away() -> FailOpenRedisCache:
    """A Redis that is not there."""
    return FailOpenRedisCache(CLOSED, {})


@pytest.fixture
def here() -> FailOpenRedisCache:
    """A real one, with keys of its own."""
    services.need("Redis")
    return FailOpenRedisCache(REDIS, {"KEY_PREFIX": secrets.token_hex(8)})


def test_every_question_to_a_redis_that_is_away_is_a_miss(away: FailOpenRedisCache) -> None:
    assert away.get("key") is None
    assert away.get("key", "default") == "default"
    assert away.get_many(["key", "other"]) == {}
    assert away.has_key("key") is False
    assert away.touch("key") is False
    assert away.get_or_set("key", lambda: "made") == "made"


def test_every_change_at_a_redis_that_is_away_goes_unnoticed(away: FailOpenRedisCache) -> None:
    away.set("key", "value", 10)
    away.set_many({"key": "value"}, 10)
    away.delete_many(["key"])

    assert away.delete("key") is False
    away.clear()
    with pytest.raises(ValueError, match="not in the cache"):
        away.incr("key")


def test_whoever_adds_goes_on_working_without_redis(away: FailOpenRedisCache) -> None:
    assert away.add("flight", b"1", 5) is True
    assert away.add("flight", b"1", 5) is True


def test_a_redis_that_is_away_is_told_of_once(away: FailOpenRedisCache, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(5):
        away.get("key")

    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert "127.0.0.1" not in caplog.text


@pytest.fixture
def mute() -> Iterator[list[socket.socket]]:
    """A server that takes calls and never says a word; the calls it took."""
    calls: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            while True:
                try:
                    calls.append(server.accept()[0])
                except OSError:
                    return

        threading.Thread(target=answer, daemon=True).start()
        calls.append(server)
        yield calls
        server.shutdown(socket.SHUT_RDWR)


def test_a_redis_that_says_nothing_is_left_alone_after_the_first_question(mute: list[socket.socket]) -> None:
    quiet = FailOpenRedisCache(f"redis://127.0.0.1:{mute[0].getsockname()[1]}/0", {"OPTIONS": {"socket_timeout": 0.1}})
    for _ in range(20):
        assert quiet.get("key") is None

    assert len(mute) - 1 <= 2


def test_one_caller_finds_out_for_all_whether_redis_is_back(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    breaker = CircuitBreaker()
    breaker.failed(OSError())
    assert breaker.may_try() is False

    now[0] += backend_module.PAUSE_SECONDS
    assert [breaker.may_try() for _ in range(3)] == [True, False, False]
    breaker.worked()
    assert [breaker.may_try() for _ in range(3)] == [True, True, True]


def test_what_redis_has_missed_is_bounded() -> None:
    breaker = CircuitBreaker()
    breaker.owe(f"key {number}" for number in range(backend_module.MAX_OWED_KEYS + 5))

    assert len(breaker.owed()) == backend_module.MAX_OWED_KEYS
    assert breaker.owed() == []


@pytest.mark.services
def test_redis_keeps_what_it_is_given(here: FailOpenRedisCache) -> None:
    here.set("key", {"a": b"\x00"}, 10)
    here.set_many({"one": 1, "two": None}, 10)

    assert here.get("key") == {"a": b"\x00"}
    assert here.get_many(["one", "two", "three"]) == {"one": 1, "two": None}
    assert here.incr("one") == 2
    assert [here.add("new", 1, 10), here.add("new", 2, 10)] == [True, False]
    assert [here.delete("key"), here.delete("key"), here.has_key("key")] == [True, False, False]


@pytest.mark.services
def test_what_was_to_be_forgotten_meanwhile_is_not_served_when_redis_is_back(here: FailOpenRedisCache) -> None:
    here.set_many({"changed": "old", "deleted": "old", "untouched": "old"}, 60)
    breaker = backend_module._circuit_breaker((REDIS,))
    breaker.failed(OSError())
    here.set("changed", "new", 60)
    here.delete("deleted")
    breaker.worked()

    assert here.get_many(["changed", "deleted", "untouched"]) == {"untouched": "old"}


@pytest.mark.services
def test_a_connection_that_redis_closed_is_replaced(here: FailOpenRedisCache) -> None:
    here.set("key", "value", 10)
    used, other = here._cache.get_client(), redis.Redis.from_url(REDIS)
    other.client_kill_filter(_id=str(used.client_id()))

    assert here.get("key") == "value"


@pytest.fixture
def with_redis(settings: Settings, request: pytest.FixtureRequest) -> str:
    location = str(request.param)
    backend = "portal.cachebackends.redis.FailOpenRedisCache"
    prefix = secrets.token_hex(8)
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": location, "KEY_PREFIX": prefix}}
    return location


@pytest.mark.parametrize("with_redis", [CLOSED], indirect=True)
def test_all_pages_work_without_redis(with_redis: str, sign_in: SignIn, sandbox: Sandbox) -> None:
    maya = sign_in(MAYA)
    assert maya.get("/team/").content.decode().count("data-person=") == 12
    fragment = maya.get("/team/?figures=0.0", headers={"HX-Request": "true"}).content.decode()

    assert 'data-waiting="0"' in fragment
    assert maya.get("/people/101/").status_code == 200
    assert maya.get("/team/export.csv").status_code == 200
    assert maya.post("/signout/").status_code == 200


@pytest.mark.services
@pytest.mark.parametrize("with_redis", [REDIS], indirect=True)
def test_a_page_that_is_kept_in_redis_asks_nothing(with_redis: str, sign_in: SignIn, sandbox: Sandbox) -> None:
    services.need("Redis")
    maya = sign_in(MAYA)
    first = maya.get("/team/?wait").content.decode()
    sandbox.control.clear_requests()
    again = maya.get("/team/").content.decode()

    assert sandbox.control.requests() == []
    assert first.count("data-person=") == again.count("data-person=") == 12
