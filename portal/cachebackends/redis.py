"""A cache backend on Redis that fails open: without Redis pages are slower, and nothing else is affected.

A command that fails counts as a miss, ``add`` as a success, so that work goes on. After a failure the process sends
nothing to Redis for some seconds instead of waiting for a timeout each time. Keys that should have been changed or
deleted meanwhile are deleted when Redis is back, before anything is read, so that no outdated value is served.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, TypeVar

import redis
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.backoff import NoBackoff
from redis.retry import Retry

T = TypeVar("T")
log = logging.getLogger(__name__)
PAUSE_SECONDS = 3.0
MAX_OUTDATED_KEYS = 20_000
CLIENT_OPTIONS: dict[str, Any] = {
    "socket_connect_timeout": 0.5,
    "socket_timeout": 1.0,
    "retry": Retry(NoBackoff(), 1),  # once, for a pooled connection that Redis has closed
}


class CircuitBreaker:
    """The state of one Redis in this process: whether to call it, and which of its keys are outdated."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open_until = 0.0  # on the monotonic clock; 0 while Redis works
        self._outdated_keys: dict[str, None] = {}

    def allows_call(self) -> bool:
        """Whether to call Redis. When the pause after a failure is over, one caller tries for all."""
        with self._lock:
            now = time.monotonic()
            if now < self._open_until:
                return False
            if self._open_until:
                self._open_until = now + PAUSE_SECONDS
            return True

    def failed(self, error: Exception) -> None:
        """Note a failed call: no further ones for ``PAUSE_SECONDS``."""
        with self._lock:
            is_first = not self._open_until
            self._open_until = time.monotonic() + PAUSE_SECONDS
        if is_first:
            log.warning("Redis cannot be used (%s); pages go on without it.", type(error).__name__)

    def worked(self) -> None:
        """Note a call that succeeded."""
        if self._open_until:
            log.warning("Redis can be used again.")
            with self._lock:
                self._open_until = 0.0

    def add_outdated(self, keys: Iterable[str]) -> None:
        """Remember keys whose values in Redis must not be served any more, the latest ``MAX_OUTDATED_KEYS``."""
        with self._lock:
            self._outdated_keys.update(dict.fromkeys(keys))
            while len(self._outdated_keys) > MAX_OUTDATED_KEYS:
                del self._outdated_keys[next(iter(self._outdated_keys))]

    def take_outdated(self) -> list[str]:
        """The outdated keys, which the caller must delete in Redis; one that cannot adds them again."""
        with self._lock:
            keys, self._outdated_keys = list(self._outdated_keys), {}
        return keys


@lru_cache
def _circuit_breaker(servers: tuple[str, ...]) -> CircuitBreaker:
    return CircuitBreaker()  # one for all clients of a server: Django makes a client per thread


class FailOpenClient(RedisCacheClient):
    """Django's Redis client, whose methods return a miss where Redis fails."""

    def __init__(self, servers: list[str], **options: Any) -> None:
        super().__init__(servers, **(CLIENT_OPTIONS | options))
        self._breaker = _circuit_breaker(tuple(servers))

    def add(self, key: Any, value: Any, timeout: Any) -> bool:
        return self._guarded(lambda: super(FailOpenClient, self).add(key, value, timeout), True)

    def get(self, key: Any, default: Any) -> Any:
        return self._guarded(lambda: super(FailOpenClient, self).get(key, default), default)

    def set(self, key: Any, value: Any, timeout: Any) -> None:
        self._guarded(lambda: super(FailOpenClient, self).set(key, value, timeout), None, [key])

    def touch(self, key: Any, timeout: Any) -> bool:
        return self._guarded(lambda: super(FailOpenClient, self).touch(key, timeout), False)

    def delete(self, key: Any) -> bool:
        return self._guarded(lambda: super(FailOpenClient, self).delete(key), False, [key])

    def get_many(self, keys: Any) -> dict[Any, Any]:
        return self._guarded(lambda: super(FailOpenClient, self).get_many(keys), {})

    def has_key(self, key: Any) -> bool:
        return self._guarded(lambda: super(FailOpenClient, self).has_key(key), False)

    def incr(self, key: Any, delta: Any) -> int:
        value = self._guarded(lambda: super(FailOpenClient, self).incr(key, delta), None)
        if value is None:
            raise ValueError("This key is not in the cache.")
        return int(value)

    def set_many(self, data: Any, timeout: Any) -> None:
        self._guarded(lambda: super(FailOpenClient, self).set_many(data, timeout), None, data)

    def delete_many(self, keys: Any) -> None:
        self._guarded(lambda: super(FailOpenClient, self).delete_many(keys), None, keys)

    def clear(self) -> bool:
        return self._guarded(super().clear, False)

    def _guarded(self, call: Callable[[], T], miss: T, changes: Iterable[Any] = ()) -> T:
        """The value of ``call``, or ``miss`` if Redis fails; then the keys that the call ``changes`` are outdated."""
        if not self._breaker.allows_call():
            self._breaker.add_outdated(changes)
            return miss
        try:
            self._delete_outdated()
            value = call()
        except (redis.RedisError, OSError) as error:
            self._breaker.failed(error)
            self._breaker.add_outdated(changes)
            return miss
        self._breaker.worked()
        return value

    def _delete_outdated(self) -> None:
        if keys := self._breaker.take_outdated():
            try:
                super().delete_many(keys)
            except (redis.RedisError, OSError):
                self._breaker.add_outdated(keys)
                raise


class FailOpenRedisCache(RedisCache):
    """The cache backend of ``CACHE_URL=redis://…``."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = FailOpenClient
