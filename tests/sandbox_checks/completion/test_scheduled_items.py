"""Scheduled items, across courses and in one."""

from typing import Any

import pytest

from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import AMARA, ANA, DAI, GRACE, INES, MAYA, OTTO, TOMAS
from tests.sandbox_checks.api_client import HOST, ApiClient
from tests.sandbox_checks.content_blocks import FIRE, QUIZ, WALK, topic_data

MY_ITEMS = "le/1.90/content/myItems/"
ALL = ",".join(str(course) for course in org.MANDATORY)
HAND_HYGIENE, DECLARATION = org.INFECTION * 1000 + 3, org.DATA_PROTECTION * 1000 + 5
STUDIES, ASSESSMENT = org.SAFEGUARDING * 1000 + 6, org.SAFEGUARDING * 1000 + 11

# Ana's in the order of their due dates.
DUE = [DECLARATION, QUIZ, HAND_HYGIENE, STUDIES, WALK, ASSESSMENT]
NOW = "2026-11-21T12:00:00.000Z"


def items(api: ApiClient, caller: int, path: str, **query: Any) -> list[dict[str, Any]]:
    return [item for page in api.pages(caller, path, **query) for item in page]


def ids(api: ApiClient, caller: int, path: str, **query: Any) -> list[int]:
    return [item["ItemId"] for item in items(api, caller, path, **query)]


def test_item_has_every_field_and_string_ids(api: ApiClient) -> None:
    first = items(api, ANA, f"{FIRE}myItems/")[0]
    assert first == {
        "UserId": str(ANA),
        "OrgUnitId": str(org.FIRE),
        "ItemId": QUIZ,
        "ItemName": "Fire safety quiz",
        "ItemType": 1,
        "ItemUrl": f"{HOST}/d2l/le/content/{org.FIRE}/viewContent/{QUIZ}/View",
        "StartDate": None,
        "EndDate": None,
        "DueDate": "2026-11-10T23:59:59.000Z",
        "CompletionType": 2,
        "DateCompleted": None,
        "ActivityType": 4,
        "IsExempt": False,
    }


@pytest.mark.parametrize("size", [1, 4, 100])
def test_items_across_courses_are_paged_by_their_earliest_date(api: ApiClient, size: int) -> None:
    api.world.switches.page_size = size
    assert ids(api, ANA, MY_ITEMS, orgUnitIdsCSV=ALL) == DUE
    start = "2026-11-02T00:00:00.000Z"
    data = topic_data(StartDate=start, DueDate="2027-11-02T00:00:00.000Z")
    made = api.send("POST", INES, f"{FIRE}modules/{QUIZ - 1}/structure/", body=data).value["Id"]
    assert ids(api, ANA, MY_ITEMS, orgUnitIdsCSV=ALL)[1] == made
    assert ids(api, ANA, f"{MY_ITEMS}due/", orgUnitIdsCSV=ALL)[-1] == made


@pytest.mark.parametrize(
    "path",
    [
        MY_ITEMS,
        f"{MY_ITEMS}due/",
        f"{MY_ITEMS}itemCounts/",
        f"{MY_ITEMS}due/itemCounts/",
        f"{MY_ITEMS}completions/",
        f"{MY_ITEMS}completions/due/",
        f"le/1.90/content/items/{ANA}",
    ],
)
def test_courses_must_be_named_and_unknown_ones_are_ignored(api: ApiClient, path: str) -> None:
    over = ",".join(str(number) for number in range(1, 102))
    for query in ({}, {"orgUnitIdsCSV": ""}, {"orgUnitIdsCSV": "1,x"}, {"orgUnitIdsCSV": over}):
        assert api.get(ANA, path, **query).status == 400
    all_of_them = items(api, ANA, path, orgUnitIdsCSV=ALL)
    strange = f"999999,{org.LEADING},{org.LAST_YEAR},{org.WARD_TEAM},{ALL},{org.FIRE}"
    assert items(api, ANA, path, orgUnitIdsCSV=strange) == all_of_them
    assert items(api, ANA, path, orgUnitIdsCSV="999999") == []


