"""Users, the caller and the organisation."""

from tests.sandbox.seeds.demo_people import ADRIAN, ANA, INES, MAYA, OTTO, PETER, ROSA
from tests.sandbox.seeds.edge_cases import NO_EMAIL, NO_FIRST_NAME
from tests.sandbox_checks.api_client import ApiClient


def test_whoami_has_a_string_id_and_other_users_a_number(api: ApiClient) -> None:
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


def test_users_are_found_by_user_name_and_listed_by_other_ids(api: ApiClient) -> None:
    assert api.get(ADRIAN, "lp/1.50/users/", userName="ANA.NOVAK").value["UserId"] == ANA
    assert api.get(ADRIAN, "lp/1.50/users/", userName="nobody").status == 404
    by_org_id = api.get(ADRIAN, "lp/1.50/users/", orgDefinedId=f"E{ANA:06d}", userName="nobody")
    assert [user["UserId"] for user in by_org_id.value] == [ANA]
    assert api.get(ADRIAN, "lp/1.50/users/", externalEmail="no@one.example").value == []


def test_users_are_paged_without_loss(api: ApiClient) -> None:
    api.world.switches.page_size = 7
    pages = list(api.result_set_pages(ADRIAN, "lp/1.50/users/"))
    assert [len(page) for page in pages[:-1]] == [7] * (len(pages) - 1)
    assert [u["UserId"] for page in pages for u in page] == sorted(api.world.people)


def test_missing_first_name_or_email_is_null(api: ApiClient) -> None:
    assert api.get(ADRIAN, f"lp/1.50/users/{NO_FIRST_NAME}").value["FirstName"] is None
    assert api.get(ADRIAN, f"lp/1.50/users/{NO_EMAIL}").value["ExternalEmail"] is None
    assert api.get(ADRIAN, f"lp/1.50/users/{NO_EMAIL}/names").value["LegalLastName"] == "Reachless"


def test_user_data_is_for_managers_auditors_and_instructors_only(api: ApiClient) -> None:
    allowed = [(MAYA, ANA), (MAYA, ROSA), (INES, ANA), (ADRIAN, MAYA), (PETER, ROSA)]
    refused = [(ANA, MAYA), (ANA, ANA), (OTTO, ANA), (PETER, ANA)]
    assert [api.get(c, f"lp/1.50/users/{p}").status for c, p in allowed] == [200] * 5
    assert [api.get(c, f"lp/1.50/users/{p}").status for c, p in refused] == [403] * 4
    assert api.get(MAYA, "lp/1.50/users/").status == 403


def test_organisation_has_a_string_id_and_a_time_zone(api: ApiClient) -> None:
    info = api.get(ANA, "lp/1.50/organization/info").value
    assert (info["Identifier"], info["TimeZone"]) == ("6605", "Europe/London")
    assert api.get(ANA, "lp/1.50/profile/myProfile").value["JobTitle"] == "Staff nurse"
