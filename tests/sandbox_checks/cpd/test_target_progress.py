"""Progress towards CPD targets."""

from typing import Any

import pytest

from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import (
    ADRIAN,
    AMARA,
    ANA,
    CALLUM,
    DAI,
    HELENA,
    JUN,
    MAYA,
    MEI,
    OLIVER,
    PRIYA,
    TOMAS,
    YUSUF,
)
from tests.sandbox_checks.api_client import ApiClient

TYPES = ("Structured", "Unstructured")


def list_of(person_id: int) -> str:
    return f"le/1.90/cpd/record/user/{person_id}"


def progress_of(api: ApiClient, person_id: int, **query: Any) -> dict[str, Any]:
    path = f"le/1.90/cpd/target/progress/user/{person_id}"
    reply = api.get(ADRIAN, path, **query)
    assert reply.status == 200
    value: dict[str, Any] = reply.value
    return value


def everything(api: ApiClient, caller: int, person_id: int, **query: Any) -> list[dict[str, Any]]:
    return [one for page in api.pages(caller, list_of(person_id), **query) for one in page]


def minutes(answer: dict[str, Any]) -> list[int]:
    return [answer[name]["Numerator"] for name in TYPES]


@pytest.mark.parametrize("person_id", [ANA, TOMAS, PRIYA, JUN, YUSUF, CALLUM])
def test_progress_counts_published_records_of_the_period_only(api: ApiClient, person_id: int) -> None:
    answer = progress_of(api, person_id)
    records = everything(
        api,
        ADRIAN,
        person_id,
        recordStateId=1,
        startDate=answer["StartDate"],
        endDate=answer["EndDate"],
        limit=100,
    )
    assert (answer["StartDate"], answer["EndDate"]) == (
        "2026-04-01T00:00:00.000Z",
        "2027-03-31T23:59:59.000Z",
    )
    for name, structured in zip(TYPES, (True, False), strict=True):
        logged = sum(r["CreditMinutes"] for r in records if r["IsStructured"] is structured)
        by_category = [one[name]["Numerator"] for one in answer["CategoryProgress"]]
        assert answer[name]["Numerator"] == logged == sum(by_category)
    assert (answer["Structured"]["Denominator"], answer["Unstructured"]["Denominator"]) == (
        1260,
        840,
    )


def test_people_of_maya_have_different_cpd_situations(api: ApiClient) -> None:
    due = [1260 * 234.5 / 365, 840 * 234.5 / 365]
    ana, tomas = minutes(progress_of(api, ANA)), minutes(progress_of(api, TOMAS))
    assert ana[0] < due[0] * 0.5
    assert ana[1] < due[1] * 0.5
    assert tomas[0] < due[0] * 0.5
    assert tomas[1] > due[1]
    priya = minutes(progress_of(api, PRIYA))
    assert priya[0] > 1260 * 1.2
    assert priya[1] > 840 * 1.2
    assert minutes(progress_of(api, JUN)) == [1260, 840]
    assert minutes(progress_of(api, CALLUM)) == [0, 0]
    assert everything(api, MAYA, CALLUM) == []
    assert minutes(progress_of(api, YUSUF)) == [0, 0]
    assert {record["RecordStateId"] for record in everything(api, MAYA, YUSUF)} == {2}


def test_targets_without_dates_or_numbers_look_as_brightspace_writes_them(
    api: ApiClient,
) -> None:
    rolling, year_one = progress_of(api, AMARA), progress_of(api, MEI)
    nothing_required, no_target = progress_of(api, OLIVER), progress_of(api, DAI)
    assert (rolling["StartDate"], rolling["EndDate"]) == (None, None)
    assert rolling["Structured"]["Denominator"] == 1260
    assert (year_one["StartDate"], year_one["EndDate"]) == ("0001-12-17T00:00:00.000Z", None)
    assert year_one["Structured"]["Numerator"] > 0
    assert nothing_required["StartDate"] == "2026-04-01T00:00:00.000Z"
    assert [nothing_required[name]["Denominator"] for name in TYPES] == [0, 0]
    assert minutes(nothing_required) == [0, 120]
    assert (no_target["StartDate"], no_target["CategoryProgress"]) == (None, [])
    assert minutes(no_target) == [300, 180]
    api.world.switches.no_target = "404"
    assert api.get(MAYA, f"le/1.90/cpd/target/progress/user/{DAI}").status == 404


def test_year_from_a_leap_day_starts_on_28_february(api: ApiClient) -> None:
    assert progress_of(api, HELENA)["StartDate"] == "2026-02-28T00:00:00.000Z"


def test_progress_filters_select_records_and_leave_the_target(api: ApiClient) -> None:
    whole = progress_of(api, PRIYA)
    clinical = progress_of(api, PRIYA, categoryId=org.CLINICAL)
    own = next(one for one in whole["CategoryProgress"] if one["Category"]["Id"] == org.CLINICAL)
    assert minutes(clinical) == minutes(own)
    assert clinical["Structured"]["Denominator"] == 1260
    assert minutes(progress_of(api, PRIYA, recordName="no such name")) == [0, 0]
    assert minutes(progress_of(api, PRIYA, methodId=org.READING))[0] == 0
    half = progress_of(api, PRIYA, endDate="2026-07-31T23:59:59.000Z")
    rest = progress_of(api, PRIYA, startDate="2026-08-01T00:00:00.000Z")
    both = zip(minutes(half), minutes(rest), strict=True)
    assert [first + second for first, second in both] == minutes(whole)


def test_dates_outside_the_period_count_only_by_switch(api: ApiClient) -> None:
    earlier = {"startDate": "2025-04-01T00:00:00.000Z", "endDate": "2026-03-31T23:59:59.000Z"}
    assert minutes(progress_of(api, PRIYA, **earlier)) == [0, 0]
    api.world.switches.target_dates = "instead"
    assert sum(minutes(progress_of(api, PRIYA, **earlier))) > 0
