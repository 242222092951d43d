"""Awards that the caller can earn, and the caller's credits."""

from __future__ import annotations

from dataclasses import replace

from tests.sandbox.awards.permissions import EARN, SEE, award_permission
from tests.sandbox.seeds import award_catalogue as cat
from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import (
    ANA,
    INES,
    LINNEA,
    MAYA,
    OTTO,
)
from tests.sandbox_checks.api_client import ApiClient, Reply

EARNABLE = "bas/1.3/associations/availableToEarn/"


def award_ids(reply: Reply) -> list[int]:
    assert reply.status == 200, reply
    return [association["Award"]["AwardId"] for association in reply.value["Objects"]]


def test_hidden_awards_are_earnable_once_earned(api: ApiClient) -> None:
    fire = {"orgUnitId": org.FIRE}
    assert award_ids(api.get(ANA, EARNABLE, **fire)) == [cat.FIRE_WARDEN]
    assert award_ids(api.get(LINNEA, EARNABLE, **fire)) == [cat.FIRE_WARDEN, cat.KINDNESS]


def test_earnable_awards_have_whether_they_are_issued(api: ApiClient) -> None:
    issued = {each["Award"]["AwardId"]: each["Issued"] for each in api.get(ANA, EARNABLE).value["Objects"]}
    assert issued[cat.FIRE_WARDEN] is True
    assert issued[cat.DATA_SECURITY] is False
    assert cat.TEAM_LEADER not in issued
    assert award_ids(api.get(ANA, EARNABLE, awardType="Badge", search="infection")) == [
        cat.HAND_HYGIENE,
        cat.INFECTION_CHAMPION,
    ]


def test_earnable_awards_are_those_of_courses_where_the_caller_is_a_learner(api: ApiClient) -> None:
    assert api.get(INES, EARNABLE).status == 403
    assert award_ids(api.get(MAYA, EARNABLE)) == [cat.TEAM_LEADER]
    assert award_ids(api.get(OTTO, EARNABLE)) == [cat.FIRE_WARDEN]
    learner = api.world.roles["learner"]
    api.world.roles["learner"] = replace(learner, permissions=learner.permissions - {award_permission(EARN, 2)})
    assert cat.FIRE_WARDEN not in award_ids(api.get(ANA, EARNABLE))
    assert api.get(ANA, EARNABLE, awardType=2).status == 403


def test_credits_are_summed_by_type_without_expired_awards(api: ApiClient) -> None:
    path = "bas/1.3/creditSummary"
    assert api.get(ANA, path).value == {"BadgeCreditSummary": 2.5, "CertificateCreditSummary": 5.0}
    assert api.get(ANA, path, includeExpired=1).value["CertificateCreditSummary"] == 15.0
    assert api.get(ANA, path, orgUnitId=org.FIRE).value == {"BadgeCreditSummary": 0.0, "CertificateCreditSummary": 5.0}
    assert api.get(ANA, path, search="hygiene").value["CertificateCreditSummary"] == 0.0
    assert api.get(ANA, path, awardType="Badge").value == {"BadgeCreditSummary": 2.5, "CertificateCreditSummary": None}
    assert api.get(ANA, path, awardType="x").status == 400


def test_credits_of_a_type_the_caller_may_not_see_are_null(api: ApiClient) -> None:
    learner = api.world.roles["learner"]
    api.world.roles["learner"] = replace(learner, permissions=learner.permissions - {award_permission(SEE, 1)})
    value = api.get(ANA, "bas/1.3/creditSummary").value
    assert value == {"BadgeCreditSummary": None, "CertificateCreditSummary": 5.0}
