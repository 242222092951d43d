"""The control methods, in process and over HTTP."""

from __future__ import annotations

import inspect
import socket

import pytest
import requests

from tests.sandbox.client import ControlClient
from tests.sandbox.control import Control
from tests.sandbox.seeds.demo_people import ANA, MAYA
from tests.sandbox.server import Sandbox
from tests.sandbox.switches import ServerSwitches, WorldSwitches, names
from tests.sandbox_checks.registered_app import WHOAMI, RegisteredApp


@pytest.fixture
def client(sandbox: Sandbox) -> ControlClient:
    return ControlClient(sandbox.url)


def _public(kind: type) -> dict[str, list[str]]:
    methods = inspect.getmembers(kind, inspect.isfunction)
    return {name: list(inspect.signature(method).parameters) for name, method in methods if not name.startswith("_")}


def test_control_client_has_exactly_the_methods_of_control() -> None:
    assert _public(ControlClient) == _public(Control)


def test_faults_set_over_http_apply_until_removed(app: RegisteredApp, client: ControlClient) -> None:
    number = client.add_fault("500", path="whoami", times=3)
    assert app.get(WHOAMI).status_code == 500
    assert [(f["fault_id"], f["times"]) for f in client.faults()] == [(number, 2)]
    assert client.remove_fault(number)
    assert not client.remove_fault(number)
    assert app.get(WHOAMI).status_code == 200


def test_control_errors_have_a_message(client: ControlClient) -> None:
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


def test_server_and_world_switches_have_different_names() -> None:
    assert not names(ServerSwitches) & names(WorldSwitches)


def test_request_log_has_method_path_caller_and_status_but_no_token(app: RegisteredApp, client: ControlClient) -> None:
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


def test_request_log_has_grant_and_caller_of_token_requests_but_no_secrets(
    app: RegisteredApp, client: ControlClient
) -> None:
    tokens = app.tokens()
    app.refresh(tokens["refresh_token"])
    entries = client.requests(route="/core/connect/token")
    assert [entry.grant_type for entry in entries] == ["authorization_code", "refresh_token"]
    assert {entry.caller for entry in entries} == {MAYA}
    shown = repr(client.requests())
    assert tokens["refresh_token"] not in shown
    assert app.sandbox.client_secret not in shown
    assert client.token_counts() == {"authorization_code": 1, "refresh_token": 1}


def test_request_log_has_the_path_as_sent(app: RegisteredApp, client: ControlClient) -> None:
    with socket.create_connection(("127.0.0.1", int(app.sandbox.url.rpartition(":")[2]))) as sock:
        sock.sendall(b"GET /d2l/api/le/1.84/x/../%2e%2e/y HTTP/1.1\r\nHost: h\r\n\r\n")
        assert sock.recv(20).startswith(b"HTTP/1.1 404")
    assert client.requests()[0].path == "/d2l/api/le/1.84/x/../%2e%2e/y"


def test_revoked_refresh_tokens_are_invalid_grants(app: RegisteredApp, client: ControlClient) -> None:
    token = app.tokens()["refresh_token"]
    assert client.revoke_refresh_tokens(ANA) == 0
    assert client.revoke_refresh_tokens(MAYA) == 1
    assert app.refresh(token).json()["error"] == "invalid_grant"
    assert client.token_counts()["refused_invalid_grant"] == 1


def test_people_and_records_can_be_changed(app: RegisteredApp, client: ControlClient) -> None:
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


def test_auditees_can_be_replaced(app: RegisteredApp, client: ControlClient) -> None:
    client.set_auditees(MAYA, [ANA])
    auditees = app.get("/d2l/api/le/1.84/auditing/auditors/101/auditees/").json()
    assert [row["AuditeeId"] for row in auditees] == [ANA]


def test_people_can_be_listed(client: ControlClient) -> None:
    offered = client.people(in_picker=True)
    assert MAYA in [person["person_id"] for person in offered]
    assert all(person["demo_note"] for person in offered)
    assert len(client.people()) > len(offered)


def test_reset_restores_everything(app: RegisteredApp, client: ControlClient) -> None:
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


def test_redirect_uris_can_be_registered(app: RegisteredApp, client: ControlClient) -> None:
    other = "http://127.0.0.1:9999/back/"
    assert requests.get(app.authorize_url(redirect_uri=other), timeout=10).status_code == 400
    client.register_redirect_uri(other)
    assert requests.get(app.authorize_url(redirect_uri=other), timeout=10).status_code == 200
