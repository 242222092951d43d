"""Redis as the site's cache. Without Redis everything is slower and nothing is broken.

Whatever Redis cannot do counts as a miss; ``add`` counts as won, so that work goes on. After a failure the
process leaves Redis alone for some seconds instead of waiting for it again and again. What should have been
changed or forgotten meanwhile is deleted first once Redis is back, so that no value of before is served.
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
MAX_OWED_KEYS = 20_000
LIMITS: dict[str, Any] = {
    "socket_connect_timeout": 0.5,
    "socket_timeout": 1.0,
    "retry": Retry(NoBackoff(), 1),  # a connection that went stale is worth one more try, on a new one
}


class CircuitBreaker:
    """What this process knows of one Redis: whether to leave it alone, and what it has missed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._alone_until = 0.0
        self._owed: dict[str, None] = {}

    def may_try(self) -> bool:
        """Whether to ask Redis. After a failure one caller finds out for all whether it is back."""
        with self._lock:
            now = time.monotonic()
            if now < self._alone_until:
                return False
            if self._alone_until:
                self._alone_until = now + PAUSE_SECONDS
            return True

    def failed(self, error: Exception) -> None:
        with self._lock:
            first = not self._alone_until
            self._alone_until = time.monotonic() + PAUSE_SECONDS
        if first:
            log.warning("Redis cannot be used (%s); pages go on without it.", type(error).__name__)

    def worked(self) -> None:
        if self._alone_until:
            log.warning("Redis can be used again.")
            with self._lock:
                self._alone_until = 0.0

    def owe(self, keys: Iterable[str]) -> None:
        """Remember keys whose value in Redis must not be served any more."""
        with self._lock:
            self._owed.update(dict.fromkeys(keys))
            while len(self._owed) > MAX_OWED_KEYS:
                del self._owed[next(iter(self._owed))]

    def owed(self) -> list[str]:
        """Take over what is owed; whoever cannot settle it owes it again."""
        with self._lock:
            keys, self._owed = list(self._owed), {}
        return keys


@lru_cache
def _circuit_breaker(servers: tuple[str, ...]) -> CircuitBreaker:
    return CircuitBreaker()  # Django makes a client per thread; they share one


class FailOpenClient(RedisCacheClient):
    """Django's client, which never raises for Redis's sake."""

    def __init__(self, servers: list[str], **options: Any) -> None:
        super().__init__(servers, **(LIMITS | options))
        self._breaker = _circuit_breaker(tuple(servers))

    def add(self, key: Any, value: Any, timeout: Any) -> bool:
        return self._tried(lambda: super(FailOpenClient, self).add(key, value, timeout), True)

    def get(self, key: Any, default: Any) -> Any:
        return self._tried(lambda: super(FailOpenClient, self).get(key, default), default)

    def set(self, key: Any, value: Any, timeout: Any) -> None:
        self._tried(lambda: super(FailOpenClient, self).set(key, value, timeout), None, [key])

    def touch(self, key: Any, timeout: Any) -> bool:
        return self._tried(lambda: super(FailOpenClient, self).touch(key, timeout), False)

    def delete(self, key: Any) -> bool:
        return self._tried(lambda: super(FailOpenClient, self).delete(key), False, [key])

    def get_many(self, keys: Any) -> dict[Any, Any]:
        return self._tried(lambda: super(FailOpenClient, self).get_many(keys), {})

    def has_key(self, key: Any) -> bool:
        return self._tried(lambda: super(FailOpenClient, self).has_key(key), False)

    def incr(self, key: Any, delta: Any) -> int:
        found = self._tried(lambda: super(FailOpenClient, self).incr(key, delta), None)
        if found is None:
            raise ValueError("This key is not in the cache.")
        return int(found)

    def set_many(self, data: Any, timeout: Any) -> None:
        self._tried(lambda: super(FailOpenClient, self).set_many(data, timeout), None, data)

    def delete_many(self, keys: Any) -> None:
        self._tried(lambda: super(FailOpenClient, self).delete_many(keys), None, keys)

    def clear(self) -> bool:
        return self._tried(super().clear, False)

    def _tried(self, call: Callable[[], T], miss: T, changes: Iterable[Any] = ()) -> T:
        """The call's value, or ``miss`` if Redis cannot be used; then the keys it ``changes`` are owed."""
        if not self._breaker.may_try():
            self._breaker.owe(changes)
            return miss
        try:
            self._settle()
            value = call()
        except (redis.RedisError, OSError) as error:
            self._breaker.failed(error)
            self._breaker.owe(changes)
            return miss
        self._breaker.worked()
        return value

    def _settle(self) -> None:
        if keys := self._breaker.owed():
            try:
                super().delete_many(keys)
            except (redis.RedisError, OSError):
                self._breaker.owe(keys)
                raise


class FailOpenRedisCache(RedisCache):
    """The backend that ``CACHE_URL=redis://…`` stands for."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = FailOpenClient