def test_items_are_filtered_by_completion(api: ApiClient) -> None:
    def of(completion: int) -> list[int]:
        return ids(api, AMARA, MY_ITEMS, orgUnitIdsCSV=ALL, completion=completion)

    assert of(1) == DUE
    assert of(2) == [DECLARATION, QUIZ, HAND_HYGIENE]
    assert of(3) == [STUDIES, WALK, ASSESSMENT]
    for value in (0, 4, "done"):
        assert api.get(ANA, MY_ITEMS, orgUnitIdsCSV=ALL, completion=value).status == 400


def test_period_is_about_due_dates(api: ApiClient) -> None:
    assert ids(api, ANA, MY_ITEMS, orgUnitIdsCSV=ALL, startDateTime=NOW) == [STUDIES, WALK, ASSESSMENT]
    last = "2026-11-24T23:59:59.000Z"
    assert ids(api, ANA, MY_ITEMS, orgUnitIdsCSV=ALL, startDateTime=NOW, endDateTime=last) == [STUDIES]
    assert ids(api, ANA, f"{FIRE}myItems/", endDateTime=NOW) == [QUIZ]
    assert api.get(ANA, MY_ITEMS, orgUnitIdsCSV=ALL, startDateTime="2026-11-21T12:00:00Z").status == 400


def test_item_without_a_due_date_is_in_no_period(api: ApiClient) -> None:
    data = topic_data(StartDate="2026-11-20T00:00:00.000Z")
    made = api.send("POST", INES, f"{FIRE}modules/{QUIZ - 1}/structure/", body=data).value["Id"]
    assert made in ids(api, ANA, f"{FIRE}myItems/")
    assert made not in ids(api, ANA, f"{FIRE}myItems/", startDateTime="2026-01-01T00:00:00.000Z")
    assert made not in ids(api, ANA, f"{FIRE}myItems/due/")


def test_exempt_items_are_listed_but_not_due(api: ApiClient) -> None:
    quiz = next(item for item in items(api, DAI, f"{FIRE}myItems/") if item["ItemId"] == QUIZ)
    assert (quiz["IsExempt"], quiz["CompletionType"]) == (True, 3)
    assert ids(api, DAI, f"{FIRE}myItems/due/") == [WALK]
    assert QUIZ not in ids(api, DAI, f"{FIRE}myItems/", endDateTime=NOW)
    assert api.get(DAI, f"{FIRE}myItems/itemCount").value["ItemCount"] == 2
    assert api.get(DAI, f"{FIRE}myItems/due/itemCount").value["ItemCount"] == 1


def test_due_items_are_future_ones_by_switch(api: ApiClient) -> None:
    assert ids(api, ANA, f"{MY_ITEMS}due/", orgUnitIdsCSV=ALL) == DUE
    api.world.switches.due_items = "ahead"
    assert ids(api, ANA, f"{MY_ITEMS}due/", orgUnitIdsCSV=ALL) == [STUDIES, WALK, ASSESSMENT]


def test_counts_are_by_org_unit_and_include_zeros(api: ApiClient) -> None:
    csv = f"{ALL},{org.NOTICEBOARD},{org.TEACHING}"
    counts = items(api, AMARA, f"{MY_ITEMS}itemCounts/", orgUnitIdsCSV=csv, completion=3)
    assert [(one["OrgUnitId"], one["ItemCount"]) for one in counts] == [
        (str(org.FIRE), 1),
        (str(org.SAFEGUARDING), 2),
        (str(org.INFECTION), 0),
        (str(org.DATA_PROTECTION), 0),
        (str(org.TEACHING), 3),
    ]
    assert counts[0] == {"OrgUnitId": str(org.FIRE), "UserId": str(AMARA), "ItemCount": 1}
    due = items(api, AMARA, f"{MY_ITEMS}due/itemCounts/", orgUnitIdsCSV=csv, startDateTime=NOW)
    assert [one["ItemCount"] for one in due] == [1, 2, 0, 0, 2]


