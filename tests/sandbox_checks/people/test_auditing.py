"""Auditors and auditees."""

from tests.sandbox.seeds.demo_people import ADRIAN, ANA, MAYA, OTTO, PETER, PRIYA, ROSA, YUSUF
from tests.sandbox_checks.api_client import ApiClient


def test_auditees_of_a_manager_include_one_who_left_her_team(api: ApiClient) -> None:
    listed = api.get(MAYA, f"le/1.90/auditing/auditors/{MAYA}/auditees/").value
    assert [one["AuditeeId"] for one in listed] == list(range(ANA, YUSUF + 1))
    assert listed[0] == {"AuditeeId": ANA, "DisplayName": "Ana Novak"}
    assert api.world.people[ROSA].manager_id == PETER
    reports = {p.person_id for p in api.world.people.values() if p.manager_id == MAYA}
    assert {one["AuditeeId"] for one in listed} == reports | {ROSA}


def test_auditees_of_a_manager_without_reports_are_none_and_a_learner_cannot_audit(api: ApiClient) -> None:
    assert api.get(OTTO, f"le/1.90/auditing/auditors/{OTTO}/auditees/").value == []
    assert api.get(ANA, f"le/1.90/auditing/auditors/{ANA}/auditees/").status == 403


def test_other_auditors_are_visible_with_view_auditors(api: ApiClient) -> None:
    path = f"le/1.90/auditing/auditors/{MAYA}"
    assert api.get(ADRIAN, path).value == {"AuditorId": MAYA, "DisplayName": "Maya Okafor"}
    assert api.get(ADRIAN, f"le/1.90/auditing/auditors/{ANA}").status == 404
    refused = api.get(OTTO, f"{path}/auditees/")
    assert "securityVariableName: Auditors.ViewAuditors" in refused.value["detail"]


def test_auditees_are_added_and_removed_by_a_bare_number(api: ApiClient) -> None:
    path = f"le/1.90/auditing/auditors/{OTTO}/auditees/"
    assert api.send("POST", MAYA, path, body=PRIYA).status == 403
    assert api.send("POST", ADRIAN, path, body={"AuditeeId": PRIYA}).status == 400
    assert api.send("POST", ADRIAN, path, body=999_999).status == 404
    assert api.send("POST", ADRIAN, path, body=PRIYA).status == 200
    assert [one["AuditeeId"] for one in api.get(OTTO, path).value] == [PRIYA]
    assert api.send("DELETE", ADRIAN, path, body=PRIYA).status == 200
    assert api.send("DELETE", ADRIAN, path, body=PRIYA).status == 404


def test_auditee_is_visible_to_auditors_and_to_themselves(api: ApiClient) -> None:
    path = f"le/1.90/auditing/auditees/{ANA}"
    assert [api.get(who, path).status for who in (MAYA, ANA, ADRIAN, PETER)] == [200] * 3 + [403]
    assert api.get(ADRIAN, f"le/1.90/auditing/auditees/{OTTO}").status == 404
