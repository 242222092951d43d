"""Creating, reading, changing and deleting awards of the stand-in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.sandbox.awards.permissions import MANAGE, SEE, award_permission
from tests.sandbox.seeds import award_catalogue as cat
from tests.sandbox.seeds.demo_people import ADRIAN, ANA, INES, MAYA
from tests.sandbox_checks.api_client import Api, Reply
from tests.sandbox_checks.award_bodies import BADGE, CERTIFICATE, ICON, NEVER, TEMPLATE

AWARDS = "bas/1.3/awards/"


@pytest.fixture
def api() -> Api:
    return Api()


def create(api: Api, body: Any, caller: int = ADRIAN) -> Reply:
    return api.send("POST", caller, AWARDS, body=body)


def ids(reply: Reply) -> list[int]:
    return [award["AwardId"] for award in reply.value["Objects"]]


def test_the_list_has_all_awards_with_the_deleted_one_marked(api: Api) -> None:
    listed = api.get(ANA, AWARDS).value
    assert listed["Next"] is None
    assert len(listed["Objects"]) == 13
    deleted = [award["AwardId"] for award in listed["Objects"] if award["IsDeleted"]]
    assert deleted == [cat.OLD_AWARD]


def test_the_list_is_filtered_by_type_by_name_or_number(api: Api) -> None:
    by_name = ids(api.get(ANA, AWARDS, awardType="certificate"))
    assert by_name == ids(api.get(ANA, AWARDS, awardType=2))
    assert cat.FIRE_WARDEN in by_name
    assert cat.HAND_HYGIENE not in by_name
    assert api.get(ANA, AWARDS, awardType="Medal").status == 400
    assert api.get(ANA, AWARDS, awardType=3).status == 400


def test_a_search_finds_title_description_and_course(api: Api) -> None:
    assert ids(api.get(ANA, AWARDS, search="SEPSIS SIX")) == [cat.SEPSIS_SIX]
    assert ids(api.get(ANA, AWARDS, search="extinguisher")) == [cat.FIRE_WARDEN]
    assert cat.MENTOR in ids(api.get(ANA, AWARDS, search="clinical settings"))


def test_pages_follow_offset_and_lose_nothing(api: Api) -> None:
    pages = list(api.pages(ANA, AWARDS, limit=5))
    assert [len(page) for page in pages] == [5, 5, 3]
    assert len({award["AwardId"] for page in pages for award in page}) == 13
    assert api.get(ANA, AWARDS, limit=1, offset=12).value["Next"] is None


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 201}, {"offset": -1}, {"limit": "ten"}])
def test_a_page_outside_its_limits_is_refused(api: Api, query: dict[str, Any]) -> None:
    assert api.get(ANA, AWARDS, **query).status == 400


def test_one_award_needs_a_right_of_the_organisation(api: Api) -> None:
    assert api.get(MAYA, f"{AWARDS}{cat.FIRE_WARDEN}").value["AwardId"] == cat.FIRE_WARDEN
    assert api.get(MAYA, f"{AWARDS}{cat.OLD_AWARD}").value["IsDeleted"] is True
    assert api.get(MAYA, f"{AWARDS}99999").status == 404
    refused = api.get(ANA, f"{AWARDS}{cat.FIRE_WARDEN}")
    assert refused.status == 403
    assert "orgUnitId: 6605, securityVariableName: Awards.SeeBadges ]" in refused.value["detail"]


def test_a_new_badge_is_answered_and_read_back(api: Api) -> None:
    reply = create(api, BADGE)
    assert reply.status == 201
    made = reply.value
    assert api.get(MAYA, f"{AWARDS}{made['AwardId']}").value == made
    assert set(made) == {
        "AwardId",
        "CreatedBy",
        "Title",
        "Description",
        "ExpiryCalculation",
        "ExpiryNotification",
        "IssuerName",
        "IssuerUrl",
        "IssuerContact",
        "AwardType",
        "CertificateData",
        "ImageData",
        "IsDeleted",
        "Criteria",
    }
    assert (made["AwardType"], made["CreatedBy"], made["CertificateData"]) == (1, ADRIAN, None)
    assert made["ImageData"]["Name"] == "moon.png"
    assert made["ImageData"]["Path"].startswith("http://sandbox.test/d2l/awards/")


def test_a_badge_has_no_certificate_even_when_one_is_sent(api: Api) -> None:
    made = create(api, {**CERTIFICATE, "AwardType": "Badge"}).value
    assert made["CertificateData"] is None


def test_a_certificate_needs_a_template_and_has_it(api: Api) -> None:
    assert create(api, CERTIFICATE).value["CertificateData"]["Name"] == "night.pdf"
    refused = create(api, {**BADGE, "AwardType": 2})
    assert refused.status == 400
    assert "Certificate" in refused.value["detail"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("AwardType", 3),
        ("AwardType", None),
        ("AwardType", True),
        ("Title", None),
        ("Title", "x" * 129),
        ("Description", None),
        ("Description", "x" * 513),
        ("IssuerName", None),
        ("IssuerName", "x" * 129),
        ("IssuerUrl", None),
        ("IssuerUrl", "ward7.example"),
        ("IssuerUrl", "javascript:alert(1)"),
        ("IssuerUrl", "https://[::bad"),
        ("IssuerUrl", "https://" + "x" * 121),
        ("IssuerContact", None),
        ("IssuerContact", "ward7"),
        ("IssuerContact", "a b@northfield.example"),
        ("IssuerContact", "x" * 120 + "@nhs.example"),
        ("Image", None),
        ("Image", {}),
        ("Image", {"Name": "moon.png"}),
        ("Image", {"Content": ICON}),
        ("Image", {"Name": "moon.png", "Content": "not base64!"}),
        ("Image", {"Name": "moon.exe", "Content": ICON}),
        ("Image", {"Name": "../moon.png", "Content": ICON}),
        ("Image", {"Name": "moon.gif", "Content": ICON}),
        ("Criteria", 7),
        ("ExpiryCalculation", None),
        ("ExpiryNotification", []),
    ],
)
def test_a_wrong_field_is_refused_by_name_and_creates_nothing(api: Api, field: str, value: Any) -> None:
    refused = create(api, {**BADGE, field: value})
    assert refused.status == 400
    assert field in refused.value["detail"]
    assert len(ids(api.get(ADRIAN, AWARDS))) == 13


def test_texts_may_be_as_long_as_their_limits(api: Api) -> None:
    longest = {
        "Title": "x" * 128,
        "Description": "x" * 512,
        "IssuerName": "x" * 128,
        "IssuerUrl": "https://" + "x" * 120,
        "IssuerContact": "x" * 109 + "@northfield.example",
    }
    made = create(api, {**BADGE, **longest})
    assert made.status == 201, made.value
    assert {name: made.value[name] for name in longest} == longest


def test_content_comes_before_a_librarys_file_and_that_before_a_path(api: Api) -> None:
    path = api.get(ADRIAN, "bas/1.3/library/icons/", search="shield").value["Objects"][0]["Path"]
    everything = {"Name": "own.png", "Content": ICON, "LibraryFileName": "Badge_Leaf.png", "FilePath": path}
    names = []
    for left_out in ((), ("Name", "Content"), ("Name", "Content", "LibraryFileName")):
        image = {name: None if name in left_out else value for name, value in everything.items()}
        names.append(create(api, {**BADGE, "Image": image}).value["ImageData"]["Name"])
    assert names == ["own.png", "Badge_Leaf.png", "Badge_Shield.png"]


def test_files_that_cannot_be_found_are_404(api: Api) -> None:
    for image in (
        {"LibraryFileName": "none.png"},
        {"FilePath": "https://elsewhere.example/x.png"},
        {"FilePath": "//[x"},
    ):
        assert create(api, {**BADGE, "Image": image}).status == 404
    template = {"LibraryFileName": "none.pdf"}
    assert create(api, {**CERTIFICATE, "Certificate": template}).status == 404


def test_the_path_of_an_awards_own_file_can_be_used_again(api: Api) -> None:
    data = create(api, BADGE).value["ImageData"]
    assert create(api, {**BADGE, "Image": {"FilePath": data["Path"]}}).value["ImageData"] == data
    refused = create(api, {**CERTIFICATE, "Certificate": {"FilePath": data["Path"]}})
    assert (refused.status, "Certificate.FilePath" in refused.value["detail"]) == (400, True)


def test_an_update_replaces_everything_but_the_type(api: Api) -> None:
    made = create(api, CERTIFICATE).value
    body = {
        **BADGE,
        "AwardType": 1,
        "Title": "Night Shift, revised",
        "ExpiryCalculation": {"ExpiryCalculationType": "Relative", "Week": 6},
        "Certificate": {"Name": "new.pdf", "Content": TEMPLATE},
    }
    reply = api.send("PUT", ADRIAN, f"{AWARDS}{made['AwardId']}", body=body)
    assert reply.status == 200
    assert api.get(ADRIAN, f"{AWARDS}{made['AwardId']}").value == reply.value
    assert (reply.value["Title"], reply.value["AwardType"]) == ("Night Shift, revised", 2)
    assert reply.value["CertificateData"]["Name"] == "new.pdf"
    assert reply.value["ExpiryCalculation"]["Week"] == 6


@pytest.mark.parametrize("criteria", [{}, {"Criteria": None}])
def test_criteria_once_set_stay(api: Api, criteria: dict[str, Any]) -> None:
    made = create(api, BADGE).value
    body = {name: value for name, value in BADGE.items() if name != "Criteria"} | criteria
    reply = api.send("PUT", ADRIAN, f"{AWARDS}{made['AwardId']}", body=body)
    assert reply.value["Criteria"] == "Twenty nights."
    changed = api.send("PUT", ADRIAN, f"{AWARDS}{made['AwardId']}", body={**BADGE, "Criteria": "Thirty."})
    assert changed.value["Criteria"] == "Thirty."


def test_criteria_exist_from_version_1_2_on(api: Api) -> None:
    api.state.versions["bas"] = ("1.0", "1.1", "1.2")
    assert api.get(ADRIAN, "bas/1.0/awards/").status == 404
    made = api.send("POST", ADRIAN, "bas/1.1/awards/", body=BADGE).value
    assert "Criteria" not in made
    assert api.get(ADRIAN, f"bas/1.2/awards/{made['AwardId']}").value["Criteria"] is None
    assert "Criteria" in api.get(ADRIAN, f"bas/unstable/awards/{made['AwardId']}").value


def test_a_refused_update_changes_nothing(api: Api) -> None:
    before = api.get(ADRIAN, f"{AWARDS}{cat.FIRE_WARDEN}").value
    body = {**CERTIFICATE, "Title": "New", "Certificate": None}
    assert api.send("PUT", ADRIAN, f"{AWARDS}{cat.FIRE_WARDEN}", body=body).status == 400
    assert api.get(ADRIAN, f"{AWARDS}{cat.FIRE_WARDEN}").value == before


def test_a_deleted_award_stays_in_the_list_and_is_gone_elsewhere(api: Api) -> None:
    path = f"{AWARDS}{cat.FIRE_WARDEN}"
    assert api.send("DELETE", ADRIAN, path).status == 200
    assert api.get(ADRIAN, path).value["IsDeleted"] is True
    assert cat.FIRE_WARDEN in ids(api.get(ADRIAN, AWARDS))
    assert api.send("DELETE", ADRIAN, path).status == 404
    assert api.send("PUT", ADRIAN, path, body=CERTIFICATE).status == 404
    in_use = api.get(INES, "bas/1.3/orgunits/6609/associations/").value["Objects"]
    assert cat.FIRE_WARDEN not in [one["Award"]["AwardId"] for one in in_use]
    held = api.get(MAYA, f"bas/1.3/issued/users/{ANA}/").value["Objects"]
    assert [one["Award"]["IsDeleted"] for one in held if one["Award"]["AwardId"] == cat.FIRE_WARDEN] == [True]


def test_an_instructor_manages_own_awards_only(api: Api) -> None:
    own = create(api, BADGE, INES).value["AwardId"]
    assert api.send("PUT", INES, f"{AWARDS}{own}", body=BADGE).status == 200
    assert api.send("DELETE", INES, f"{AWARDS}{own}").status == 200
    refused = api.send("DELETE", INES, f"{AWARDS}{cat.FIRE_WARDEN}")
    assert refused.status == 403
    assert "Awards.ManageCertificates" in refused.value["detail"]


def test_learners_and_managers_create_nothing(api: Api) -> None:
    for caller in (ANA, MAYA):
        assert create(api, BADGE, caller).status == 403
        assert create(api, {"AwardType": 9}, caller).status == 403


def test_types_the_caller_may_not_see_are_left_out_or_refused(api: Api) -> None:
    learner = api.world.roles["learner"]
    permissions = learner.permissions - {award_permission(SEE, 2)}
    api.world.roles["learner"] = replace(learner, permissions=permissions)
    assert {award["AwardType"] for award in api.get(ANA, AWARDS).value["Objects"]} == {1}
    refused = api.get(ANA, AWARDS, awardType="Certificate")
    assert (refused.status, "Awards.SeeCertificates" in refused.value["detail"]) == (403, True)


def test_a_right_held_in_any_course_counts_where_no_course_is_named(api: Api) -> None:
    lead = api.world.roles["course_lead"]
    api.world.roles["course_lead"] = replace(lead, permissions=lead.permissions | {award_permission(MANAGE, 1)})
    api.world.enrol(MAYA, 6617, "course_lead")
    assert create(api, BADGE, MAYA).status == 201
    assert create(api, CERTIFICATE, MAYA).status == 403


def test_a_body_that_is_no_block_is_refused(api: Api) -> None:
    assert create(api, [BADGE]).status == 400
    assert create(api, None).status == 400
    assert create(api, {**BADGE, "ExpiryCalculation": {**NEVER, "Unknown": 1}, "Unknown": 2}).status == 201
