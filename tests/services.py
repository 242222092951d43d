"""PostgreSQL, Redis and RabbitMQ on loopback, which some tests need."""

import os
import socket
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

POSTGRESQL = "postgres://postgres@127.0.0.1:5432"
REDIS = "redis://127.0.0.1:6379"
RABBITMQ = "amqp://guest:guest@127.0.0.1:5672//"
REQUIRED_IN_CI = {"PostgreSQL", "Redis"}
PORTS = {"PostgreSQL": 5432, "Redis": 6379, "RabbitMQ": 5672}


def need(*names: str) -> None:
    """Skip the test if one of the services does not answer; fail it in CI if the service is required there."""
    for name in names:
        with socket.socket() as probe:
            probe.settimeout(1)
            answers = probe.connect_ex(("127.0.0.1", PORTS[name])) == 0
        if not answers and name in REQUIRED_IN_CI and os.environ.get("CI"):
            pytest.fail(f"{name} must answer on loopback where CI is set.")
        if not answers:
            pytest.skip(f"{name} does not answer on port {PORTS[name]} of this machine.")


@contextmanager
def postgresql_database() -> Iterator[str]:
    """The address of a new, empty database, dropped afterwards."""
    import psycopg

    name = f"portal_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(f"{POSTGRESQL}/postgres", autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield f"{POSTGRESQL}/{name}"
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
