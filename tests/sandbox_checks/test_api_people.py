"""Versions, users, the organisation and auditors of the stand-in."""

import pytest

from tests.sandbox.seeds.demo_people import ADRIAN, ANA, INES, MAYA, OTTO, PETER, PRIYA, ROSA, YUSUF
from tests.sandbox.seeds.edge_cases import NO_EMAIL, NO_FIRST_NAME
from tests.sandbox_checks.api_client import Api


@pytest.fixture
def api() -> Api:
    return Api()


def test_versions_need_no_sign_in_and_name_each_product(api: Api) -> None:
    products = api.get(None, "versions/").value
    assert {p["ProductCode"] for p in products} >= {"lp", "le", "bas"}
    le = api.get(None, "le/versions/").value
    assert le["LatestVersion"] == le["SupportedVersions"][-1]
    assert api.get(None, "le/versions/1.84").value["Supported"] is True
    assert api.get(None, "le/versions/9.99").value["Supported"] is False
    assert api.get(None, "zz/versions/").status == 404


def test_a_version_check_is_supported_only_when_all_are(api: Api) -> None:
    asked = [{"ProductCode": "le", "Version": "1.90"}, {"ProductCode": "lp", "Version": "0.1"}]
    reply = api.send("POST", None, "versions/check", body=asked)
    assert reply.value["Supported"] is False
    assert [item["Supported"] for item in reply.value["Versions"]] == [True, False]
    assert api.send("POST", None, "versions/check", body={"le": "1.90"}).status == 400


def test_whoami_carries_a_string_id_and_other_users_a_number(api: Api) -> None:
    me = api.get(MAYA, "lp/1.50/users/whoami").value
    assert (me["Identifier"], me["FirstName"]) == (str(MAYA), "Maya")
    assert set(me) == {
        "Identifier",
        "FirstName",
        "LastName",
        "UniqueName",
        "ProfileIdentifier",
        "Pronouns",
    }
    assert api.get(MAYA, f"lp/1.50/users/{ANA}").value["UserId"] == ANA


def test_users_are_found_one_by_user_name_and_listed_by_other_ids(api: Api) -> None:
    assert api.get(ADRIAN, "lp/1.50/users/", userName="ANA.NOVAK").value["UserId"] == ANA
    assert api.get(ADRIAN, "lp/1.50/users/", userName="nobody").status == 404
    by_org_id = api.get(ADRIAN, "lp/1.50/users/", orgDefinedId=f"E{ANA:06d}", userName="nobody")
    assert [user["UserId"] for user in by_org_id.value] == [ANA]
    assert api.get(ADRIAN, "lp/1.50/users/", externalEmail="no@one.example").value == []


def test_all_users_come_in_small_pages_without_loss(api: Api) -> None:
    api.world.switches.page_size = 7
    pages = list(api.sets(ADRIAN, "lp/1.50/users/"))
    assert [len(page) for page in pages[:-1]] == [7] * (len(pages) - 1)
    assert [u["UserId"] for page in pages for u in page] == sorted(api.world.people)


def test_a_missing_first_name_or_mail_is_null(api: Api) -> None:
    assert api.get(ADRIAN, f"lp/1.50/users/{NO_FIRST_NAME}").value["FirstName"] is None
    assert api.get(ADRIAN, f"lp/1.50/users/{NO_EMAIL}").value["ExternalEmail"] is None
    assert api.get(ADRIAN, f"lp/1.50/users/{NO_EMAIL}/names").value["LegalLastName"] == "Reachless"


def test_user_data_is_for_managers_of_the_line_auditors_and_instructors_only(api: Api) -> None:
    allowed = [(MAYA, ANA), (MAYA, ROSA), (INES, ANA), (ADRIAN, MAYA), (PETER, ROSA)]
    refused = [(ANA, MAYA), (ANA, ANA), (OTTO, ANA), (PETER, ANA)]
    assert [api.get(c, f"lp/1.50/users/{p}").status for c, p in allowed] == [200] * 5
    assert [api.get(c, f"lp/1.50/users/{p}").status for c, p in refused] == [403] * 4
    assert api.get(MAYA, "lp/1.50/users/").status == 403


def test_organisation_info_has_a_string_id_and_a_time_zone(api: Api) -> None:
    info = api.get(ANA, "lp/1.50/organization/info").value
    assert (info["Identifier"], info["TimeZone"]) == ("6605", "Europe/London")
    assert api.get(ANA, "lp/1.50/profile/myProfile").value["JobTitle"] == "Staff nurse"


def test_a_manager_audits_her_reports_and_one_who_left_her_line(api: Api) -> None:
    listed = api.get(MAYA, f"le/1.90/auditing/auditors/{MAYA}/auditees/").value
    assert [one["AuditeeId"] for one in listed] == list(range(ANA, YUSUF + 1))
    assert listed[0] == {"AuditeeId": ANA, "DisplayName": "Ana Novak"}
    assert api.world.people[ROSA].manager_id == PETER
    reports = {p.person_id for p in api.world.people.values() if p.manager_id == MAYA}
    assert {one["AuditeeId"] for one in listed} == reports | {ROSA}


def test_a_manager_of_nobody_audits_nobody_and_a_learner_cannot_audit(api: Api) -> None:
    assert api.get(OTTO, f"le/1.90/auditing/auditors/{OTTO}/auditees/").value == []
    assert api.get(ANA, f"le/1.90/auditing/auditors/{ANA}/auditees/").status == 403


def test_other_auditors_are_visible_to_who_may_view_auditors(api: Api) -> None:
    path = f"le/1.90/auditing/auditors/{MAYA}"
    assert api.get(ADRIAN, path).value == {"AuditorId": MAYA, "DisplayName": "Maya Okafor"}
    assert api.get(ADRIAN, f"le/1.90/auditing/auditors/{ANA}").status == 404
    refused = api.get(OTTO, f"{path}/auditees/")
    assert "securityVariableName: Auditors.ViewAuditors" in refused.value["detail"]


def test_auditees_are_added_and_removed_by_a_bare_number(api: Api) -> None:
    path = f"le/1.90/auditing/auditors/{OTTO}/auditees/"
    assert api.send("POST", MAYA, path, body=PRIYA).status == 403
    assert api.send("POST", ADRIAN, path, body={"AuditeeId": PRIYA}).status == 400
    assert api.send("POST", ADRIAN, path, body=999_999).status == 404
    assert api.send("POST", ADRIAN, path, body=PRIYA).status == 200
    assert [one["AuditeeId"] for one in api.get(OTTO, path).value] == [PRIYA]
    assert api.send("DELETE", ADRIAN, path, body=PRIYA).status == 200
    assert api.send("DELETE", ADRIAN, path, body=PRIYA).status == 404


def test_an_auditee_is_visible_to_the_auditor_and_to_themselves(api: Api) -> None:
    path = f"le/1.90/auditing/auditees/{ANA}"
    assert [api.get(who, path).status for who in (MAYA, ANA, ADRIAN, PETER)] == [200] * 3 + [403]
    assert api.get(ADRIAN, f"le/1.90/auditing/auditees/{OTTO}").status == 404