def test_count_of_one_course_is_a_single_block(api: ApiClient) -> None:
    count = api.get(ANA, f"{FIRE}myItems/itemCount").value
    assert count == {"OrgUnitId": str(org.FIRE), "UserId": str(ANA), "ItemCount": 2}
    assert api.get(ANA, f"{FIRE}myItems/itemCount", completion=2).value["ItemCount"] == 0
    assert api.get(ANA, f"{FIRE}myItems/itemCount/").status == 404


def test_completed_items_are_sorted_by_completion(api: ApiClient) -> None:
    done = items(api, TOMAS, f"{MY_ITEMS}completions/", orgUnitIdsCSV=ALL)
    dates = [item["DateCompleted"] for item in done]
    assert len(done) == 6
    assert dates == sorted(dates)
    window = {"completedFromDateTime": dates[1], "completedToDateTime": dates[2]}
    found = items(api, TOMAS, f"{MY_ITEMS}completions/", orgUnitIdsCSV=ALL, **window)
    assert found == done[1:3]
    assert items(api, ANA, f"{MY_ITEMS}completions/", orgUnitIdsCSV=str(org.FIRE)) == []


def test_completed_items_with_a_due_date_leave_out_exempt_ones(api: ApiClient) -> None:
    done = ids(api, TOMAS, f"{MY_ITEMS}completions/due/", orgUnitIdsCSV=ALL)
    assert sorted(done) == sorted(DUE)
    api.world.exemptions.add((TOMAS, QUIZ))
    assert QUIZ in ids(api, TOMAS, f"{MY_ITEMS}completions/", orgUnitIdsCSV=ALL)
    assert QUIZ not in ids(api, TOMAS, f"{MY_ITEMS}completions/due/", orgUnitIdsCSV=ALL)


def test_items_of_another_person_are_for_auditors_and_content_managers(api: ApiClient) -> None:
    path = f"le/1.90/content/items/{ANA}"
    own = items(api, ANA, path, orgUnitIdsCSV=ALL)
    assert own == items(api, ANA, MY_ITEMS, orgUnitIdsCSV=ALL)
    assert items(api, MAYA, path, orgUnitIdsCSV=ALL) == own
    managed = {item["OrgUnitId"] for item in items(api, INES, path, orgUnitIdsCSV=ALL)}
    assert managed == {str(org.FIRE), str(org.SAFEGUARDING)}
    for stranger in (OTTO, TOMAS):
        assert api.get(stranger, path, orgUnitIdsCSV=ALL).status == 403
    assert api.get(INES, path, orgUnitIdsCSV=org.INFECTION).status == 403
    assert api.get(MAYA, "le/1.90/content/items/999999", orgUnitIdsCSV=ALL).status == 404


def test_items_of_another_person_are_filtered_by_exemption(api: ApiClient) -> None:
    path = f"le/1.90/content/items/{DAI}"

    def of(**query: Any) -> list[int]:
        return ids(api, MAYA, path, orgUnitIdsCSV=org.FIRE, **query)

    assert of() == of(exemption=1) == [QUIZ, WALK]
    assert (of(exemption=2), of(exemption=3)) == ([QUIZ], [WALK])
    # Asked about exemption, a window takes exempt items by the due date they would have.
    assert (of(endDateTime=NOW), of(exemption=2, endDateTime=NOW)) == ([], [QUIZ])
    assert api.get(MAYA, path, orgUnitIdsCSV=org.FIRE, exemption=9).status == 400


def test_content_managers_have_no_items_in_their_courses(api: ApiClient) -> None:
    assert ids(api, GRACE, MY_ITEMS, orgUnitIdsCSV=ALL) == []
    assert ids(api, INES, f"{FIRE}myItems/") == []
    for rest in ("", "due/", "itemCount", "due/itemCount"):
        assert api.get(MAYA, f"{FIRE}myItems/{rest}").status == 403
        assert api.get(ANA, f"le/1.90/999999/content/myItems/{rest}").status == 404
