"""Awards in use in a course: associations, what could be added, what can be earned."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.sandbox.awards.permissions import ASSOCIATE, EARN, award_permission
from tests.sandbox.seeds import award_catalogue as cat
from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import ADRIAN, ANA, GRACE, INES, LINNEA, MAYA, OTTO
from tests.sandbox_checks.api_client import Api, Reply

FIRE = f"bas/1.3/orgunits/{org.FIRE}/associations/"
EARNABLE = "bas/1.3/associations/availableToEarn/"


@pytest.fixture
def api() -> Api:
    return Api()


def award_ids(reply: Reply) -> list[int]:
    assert reply.status == 200, reply
    return [one["Award"]["AwardId"] for one in reply.value["Objects"]]


def associate(api: Api, caller: int = INES, **body: Any) -> Reply:
    return api.send(
        "POST", caller, FIRE, body={"AwardId": cat.TEAM_LEADER, "Credit": None, "HiddenAward": False} | body
    )


def test_a_course_lists_its_awards_with_conditions_and_credit(api: Api) -> None:
    first, second = api.get(ANA, FIRE).value["Objects"]
    assert set(first) == {"AssociationId", "OrgUnitId", "ConditionSet", "Credit", "HiddenAward", "Award"}
    assert (first["Award"]["AwardId"], first["Credit"], first["HiddenAward"]) == (cat.FIRE_WARDEN, 5.0, False)
    assert first["ConditionSet"]["ReleaseConditions"][0]["ConditionText"] == "Completes all of Fire Safety Essentials"
    assert (second["Credit"], second["HiddenAward"]) == (None, True)
    assert second["ConditionSet"] == {"ConditionSetId": 0, "ConditionSetType": None, "ReleaseConditions": []}


def test_associations_are_filtered_searched_and_paged(api: Api) -> None:
    assert award_ids(api.get(ANA, FIRE, awardType="Badge")) == [cat.KINDNESS]
    assert award_ids(api.get(ANA, FIRE, search="patients")) == [cat.KINDNESS]
    assert len(award_ids(api.get(ANA, FIRE, search="fire safety"))) == 2
    assert [len(page) for page in api.pages(ANA, FIRE, limit=1)] == [1, 1]
    assert api.get(ANA, FIRE, limit=500).status == 400


def test_who_is_not_in_the_course_sees_none_of_it(api: Api) -> None:
    assert api.get(MAYA, FIRE).status == 403
    assert api.get(INES, "bas/1.3/orgunits/6613/associations/").status == 403
    for caller in (ANA, ADRIAN):
        assert api.get(caller, "bas/1.3/orgunits/99/associations/").status == 403


def test_an_association_is_made_read_changed_and_deleted(api: Api) -> None:
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


def test_the_same_award_cannot_be_associated_twice(api: Api) -> None:
    assert associate(api).status == 201
    assert associate(api).status == 400


def test_awards_that_do_not_exist_or_are_deleted_cannot_be_associated(api: Api) -> None:
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
def test_a_wrong_field_of_an_association_is_refused_by_name(api: Api, field: str, value: Any) -> None:
    refused = associate(api, **{field: value})
    assert (refused.status, field in refused.value["detail"]) == (400, True)
    assert len(award_ids(api.get(ANA, FIRE))) == 2


def test_an_association_is_found_in_its_own_course_only(api: Api) -> None:
    theirs = api.get(INES, f"bas/1.3/orgunits/{org.SEPSIS}/associations/").value["Objects"][0]["AssociationId"]
    assert api.get(INES, f"{FIRE}{theirs}").status == 404
    assert api.send("DELETE", INES, f"{FIRE}{theirs}").status == 404


def test_course_leads_associate_and_learners_do_not(api: Api) -> None:
    assert associate(api, GRACE).status == 201
    refused = associate(api, ANA)
    assert (refused.status, "Awards.AssociateBadges" in refused.value["detail"]) == (403, True)


def test_associating_one_type_only_is_refused_for_the_other(api: Api) -> None:
    instructor = api.world.roles["instructor"]
    permissions = instructor.permissions - {award_permission(ASSOCIATE, 2)}
    api.world.roles["instructor"] = replace(instructor, permissions=permissions)
    assert associate(api).status == 201
    assert associate(api, AwardId=cat.DATA_SECURITY).status == 403
    certificate = api.get(INES, FIRE, awardType=2).value["Objects"][0]["AssociationId"]
    assert api.send("DELETE", INES, f"{FIRE}{certificate}").status == 403


def test_what_could_be_added_is_listed_beside_what_is(api: Api) -> None:
    rows = api.get(INES, f"{FIRE}availableToManage/").value["Objects"]
    assert {row["Award"]["AwardId"] for row in rows} == set(range(cat.FIRE_WARDEN, cat.OLD_AWARD))
    used = {row["Award"]["AwardId"] for row in rows if row["AssociationId"] is not None}
    assert used == {cat.FIRE_WARDEN, cat.KINDNESS}
    mine = award_ids(api.get(INES, f"{FIRE}availableToManage/", showMine="true"))
    assert mine == [cat.HAND_HYGIENE, cat.SEPSIS_SIX, cat.MENTOR, cat.KINDNESS]
    assert len(award_ids(api.get(INES, f"{FIRE}availableToManage/", search="fire safety"))) == 2
    assert api.get(ANA, f"{FIRE}availableToManage/").status == 403


def test_hidden_awards_can_be_seen_as_earnable_once_earned(api: Api) -> None:
    fire = {"orgUnitId": org.FIRE}
    assert award_ids(api.get(ANA, EARNABLE, **fire)) == [cat.FIRE_WARDEN]
    assert award_ids(api.get(LINNEA, EARNABLE, **fire)) == [cat.FIRE_WARDEN, cat.KINDNESS]


def test_earnable_awards_say_whether_they_are_issued(api: Api) -> None:
    issued = {one["Award"]["AwardId"]: one["Issued"] for one in api.get(ANA, EARNABLE).value["Objects"]}
    assert issued[cat.FIRE_WARDEN] is True
    assert issued[cat.DATA_SECURITY] is False
    assert cat.TEAM_LEADER not in issued
    assert award_ids(api.get(ANA, EARNABLE, awardType="Badge", search="infection")) == [
        cat.HAND_HYGIENE,
        cat.INFECTION_CHAMPION,
    ]


def test_who_earns_nowhere_is_refused_and_only_learners_courses_count(api: Api) -> None:
    assert api.get(INES, EARNABLE).status == 403
    assert award_ids(api.get(MAYA, EARNABLE)) == [cat.TEAM_LEADER]
    assert award_ids(api.get(OTTO, EARNABLE)) == [cat.FIRE_WARDEN]
    learner = api.world.roles["learner"]
    api.world.roles["learner"] = replace(learner, permissions=learner.permissions - {award_permission(EARN, 2)})
    assert cat.FIRE_WARDEN not in award_ids(api.get(ANA, EARNABLE))
    assert api.get(ANA, EARNABLE, awardType=2).status == 403
