"""The kinds of database and cache that benchmarks run on, each new and gone afterwards."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOST = "127.0.0.1"
SERVICES = {"PostgreSQL": 5432, "Redis": 6379}
SERVER = f"postgres://postgres@{HOST}:5432"
REDIS = f"redis://{HOST}:6379/7"


def missing() -> list[str]:
    """The services that do not answer on loopback."""
    return [name for name, port in SERVICES.items() if not _answers(port)]


@contextmanager
def sqlite(folder: Path) -> Iterator[dict[str, str]]:
    """The demo's stores: a file with the cache in it."""
    yield {"DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}", "CACHE_URL": "database:"}


@contextmanager
def postgresql_and_redis() -> Iterator[dict[str, str]]:
    """Production's stores. The Redis database 7 is emptied."""
    import psycopg

    name = f"portal_benchmark_{os.getpid()}"
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield {"DATABASE_URL": f"{SERVER}/{name}", "CACHE_URL": REDIS}
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _answers(port: int) -> bool:
    try:
        with socket.create_connection((HOST, port), timeout=1):
            return True
    except OSError:
        return False
