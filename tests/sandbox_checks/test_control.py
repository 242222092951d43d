"""The control face, in process and over HTTP, and the server that carries it all."""

from __future__ import annotations

import inspect
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

import tests.sandbox as package
from tests.sandbox.client import ControlClient
from tests.sandbox.control import Control
from tests.sandbox.server import Sandbox
from tests.sandbox.switches import ServerSwitches, WorldSwitches, names
from tests.sandbox_checks.conftest import ANA, MAYA, App

WHOAMI = "/d2l/api/lp/1.50/users/whoami"
ROOT = Path(package.__file__).parents[2]


@pytest.fixture
def client(sandbox: Sandbox) -> ControlClient:
    return ControlClient(sandbox.url)


def _public(kind: type) -> dict[str, list[str]]:
    methods = inspect.getmembers(kind, inspect.isfunction)
    return {name: list(inspect.signature(method).parameters) for name, method in methods if not name.startswith("_")}


def test_the_client_has_exactly_the_methods_of_the_control_face() -> None:
    assert _public(ControlClient) == _public(Control)


def test_faults_set_over_http_are_in_force_until_cleared(app: App, client: ControlClient) -> None:
    number = client.add_fault("500", path="whoami", times=3)
    assert app.get(WHOAMI).status_code == 500
    assert [(f["fault_id"], f["times"]) for f in client.faults()] == [(number, 2)]
    assert client.remove_fault(number)
    assert not client.remove_fault(number)
    assert app.get(WHOAMI).status_code == 200


def test_a_refused_control_says_why(client: ControlClient) -> None:
    with pytest.raises(ValueError, match="there is no fault nonsense"):
        client.add_fault("nonsense")
    with pytest.raises(ValueError, match="there is no switch nonsense"):
        client.set_switches(nonsense=1)
    with pytest.raises(ValueError, match="pkce is one of"):
        client.set_switches(pkce="perhaps")
    with pytest.raises(ValueError, match="code_seconds takes a int"):
        client.set_switches(code_seconds="soon")


def test_switches_are_set_together_or_not_at_all(client: ControlClient) -> None:
    before = client.switches()
    with pytest.raises(ValueError, match="no switch"):
        client.set_switches(refresh_tokens=False, nonsense=1)
    assert client.switches() == before
    assert client.set_switches(cpd_line="direct", refresh_tokens=False) == {
        **before,
        "cpd_line": "direct",
        "refresh_tokens": False,
    }


def test_server_and_world_have_no_switch_of_the_same_name() -> None:
    assert not names(ServerSwitches) & names(WorldSwitches)


def test_the_log_tells_who_asked_for_what_and_never_the_token(app: App, client: ControlClient) -> None:
    token = app.sandbox.control.issue_access_token(ANA)
    app.get(WHOAMI + "?x=1", token, cookies={"left": "over"})
    app.get("/d2l/api/le/1.84/nothing", token)
    entry = client.requests(route="/d2l/api/lp/(version)/users/whoami")[0]
    assert (entry.method, entry.path, entry.query) == ("GET", WHOAMI, "x=1")
    assert (entry.status, entry.caller, entry.credits) == (200, ANA, 10)
    assert (entry.authorization, entry.cookies) == (True, ["left"])
    assert entry.ended is not None
    assert entry.ended >= entry.started
    assert entry.token
    assert entry.token not in token
    assert token not in repr(client.requests())
    assert [e.status for e in client.requests(path="nothing$")] == [404]
    assert client.requests(after=entry.sequence)[0].path.endswith("nothing")
    assert client.requests(caller=MAYA) == []
    client.clear_requests()
    assert client.requests() == []


def test_the_log_holds_token_requests_with_grant_and_caller_but_no_secrets(app: App, client: ControlClient) -> None:
    tokens = app.tokens()
    app.refresh(tokens["refresh_token"])
    entries = client.requests(route="/core/connect/token")
    assert [entry.grant_type for entry in entries] == ["authorization_code", "refresh_token"]
    assert {entry.caller for entry in entries} == {MAYA}
    shown = repr(client.requests())
    assert tokens["refresh_token"] not in shown
    assert app.sandbox.client_secret not in shown
    assert client.token_counts() == {"authorization_code": 1, "refresh_token": 1}


def test_the_path_is_logged_as_it_was_sent(app: App, client: ControlClient) -> None:
    with socket.create_connection(("127.0.0.1", int(app.sandbox.url.rpartition(":")[2]))) as sock:
        sock.sendall(b"GET /d2l/api/le/1.84/x/../%2e%2e/y HTTP/1.1\r\nHost: h\r\n\r\n")
        assert sock.recv(20).startswith(b"HTTP/1.1 404")
    assert client.requests()[0].path == "/d2l/api/le/1.84/x/../%2e%2e/y"


