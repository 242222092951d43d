"""The HTTP client with the sandbox and each of its faults."""

import pytest

from portal.brightspace.codec.fields import Block, Id, UtcDateTime
from portal.brightspace.configuration import Configuration
from portal.brightspace.endpoints import versions
from portal.brightspace.endpoints.routes import Route
from portal.brightspace.errors import BrightspaceError, NotPermitted, ScopeMissing
from portal.brightspace.http.client import Client
from portal.brightspace.http.deadline import Deadline
from tests.sandbox.faults.kinds import EXCLUSIVE
from tests.sandbox.server import Sandbox

MAYA = 101
RECORDS = Route("le", "/cpd/record/user/(userId)")
AUDITEES = Route("le", "/auditing/auditors/(auditorId)/auditees/")


class Auditee(Block, frozen=True, kw_only=True):
    auditee_id: Id
    display_name: str


class Record(Block, frozen=True, kw_only=True):
    record_id: Id
    date_completed: UtcDateTime | None = None


def client_of(sandbox: Sandbox, seconds: float = 20.0, scope: str = "core:*:* cpd:records:read") -> Client:
    return Client(
        token=sandbox.control.issue_access_token(MAYA, scope),
        deadline=Deadline.after(seconds),
        configuration=Configuration(url=sandbox.url, read_timeout=2.0),
    )


def versions_of(client: Client) -> versions.Versions:
    return versions.choose(client.get(versions.PATH, list[versions.ProductVersions]), {})


def auditees_path(client: Client) -> str:
    return AUDITEES.path(versions_of(client), auditorId=MAYA)


def record_ids(client: Client, person_id: int, page_size: int) -> list[int]:
    path = RECORDS.path(versions_of(client), userId=person_id)
    try:
        return [record.record_id for record in client.list(path, Record, {"limit": page_size})]
    except NotPermitted:
        return []  # one of them is audited but no direct report


def test_a_manager_reads_the_same_records_whatever_the_page_size(sandbox: Sandbox) -> None:
    client = client_of(sandbox)
    reports = [report.auditee_id for report in client.list(auditees_path(client), Auditee)]
    by_sevens = {report: record_ids(client, report, 7) for report in reports}
    assert by_sevens == {report: record_ids(client, report, 200) for report in reports}
    assert len(reports) == 12
    assert max(len(records) for records in by_sevens.values()) > 7
    assert all(len(set(records)) == len(records) for records in by_sevens.values())


def test_a_next_that_names_another_host_changes_nothing(sandbox: Sandbox) -> None:
    client = client_of(sandbox)
    report = client.list(auditees_path(client), Auditee)[0]
    path = RECORDS.path(versions_of(client), userId=report.auditee_id)
    undisturbed = client.list(path, Record, {"limit": 2})
    sandbox.control.add_fault("next_elsewhere")
    assert client.list(path, Record, {"limit": 2}) == undisturbed
    assert len(undisturbed) > 2


@pytest.mark.parametrize("kind", sorted(EXCLUSIVE))
def test_every_fault_is_a_brightspace_error_that_quotes_no_token(sandbox: Sandbox, kind: str) -> None:
    patient_client = client_of(sandbox)
    path = auditees_path(patient_client)
    client = client_of(sandbox, seconds=1.5)
    sandbox.control.add_fault(kind, delay_ms=100)
    if kind == "close_silently":
        assert [len(client.list(path, Auditee)) for _ in range(3)] == [12, 12, 12]
        return
    with pytest.raises(BrightspaceError) as caught:
        client.list(path, Auditee)
    assert "eyJ" not in caught.value.message
    assert sandbox.url not in caught.value.message


def test_a_single_fault_is_hidden_by_a_retry(sandbox: Sandbox) -> None:
    client = client_of(sandbox)
    path = auditees_path(client)
    for kind in ("status", "drop", "truncated", "cut_json"):
        sandbox.control.add_fault(kind, times=1)
        assert len(client.list(path, Auditee)) == 12


def test_each_kind_of_403_has_its_error(sandbox: Sandbox) -> None:
    client = client_of(sandbox)
    path = auditees_path(client)
    errors: dict[str, BrightspaceError] = {}
    for shape in ("not_authorized", "insufficient_scope", "no_scopes", "errors", "html", "empty"):
        sandbox.control.add_fault("forbidden", shape=shape, times=1)
        with pytest.raises((NotPermitted, ScopeMissing)) as caught:
            client.get(path, list[Auditee])
        errors[shape] = caught.value
    scopes = {shape for shape, error in errors.items() if isinstance(error, ScopeMissing)}
    assert scopes == {"insufficient_scope", "no_scopes"}
    not_authorized = errors["not_authorized"]
    assert isinstance(not_authorized, NotPermitted)
    assert not_authorized.permission == "CPD.ViewRecords"


def test_a_token_without_the_scope_leads_to_scope_missing(sandbox: Sandbox) -> None:
    path = auditees_path(client_of(sandbox))
    with pytest.raises(ScopeMissing):
        client_of(sandbox, scope="users:own_profile:read").get(path, list[Auditee])
