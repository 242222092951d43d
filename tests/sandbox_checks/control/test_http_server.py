"""The HTTP server."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urlsplit

import requests

from tests.sandbox.seeds.demo_people import MAYA
from tests.sandbox_checks.registered_app import WHOAMI, RegisteredApp

CALLS = 64


def test_connection_serves_many_requests_without_nagle_delay(app: RegisteredApp) -> None:
    headers = {"Authorization": f"Bearer {app.sandbox.control.issue_access_token(MAYA)}"}
    connection = HTTPConnection(urlsplit(app.sandbox.url).netloc, timeout=10)
    connection.connect()
    connection.auto_open = 0  # so that a closed connection is an error, not a new connection
    started = time.monotonic()
    for _ in range(20):
        connection.request("GET", WHOAMI, headers=headers)
        assert connection.getresponse().read().startswith(b'{"Identifier":"101"')
    assert time.monotonic() - started < 20 * 0.035
    connection.close()


def test_slow_calls_are_served_concurrently(app: RegisteredApp) -> None:
    token = app.sandbox.control.issue_access_token(MAYA)
    app.sandbox.control.set_latency(300)
    with ThreadPoolExecutor(CALLS) as pool:
        statuses = list(pool.map(lambda _: app.get(WHOAMI, token).status_code, range(CALLS)))
    assert statuses == [200] * CALLS
    log = app.sandbox.control.requests(path="whoami")
    latest_start = max(entry.started for entry in log)
    assert sum(1 for entry in log if (entry.ended or 0) > latest_start) > CALLS / 2


def test_chunked_request_body_is_accepted(app: RegisteredApp) -> None:
    reply = requests.post(app.sandbox.url + "/sandbox/people", data=iter([b'{"in_pic', b'ker": true}']), timeout=10)
    assert len(reply.json()["result"]) == len(app.sandbox.control.people(in_picker=True))