def test_revoked_refresh_tokens_are_invalid_grants(app: App, client: ControlClient) -> None:
    token = app.tokens()["refresh_token"]
    assert client.revoke_refresh_tokens(ANA) == 0
    assert client.revoke_refresh_tokens(MAYA) == 1
    assert app.refresh(token).json()["error"] == "invalid_grant"
    assert client.token_counts()["refused_invalid_grant"] == 1


def test_people_and_records_can_be_changed(app: App, client: ControlClient) -> None:
    client.patch_person(MAYA, first_name="<b>Maya</b>")
    assert app.get(WHOAMI).json()["FirstName"] == "<b>Maya</b>"
    records = "/d2l/api/le/1.84/cpd/record/user/201?limit=1"
    record_id = app.get(records).json()["Objects"][0]["RecordId"]
    client.patch_record(record_id, name="=1+1", completed_at="2026-11-20T10:00:00+00:00")
    changed = app.get(f"/d2l/api/le/1.84/cpd/record/{record_id}").json()
    assert changed["Name"] == "=1+1"
    assert changed["DateCompleted"] == "2026-11-20T10:00:00.000Z"
    with pytest.raises(ValueError, match="no field"):
        client.patch_person(MAYA, shoe_size=38)
    with pytest.raises(ValueError, match="there is no person"):
        client.patch_person(999_999_999, first_name="x")


def test_auditees_can_be_replaced(app: App, client: ControlClient) -> None:
    client.set_auditees(MAYA, [ANA])
    auditees = app.get("/d2l/api/le/1.84/auditing/auditors/101/auditees/").json()
    assert [row["AuditeeId"] for row in auditees] == [ANA]


def test_people_can_be_listed(client: ControlClient) -> None:
    offered = client.people(in_picker=True)
    assert MAYA in [person["person_id"] for person in offered]
    assert all(person["demo_note"] for person in offered)
    assert len(client.people()) > len(offered)


def test_a_reset_puts_everything_back(app: App, client: ControlClient) -> None:
    before = client.switches()
    token = app.sandbox.control.issue_access_token(MAYA)
    client.patch_person(MAYA, first_name="Other")
    client.set_switches(page_size=3, credit_limit=5)
    client.set_latency(5)
    client.set_versions("lp", ["1.99"])
    client.add_fault("500")
    client.reset()
    assert client.switches() == before
    assert client.latency()["everywhere"] == 0
    assert client.requests() == []
    assert app.get(WHOAMI, token).status_code == 401
    assert app.get(WHOAMI).json()["FirstName"] == "Maya"


def test_other_redirects_and_scopes_can_be_registered(app: App, client: ControlClient) -> None:
    other = "http://127.0.0.1:9999/back/"
    assert requests.get(app.authorize_url(redirect_uri=other), timeout=10).status_code == 400
    client.register_redirect_uri(other)
    assert requests.get(app.authorize_url(redirect_uri=other), timeout=10).status_code == 200


def test_one_connection_serves_many_requests_without_a_nagle_stall(app: App) -> None:
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


def test_sixty_four_slow_calls_are_served_side_by_side(app: App) -> None:
    token = app.sandbox.control.issue_access_token(MAYA)
    app.sandbox.control.set_latency(300)
    with ThreadPoolExecutor(64) as pool:
        statuses = list(pool.map(lambda _: app.get(WHOAMI, token).status_code, range(64)))
    assert statuses == [200] * 64
    log = app.sandbox.control.requests(path="whoami")
    latest_start = max(entry.started for entry in log)
    assert sum(1 for entry in log if (entry.ended or 0) > latest_start) > 32


def test_a_chunked_request_body_is_understood(app: App) -> None:
    reply = requests.post(app.sandbox.url + "/sandbox/people", data=iter([b'{"in_pic', b'ker": true}']), timeout=10)
    assert len(reply.json()["result"]) == len(app.sandbox.control.people(in_picker=True))


def test_the_command_serves_says_where_and_stops_on_a_signal() -> None:
    with _command("--port", "0") as process:
        line = process.stdout.readline() if process.stdout else ""
        url = line.split()[-1]
        assert requests.get(url + "/d2l/api/versions/", timeout=10).status_code == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 0


def test_a_taken_port_ends_the_command_with_a_sentence(sandbox: Sandbox) -> None:
    port = sandbox.url.rpartition(":")[2]
    with _command("--port", port) as process:
        _, complaint = process.communicate(timeout=10)
    assert process.returncode == 1
    assert complaint == f"Port {port} is taken. Choose another with --port.\n"


def _command(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.sandbox", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
