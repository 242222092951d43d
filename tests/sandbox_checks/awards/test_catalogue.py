"""The catalogue of awards: listing, searching, reading, and who may manage it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.sandbox.awards.permissions import MANAGE, SEE, award_permission
from tests.sandbox.seeds import award_catalogue as cat
from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import ADRIAN, ANA, INES, MAYA
from tests.sandbox_checks.api_client import ApiClient, Reply
from tests.sandbox_checks.awards.bodies import BADGE, CERTIFICATE

AWARDS = "bas/1.3/awards/"


def create(api: ApiClient, body: Any, caller: int = ADRIAN) -> Reply:
    return api.send("POST", caller, AWARDS, body=body)


def ids(reply: Reply) -> list[int]:
    return [award["AwardId"] for award in reply.value["Objects"]]


def test_catalogue_lists_all_awards_with_deleted_ones_marked(api: ApiClient) -> None:
    page = api.get(ANA, AWARDS).value
    assert page["Next"] is None
    assert [award["AwardId"] for award in page["Objects"]] == list(api.world.awards.awards)
    deleted = [award["AwardId"] for award in page["Objects"] if award["IsDeleted"]]
    assert deleted == [cat.OLD_AWARD]


def test_catalogue_is_filtered_by_type_by_name_or_number(api: ApiClient) -> None:
    by_name = ids(api.get(ANA, AWARDS, awardType="certificate"))
    assert by_name == ids(api.get(ANA, AWARDS, awardType=2))
    assert cat.FIRE_WARDEN in by_name
    assert cat.HAND_HYGIENE not in by_name
    assert api.get(ANA, AWARDS, awardType="Medal").status == 400
    assert api.get(ANA, AWARDS, awardType=3).status == 400


def test_catalogue_search_finds_title_description_and_course(api: ApiClient) -> None:
    assert ids(api.get(ANA, AWARDS, search="SEPSIS SIX")) == [cat.SEPSIS_SIX]
    assert ids(api.get(ANA, AWARDS, search="extinguisher")) == [cat.FIRE_WARDEN]
    assert cat.MENTOR in ids(api.get(ANA, AWARDS, search="clinical settings"))


def test_catalogue_pages_follow_offset_and_lose_nothing(api: ApiClient) -> None:
    every_id = list(api.world.awards.awards)
    pages = list(api.pages(ANA, AWARDS, limit=5))
    assert {len(page) for page in pages[:-1]} == {5}
    assert [award["AwardId"] for page in pages for award in page] == every_id
    assert api.get(ANA, AWARDS, limit=1, offset=len(every_id) - 1).value["Next"] is None


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 201}, {"offset": -1}, {"limit": "ten"}])
def test_catalogue_page_outside_its_limits_is_refused(api: ApiClient, query: dict[str, Any]) -> None:
    assert api.get(ANA, AWARDS, **query).status == 400


def test_one_award_needs_a_permission_of_the_organisation(api: ApiClient) -> None:
    assert api.get(MAYA, f"{AWARDS}{cat.FIRE_WARDEN}").value["AwardId"] == cat.FIRE_WARDEN
    assert api.get(MAYA, f"{AWARDS}{cat.OLD_AWARD}").value["IsDeleted"] is True
    assert api.get(MAYA, f"{AWARDS}99999").status == 404
    refused = api.get(ANA, f"{AWARDS}{cat.FIRE_WARDEN}")
    assert refused.status == 403
    assert "orgUnitId: 6605, securityVariableName: Awards.SeeBadges ]" in refused.value["detail"]


def test_instructors_manage_their_own_awards_only(api: ApiClient) -> None:
    own = create(api, BADGE, INES).value["AwardId"]
    assert api.send("PUT", INES, f"{AWARDS}{own}", body=BADGE).status == 200
    assert api.send("DELETE", INES, f"{AWARDS}{own}").status == 200
    refused = api.send("DELETE", INES, f"{AWARDS}{cat.FIRE_WARDEN}")
    assert refused.status == 403
    assert "Awards.ManageCertificates" in refused.value["detail"]


def test_learners_and_managers_cannot_create_awards(api: ApiClient) -> None:
    for caller in (ANA, MAYA):
        assert create(api, BADGE, caller).status == 403
        assert create(api, {"AwardType": 9}, caller).status == 403


def test_types_the_caller_may_not_see_are_left_out_or_refused(api: ApiClient) -> None:
    learner = api.world.roles["learner"]
    permissions = learner.permissions - {award_permission(SEE, 2)}
    api.world.roles["learner"] = replace(learner, permissions=permissions)
    assert {award["AwardType"] for award in api.get(ANA, AWARDS).value["Objects"]} == {1}
    refused = api.get(ANA, AWARDS, awardType="Certificate")
    assert (refused.status, "Awards.SeeCertificates" in refused.value["detail"]) == (403, True)


def test_permission_from_any_course_counts_where_no_course_is_named(api: ApiClient) -> None:
    course_lead = api.world.roles["course_lead"]
    api.world.roles["course_lead"] = replace(
        course_lead, permissions=course_lead.permissions | {award_permission(MANAGE, 1)}
    )
    api.world.enrol(MAYA, org.NOTICEBOARD, "course_lead")
    assert create(api, BADGE, MAYA).status == 201
    assert create(api, CERTIFICATE, MAYA).status == 403
