"""Overdue items and completions of the stand-in."""

from typing import Any

import pytest

from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import ANA, CALLUM, DAI, GRACE, GRACES, INES, MAYA, OTTO, PRIYA, ROSA, TOMAS
from tests.sandbox.seeds.edge_cases import BREAKOUT
from tests.sandbox_checks.api_client import Api

FIRE_QUIZ = org.FIRE * 1000 + 5
OVERDUE = "le/1.90/overdueItems/"


@pytest.fixture
def api() -> Api:
    return Api()


def overdue(api: Api, caller: int, person_id: int, **query: Any) -> list[dict[str, Any]]:
    pages = api.pages(caller, OVERDUE, userId=person_id, **query)
    return [one for page in pages for one in page]


def test_ana_has_two_overdue_items_the_oldest_eleven_days(api: Api) -> None:
    items = overdue(api, MAYA, ANA)
    assert [item["ItemName"] for item in items] == ["Fire safety quiz", "Hand hygiene check"]
    assert items[0] == {
        "UserId": ANA,
        "OrgUnitId": org.FIRE,
        "ItemId": FIRE_QUIZ,
        "ItemName": "Fire safety quiz",
        "DueDate": "2026-11-10T23:59:59.000Z",
    }
    assert api.get(ANA, f"{OVERDUE}myItems").value["Objects"] == items


def test_overdue_items_are_filtered_by_org_unit_and_paged(api: Api) -> None:
    assert [i["OrgUnitId"] for i in overdue(api, MAYA, ANA, orgUnitIdsCSV=f"{org.FIRE},1")] == [org.FIRE]
    expected = overdue(api, MAYA, CALLUM)
    api.world.switches.page_size = 1
    assert overdue(api, MAYA, CALLUM) == expected
    assert len(list(api.pages(MAYA, OVERDUE, userId=CALLUM))) == len(expected) == 3
    assert api.get(MAYA, OVERDUE, userId=ANA, orgUnitIdsCSV="1,x").status == 400
    too_many = ",".join(str(number) for number in range(1, 102))
    assert api.get(MAYA, OVERDUE, userId=ANA, orgUnitIdsCSV=too_many).status == 400


def test_an_exempt_item_and_a_closed_course_are_not_overdue(api: Api) -> None:
    assert [item["ItemId"] for item in overdue(api, MAYA, DAI)] == []
    api.world.exemptions.clear()
    done = api.world.progress_of(DAI, org.FIRE)
    done.pop(FIRE_QUIZ)
    assert [item["ItemId"] for item in overdue(api, MAYA, DAI)] == [FIRE_QUIZ]
    assert org.LAST_YEAR not in [item["OrgUnitId"] for item in overdue(api, MAYA, CALLUM)]


def test_overdue_items_are_for_oneself_auditors_and_content_managers(api: Api) -> None:
    assert api.get(MAYA, OVERDUE).status == 400
    assert api.get(MAYA, OVERDUE, userId=999_999).status == 404
    assert api.get(MAYA, OVERDUE, userId=ROSA).status == 200
    assert [i["OrgUnitId"] for i in overdue(api, INES, ANA)] == [org.FIRE]
    for stranger in (OTTO, TOMAS):
        assert api.get(stranger, OVERDUE, userId=ANA).status == 403


def completions(person_id: int) -> str:
    return f"le/1.90/content/completions/{person_id}/"


def test_an_auditor_without_manage_content_is_refused_completions(api: Api) -> None:
    for query in ({}, {"ignoreInvalid": "true"}):
        reply = api.get(MAYA, completions(ANA), orgUnitIdsCSV=org.FIRE, **query)
        assert reply.status == 403
        assert "securityVariableName: Content.ManageContent" in reply.value["detail"]


def test_completions_of_a_learner_are_a_bare_list_with_string_ids(api: Api) -> None:
    person_id = GRACES[0]
    reply = api.get(GRACE, completions(person_id), orgUnitIdsCSV=f"{org.FIRE},{org.INFECTION}")
    assert [(one["UserId"], one["OrgUnitId"]) for one in reply.value] == [
        (str(person_id), str(org.FIRE)),
        (str(person_id), str(org.INFECTION)),
    ]
    assert {type(one["RequiredItems"]) for one in reply.value} == {int}


