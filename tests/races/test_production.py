"""The processes of a production site, on production's servers: they start, say they are ready, and insist on HTTPS."""

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
from tests.races.crew import PREPARE, ROOT

pytestmark = [pytest.mark.services, pytest.mark.xdist_group("races")]
BROKERS = {"Redis": f"{services.REDIS}/5", "RabbitMQ": services.RABBITMQ}
SECONDS = 60


@pytest.fixture(scope="module", params=BROKERS)
def environment(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """An operator's environment, on a database of its own."""
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
        subprocess.run([sys.executable, "-c", PREPARE], cwd=ROOT, env=variables, check=True)
        yield variables


@pytest.fixture(scope="module")
def site(environment: dict[str, str]) -> Iterator[int]:
    """Gunicorn with two processes; its port."""
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
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("the site did not start")


def asked(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request("GET", path, headers=named)
    answer = connection.getresponse()
    return answer.status, dict(answer.getheaders()), answer.read().decode()


def test_the_site_says_that_it_is_ready(site: int) -> None:
    status, _, body = asked(site, "/readyz")

    assert (status, json.loads(body)) == (200, {"database": "ok", "cache": "ok", "broker": "ok"})


def test_plain_http_is_sent_to_https(site: int) -> None:
    status, headers, _ = asked(site, "/team/", Host="portal.example.org")

    assert (status, headers["Location"]) == (301, "https://portal.example.org/team/")


def test_cookies_are_for_https_and_this_host_only(site: int) -> None:
    status, headers, _ = asked(site, "/signin/", Host="portal.example.org", X_Forwarded_Proto="https")

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
            assert answers(name, environment["CELERY_BROKER_URL"])
        finally:
            process.terminate()


def answers(name: str, broker: str) -> bool:
    """Whether a worker of this name is heard of within a minute."""
    asking = Celery("asking", set_as_current=False)
    asking.conf.update(broker_read_url=broker, broker_write_url=broker)
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        if asking.control.ping([name], timeout=1):
            return True
    return False
