"""Databases and caches that benchmarks run on, each new and deleted afterwards."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.services import PORTS, REDIS, postgresql_database

NEEDED = ("PostgreSQL", "Redis")
REDIS_DATABASE = 7  # it is cleared


def missing() -> list[str]:
    """The services that do not answer on loopback."""
    return [name for name in NEEDED if not _answers(PORTS[name])]


def sqlite(folder: Path) -> dict[str, str]:
    """The demo's stores: a file with the cache in it."""
    return {"DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}", "CACHE_URL": "database:"}


@contextmanager
def postgresql_and_redis() -> Iterator[dict[str, str]]:
    """Production's stores."""
    with postgresql_database() as address:
        yield {"DATABASE_URL": address, "CACHE_URL": f"{REDIS}/{REDIS_DATABASE}"}


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