def test_completions_can_be_switched_to_pages(api: Api) -> None:
    csv = ",".join(str(course) for course in org.MANDATORY)
    path = completions(GRACES[0])
    expected = api.get(GRACE, path, orgUnitIdsCSV=csv).value
    api.world.switches.completions_shape = "page"
    api.world.switches.page_size = 3
    pages = list(api.pages(GRACE, path, orgUnitIdsCSV=csv))
    assert [len(page) for page in pages] == [3, 1]
    assert [one for page in pages for one in page] == expected


def test_completions_refuse_bad_lists_and_strangers(api: Api) -> None:
    path = completions(GRACES[0])
    over = ",".join(str(number) for number in range(101))
    for csv in ("", "x", over):
        assert api.get(GRACE, path, orgUnitIdsCSV=csv).status == 400
    assert api.get(GRACE, path).status == 400
    assert api.get(GRACE, completions(999_999), orgUnitIdsCSV=org.FIRE).status == 400
    mixed = f"{org.FIRE},{org.NOTICEBOARD}"
    assert api.get(GRACE, path, orgUnitIdsCSV=mixed).status == 403
    kept = api.get(GRACE, path, orgUnitIdsCSV=mixed, ignoreInvalid="true").value
    assert [one["OrgUnitId"] for one in kept] == [str(org.FIRE)]


def test_completions_of_a_course_take_several_learners(api: Api) -> None:
    path = f"le/1.90/{org.FIRE}/content/completions/"
    listed = api.get(INES, path, userIdsCSV=f"{TOMAS},{CALLUM}").value
    counts = [(one["RequiredItems"], one["CompletedItems"]) for one in listed]
    assert counts == [(4, 4), (4, 0)]
    assert api.get(INES, path, userIdsCSV=f"{TOMAS},999999").status == 403
    kept = api.get(INES, path, userIdsCSV=f"{TOMAS},999999", ignoreInvalid="1").value
    assert [one["UserId"] for one in kept] == [str(TOMAS)]
    assert api.get(MAYA, path, userIdsCSV=TOMAS).status == 403


def test_hidden_and_optional_topics_make_completed_exceed_required(api: Api) -> None:
    priya = api.get(PRIYA, f"le/1.90/{org.INFECTION}/content/completions/mycount/").value
    only = priya["Objects"][0]
    assert priya["Next"] is None
    assert only["CompletedItems"] > only["RequiredItems"] > 0
    assert (only["UserId"], only["OrgUnitId"], only["ObjectId"]) == (
        str(PRIYA),
        str(org.INFECTION),
        0,
    )
    assert only["Title"] == "Infection Prevention and Control"


def test_an_exemption_lowers_what_is_required(api: Api) -> None:
    path = f"le/1.90/{org.FIRE}/content/completions/mycount/"
    dai = api.get(DAI, path).value["Objects"][0]
    ana = api.get(ANA, path).value["Objects"][0]
    assert (dai["RequiredItems"], ana["RequiredItems"]) == (3, 4)


def test_a_course_may_require_nothing_at_all(api: Api) -> None:
    path = f"le/1.90/{org.NOTICEBOARD}/content/completions/mycount/"
    only = api.get(BREAKOUT, path).value["Objects"][0]
    assert only["RequiredItems"] == 0


def test_my_counts_by_module_and_topic_add_up(api: Api) -> None:
    path = f"le/1.90/{org.FIRE}/content/completions/mycount/"
    api.world.switches.page_size = 1
    modules = [one for page in api.pages(TOMAS, path, level=2) for one in page]
    topics = [one for page in api.pages(TOMAS, path, level=3) for one in page]
    assert sum(one["RequiredItems"] for one in modules) == 4
    assert sum(one["RequiredItems"] for one in topics) == 4
    assert api.get(TOMAS, path, level=4).status == 400
    assert api.get(OTTO, f"le/1.90/{org.INFECTION}/content/completions/mycount/").status == 403
