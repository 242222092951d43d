"""A production site on PostgreSQL, Redis and each broker: it starts, is ready, and requires HTTPS."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from celery import Celery

from tests import services
from tests.processes.own_site import PREPARE, ROOT

pytestmark = pytest.mark.services
BROKERS = {"Redis": f"{services.REDIS}/5", "RabbitMQ": services.RABBITMQ}
TIMEOUT_SECONDS = 60


@pytest.fixture(scope="module", params=BROKERS)
def environment(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of a production site, on a database of its own."""
    services.need("PostgreSQL", "Redis", request.param)
    folder: Path = tmp_path_factory.mktemp("site")
    with services.postgresql_database() as database:
        variables = os.environ | {
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "PORTAL_PUBLIC_URL": "https://portal.example.org",
            "PORTAL_DATA_DIR": str(folder),
            "DATABASE_URL": database,
            "CACHE_URL": f"{services.REDIS}/5",
            "CELERY_BROKER_URL": BROKERS[request.param],
            "PORTAL_LOG": "WARNING",
        }
        subprocess.run(PREPARE, cwd=ROOT, env=variables, check=True)
        yield variables


@pytest.fixture(scope="module")
def site(environment: dict[str, str]) -> Iterator[int]:
    """The port of Gunicorn with two processes."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "portal.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
    with subprocess.Popen([*command, "--log-level", "warning"], cwd=ROOT, env=environment) as process:
        try:
            wait_for(port)
            yield port
        finally:
            process.terminate()


def wait_for(port: int) -> None:
    until = time.monotonic() + TIMEOUT_SECONDS
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("the site did not start")


def response_of(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS)
    header_fields = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request("GET", path, headers=header_fields)
    response = connection.getresponse()
    return response.status, dict(response.getheaders()), response.read().decode()


def test_the_site_is_ready_with_every_store(site: int) -> None:
    status, _, body = response_of(site, "/readyz")

    assert (status, json.loads(body)) == (200, {"database": "ok", "cache": "ok", "broker": "ok"})


def test_http_is_redirected_to_https(site: int) -> None:
    status, headers, _ = response_of(site, "/team/", Host="portal.example.org")

    assert (status, headers["Location"]) == (301, "https://portal.example.org/team/")


def test_cookies_are_for_https_and_this_host_only(site: int) -> None:
    status, headers, _ = response_of(site, "/signin/", Host="portal.example.org", X_Forwarded_Proto="https")

    assert status == 302
    assert "redirect_uri=https%3A%2F%2Fportal.example.org%2Fsignin%2Fcallback%2F" in headers["Location"]
    assert headers["Set-Cookie"].startswith("__Host-portal=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(headers["Set-Cookie"].split("; "))
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_a_worker_starts_and_answers(environment: dict[str, str]) -> None:
    name = f"portal-{os.getpid()}@here"
    command = [sys.executable, "-m", "celery", "-A", "portal", "worker", "--pool", "threads", "-c", "1", "-n", name]
    with subprocess.Popen([*command, "--loglevel", "ERROR"], cwd=ROOT, env=environment) as process:
        try:
            assert worker_answers(name, environment["CELERY_BROKER_URL"])
        finally:
            process.terminate()


def worker_answers(name: str, broker: str) -> bool:
    """Whether a worker of this name answers a ping within a minute."""
    client = Celery("client", set_as_current=False)
    client.conf.update(broker_read_url=broker, broker_write_url=broker)
    until = time.monotonic() + TIMEOUT_SECONDS
    while time.monotonic() < until:
        if client.control.ping([name], timeout=1):
            return True
    return False
