"""Associations of awards with courses, and what can be associated."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.sandbox.awards.permissions import ASSOCIATE, award_permission
from tests.sandbox.seeds import award_catalogue as cat
from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import ADRIAN, ANA, GRACE, INES, MAYA
from tests.sandbox_checks.api_client import ApiClient, Reply

FIRE = f"bas/1.3/orgunits/{org.FIRE}/associations/"


def award_ids(reply: Reply) -> list[int]:
    assert reply.status == 200, reply
    return [each["Award"]["AwardId"] for each in reply.value["Objects"]]


def associate(api: ApiClient, caller: int = INES, **body: Any) -> Reply:
    return api.send(
        "POST", caller, FIRE, body={"AwardId": cat.TEAM_LEADER, "Credit": None, "HiddenAward": False} | body
    )


def test_associations_have_conditions_and_credit(api: ApiClient) -> None:
    first, second = api.get(ANA, FIRE).value["Objects"]
    assert set(first) == {"AssociationId", "OrgUnitId", "ConditionSet", "Credit", "HiddenAward", "Award"}
    assert (first["Award"]["AwardId"], first["Credit"], first["HiddenAward"]) == (cat.FIRE_WARDEN, 5.0, False)
    assert first["ConditionSet"]["ReleaseConditions"][0]["ConditionText"] == "Completes all of Fire Safety Essentials"
    assert (second["Credit"], second["HiddenAward"]) == (None, True)
    assert second["ConditionSet"] == {"ConditionSetId": 0, "ConditionSetType": None, "ReleaseConditions": []}


def test_associations_are_filtered_searched_and_paged(api: ApiClient) -> None:
    assert award_ids(api.get(ANA, FIRE, awardType="Badge")) == [cat.KINDNESS]
    assert award_ids(api.get(ANA, FIRE, search="patients")) == [cat.KINDNESS]
    assert len(award_ids(api.get(ANA, FIRE, search="fire safety"))) == 2
    assert [len(page) for page in api.pages(ANA, FIRE, limit=1)] == [1, 1]
    assert api.get(ANA, FIRE, limit=500).status == 400


def test_associations_are_refused_to_people_outside_the_course(api: ApiClient) -> None:
    assert api.get(MAYA, FIRE).status == 403
    assert api.get(INES, "bas/1.3/orgunits/6613/associations/").status == 403
    for caller in (ANA, ADRIAN):
        assert api.get(caller, "bas/1.3/orgunits/99/associations/").status == 403


def test_association_is_created_read_changed_and_deleted(api: ApiClient) -> None:
    made = associate(api, Credit=2.5, HiddenAward=True)
    assert made.status == 201
    path = f"{FIRE}{made.value['AssociationId']}"
    assert api.get(ANA, path).value == made.value
    assert (made.value["Credit"], made.value["HiddenAward"]) == (2.5, True)
    changed = api.send("PUT", INES, path, body={"Credit": None, "HiddenAward": False})
    assert (changed.status, changed.value["Credit"], changed.value["HiddenAward"]) == (200, None, False)
    assert api.get(ANA, path).value == changed.value
    assert api.send("DELETE", INES, path).status == 200
    assert api.get(ANA, path).status == 404
    assert api.send("DELETE", INES, path).status == 404
    assert api.send("PUT", INES, path, body={"Credit": 1, "HiddenAward": False}).status == 404


def test_association_of_an_associated_award_is_refused(api: ApiClient) -> None:
    assert associate(api).status == 201
    assert associate(api).status == 400


def test_association_of_an_unknown_or_deleted_award_is_404(api: ApiClient) -> None:
    assert associate(api, AwardId=99_999).status == 404
    assert associate(api, AwardId=cat.OLD_AWARD).status == 404


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("Credit", 0),
        ("Credit", -1),
        ("Credit", "2"),
        ("Credit", float("nan")),
        ("Credit", 10**400),
        ("HiddenAward", None),
        ("HiddenAward", 1),
        ("AwardId", "808"),
        ("AwardId", None),
        ("AwardId", True),
    ],
)
def test_association_with_a_wrong_field_is_refused_by_name(api: ApiClient, field: str, value: Any) -> None:
    refused = associate(api, **{field: value})
    assert (refused.status, field in refused.value["detail"]) == (400, True)
    assert len(award_ids(api.get(ANA, FIRE))) == 2


def test_association_of_another_course_is_404(api: ApiClient) -> None:
    theirs = api.get(INES, f"bas/1.3/orgunits/{org.SEPSIS}/associations/").value["Objects"][0]["AssociationId"]
    assert api.get(INES, f"{FIRE}{theirs}").status == 404
    assert api.send("DELETE", INES, f"{FIRE}{theirs}").status == 404


def test_associations_are_created_by_course_leads_not_by_learners(api: ApiClient) -> None:
    assert associate(api, GRACE).status == 201
    refused = associate(api, ANA)
    assert (refused.status, "Awards.AssociateBadges" in refused.value["detail"]) == (403, True)


def test_associations_need_the_permission_for_their_award_type(api: ApiClient) -> None:
    instructor = api.world.roles["instructor"]
    permissions = instructor.permissions - {award_permission(ASSOCIATE, 2)}
    api.world.roles["instructor"] = replace(instructor, permissions=permissions)
    assert associate(api).status == 201
    assert associate(api, AwardId=cat.DATA_SECURITY).status == 403
    certificate = api.get(INES, FIRE, awardType=2).value["Objects"][0]["AssociationId"]
    assert api.send("DELETE", INES, f"{FIRE}{certificate}").status == 403


def test_available_to_manage_lists_associated_and_other_awards(api: ApiClient) -> None:
    rows = api.get(INES, f"{FIRE}availableToManage/").value["Objects"]
    assert {row["Award"]["AwardId"] for row in rows} == set(range(cat.FIRE_WARDEN, cat.OLD_AWARD))
    used = {row["Award"]["AwardId"] for row in rows if row["AssociationId"] is not None}
    assert used == {cat.FIRE_WARDEN, cat.KINDNESS}
    mine = award_ids(api.get(INES, f"{FIRE}availableToManage/", showMine="true"))
    assert mine == [cat.HAND_HYGIENE, cat.SEPSIS_SIX, cat.MENTOR, cat.KINDNESS]
    assert len(award_ids(api.get(INES, f"{FIRE}availableToManage/", search="fire safety"))) == 2
    assert api.get(ANA, f"{FIRE}availableToManage/").status == 403
