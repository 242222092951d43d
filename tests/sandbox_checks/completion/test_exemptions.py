"""Exemptions from topics."""

from typing import Any

import pytest

from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import AMARA, ANA, DAI, HELENA, INES, MAYA, TOMAS
from tests.sandbox_checks.api_client import ApiClient, Reply
from tests.sandbox_checks.content_blocks import ALARMS, FIRE, KNOW, POSTER, QUIZ, ROUTES, WALK


def exempt(api: ApiClient, how: str, body: Any, person_id: int = ANA, caller: int = INES) -> Reply:
    return api.send("POST", caller, f"{FIRE}exemptions/users/{person_id}/{how}/", body=body)


def by_filter(api: ApiClient, person_id: int = ANA, **changes: Any) -> Any:
    names = ("ExemptStartDate", "ExemptEndDate", "ExcludeGradedActivities", "ExcludeCompleteActivities")
    reply = exempt(api, "byFilter", {**dict.fromkeys(names), **changes}, person_id)
    assert reply.status == 200
    return reply.value["ExemptItems"]


def test_exemption_by_list_shows_wherever_the_person_is_shown(api: ApiClient) -> None:
    made = exempt(api, "byList", {"ExemptItems": [QUIZ, WALK, QUIZ]})
    assert (made.status, made.value) == (200, {"ExemptItems": [QUIZ, WALK]})
    overdue = api.get(MAYA, "le/1.90/overdueItems/", userId=ANA).value["Objects"]
    assert QUIZ not in [item["ItemId"] for item in overdue]
    assert api.get(ANA, f"{FIRE}completions/mycount/").value["Objects"][0]["RequiredItems"] == 2
    entry = api.get(ANA, f"{FIRE}toc").value["Modules"][1]["Topics"][0]
    assert (entry["IsExempt"], entry["CompletionType"]) == (True, 3)
    progress = api.get(ANA, f"le/unstable/{org.FIRE}/content/userprogress/{QUIZ}").value
    assert progress["IsExempt"] is True
    completion = api.get(INES, f"{FIRE}topics/{QUIZ}/completions/users/{ANA}").value
    assert completion["CompletionType"] == 3


def test_exemption_response_lists_changes_only(api: ApiClient) -> None:
    assert exempt(api, "byList", {"ExemptItems": [QUIZ]}, DAI).value == {"ExemptItems": []}
    assert exempt(api, "byList", {"ExemptItems": [ROUTES, QUIZ]}, DAI).value == {"ExemptItems": [ROUTES]}
    ended = exempt(api, "byList/delete", {"ExemptItems": [WALK, QUIZ, ROUTES]}, DAI)
    assert (ended.status, ended.value) == (200, {"ExemptItems": [QUIZ, ROUTES]})
    assert exempt(api, "byList/delete", {"ExemptItems": [QUIZ]}, DAI).value == {"ExemptItems": []}
    assert api.get(DAI, f"{FIRE}topics/{QUIZ}").value["IsExempt"] is False
    assert exempt(api, "byList", {"ExemptItems": []}, DAI).value == {"ExemptItems": []}


def test_filter_without_conditions_exempts_from_all_topics(api: ApiClient) -> None:
    assert by_filter(api) == [ROUTES, ALARMS, QUIZ, WALK, POSTER]
    assert api.get(ANA, f"{FIRE}completions/mycount/").value["Objects"][0]["RequiredItems"] == 0
    assert by_filter(api) == []


def test_filter_by_dates_is_about_due_dates(api: ApiClient) -> None:
    assert by_filter(api, ExemptEndDate="2026-11-21T00:00:00.000Z") == [QUIZ]
    assert by_filter(api, ExemptStartDate="2026-11-21T00:00:00.000Z") == [WALK]
    assert by_filter(api, DAI, ExemptStartDate="2027-01-01T00:00:00.000Z") == []


def test_filter_can_leave_out_graded_or_completed_topics(api: ApiClient) -> None:
    assert by_filter(api, TOMAS, ExcludeCompleteActivities=True) == [POSTER]
    assert QUIZ not in by_filter(api, AMARA, ExcludeGradedActivities=True)


@pytest.mark.parametrize("how", ["byList", "byList/delete"])
@pytest.mark.parametrize("body", [[QUIZ], {}, {"ExemptItems": None}, {"ExemptItems": ["x"]}, {"ExemptItems": [True]}])
def test_exemption_list_of_another_shape_is_400(api: ApiClient, how: str, body: Any) -> None:
    assert exempt(api, how, body).status == 400


@pytest.mark.parametrize("topic_id", [1, KNOW, org.SEPSIS * 1000 + 2])
def test_exemption_from_an_unknown_topic_is_400_and_exempts_from_nothing(api: ApiClient, topic_id: int) -> None:
    before = set(api.world.exemptions)
    assert exempt(api, "byList", {"ExemptItems": [WALK, topic_id]}).status == 400
    assert api.world.exemptions == before


@pytest.mark.parametrize(
    "changes",
    [
        {"ExemptStartDate": "2026-11-21"},
        {"ExemptStartDate": "2026-11-21T00:00:00.000Z", "ExemptEndDate": "2026-11-20T00:00:00.000Z"},
        {"ExcludeGradedActivities": "yes"},
        {"ExcludeCompleteActivities": 1},
    ],
)
def test_invalid_exemption_filter_is_400(api: ApiClient, changes: dict[str, Any]) -> None:
    assert exempt(api, "byFilter", changes).status == 400


@pytest.mark.parametrize("how", ["byList", "byFilter", "byList/delete"])
def test_exemptions_are_made_by_content_managers_for_people_of_the_course(api: ApiClient, how: str) -> None:
    body = {"ExemptItems": [WALK]}
    for person_id in (ANA, MAYA):
        assert exempt(api, how, body, caller=person_id).status == 403
    assert exempt(api, how, body, 999_999).status == 404
    assert exempt(api, how, body, HELENA).status == 400
