"""Overdue items."""

from typing import Any

from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import ANA, CALLUM, DAI, INES, MAYA, OTTO, ROSA, TOMAS
from tests.sandbox_checks.api_client import ApiClient

FIRE_QUIZ = org.FIRE * 1000 + 5
OVERDUE = "le/1.90/overdueItems/"


def overdue(api: ApiClient, caller: int, person_id: int, **query: Any) -> list[dict[str, Any]]:
    pages = api.pages(caller, OVERDUE, userId=person_id, **query)
    return [one for page in pages for one in page]


def test_overdue_items_are_sorted_by_due_date(api: ApiClient) -> None:
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


def test_overdue_items_are_filtered_by_org_unit_and_paged(api: ApiClient) -> None:
    assert [i["OrgUnitId"] for i in overdue(api, MAYA, ANA, orgUnitIdsCSV=f"{org.FIRE},1")] == [org.FIRE]
    expected = overdue(api, MAYA, CALLUM)
    api.world.switches.page_size = 1
    assert overdue(api, MAYA, CALLUM) == expected
    assert len(list(api.pages(MAYA, OVERDUE, userId=CALLUM))) == len(expected) == 3
    assert api.get(MAYA, OVERDUE, userId=ANA, orgUnitIdsCSV="1,x").status == 400
    too_many = ",".join(str(number) for number in range(1, 102))
    assert api.get(MAYA, OVERDUE, userId=ANA, orgUnitIdsCSV=too_many).status == 400


def test_exempt_items_and_closed_courses_are_not_overdue(api: ApiClient) -> None:
    assert [item["ItemId"] for item in overdue(api, MAYA, DAI)] == []
    api.world.exemptions.clear()
    done = api.world.progress_of(DAI, org.FIRE)
    done.pop(FIRE_QUIZ)
    assert [item["ItemId"] for item in overdue(api, MAYA, DAI)] == [FIRE_QUIZ]
    assert org.LAST_YEAR not in [item["OrgUnitId"] for item in overdue(api, MAYA, CALLUM)]


def test_overdue_items_are_for_oneself_auditors_and_content_managers(api: ApiClient) -> None:
    assert api.get(MAYA, OVERDUE).status == 400
    assert api.get(MAYA, OVERDUE, userId=999_999).status == 404
    assert api.get(MAYA, OVERDUE, userId=ROSA).status == 200
    assert [i["OrgUnitId"] for i in overdue(api, INES, ANA)] == [org.FIRE]
    for stranger in (OTTO, TOMAS):
        assert api.get(stranger, OVERDUE, userId=ANA).status == 403
