"""CPD records, targets and fields of the stand-in."""

from typing import Any

import pytest

from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import (
    ADRIAN,
    ALMA,
    AMARA,
    ANA,
    CALLUM,
    DAI,
    HELENA,
    INES,
    JUN,
    MAYA,
    MEI,
    OLIVER,
    PETER,
    PRIYA,
    ROSA,
    TOMAS,
    YUSUF,
)
from tests.sandbox.seeds.edge_cases import ODD_NUMBERS, PROLIFIC
from tests.sandbox_checks.api_client import Api

SUMMARY = {
    "RecordId",
    "RecordName",
    "CategoryName",
    "MethodName",
    "IsStructured",
    "RecordStateId",
    "CreditMinutes",
    "DateCompleted",
}
TYPES = ("Structured", "Unstructured")


@pytest.fixture
def api() -> Api:
    return Api()


def list_of(person_id: int) -> str:
    return f"le/1.90/cpd/record/user/{person_id}"


def progress_of(api: Api, person_id: int, **query: Any) -> dict[str, Any]:
    path = f"le/1.90/cpd/target/progress/user/{person_id}"
    reply = api.get(ADRIAN, path, **query)
    assert reply.status == 200
    value: dict[str, Any] = reply.value
    return value


def everything(api: Api, caller: int, person_id: int, **query: Any) -> list[dict[str, Any]]:
    return [one for page in api.pages(caller, list_of(person_id), **query) for one in page]


def test_records_come_twenty_at_a_time_newest_first(api: Api) -> None:
    pages = list(api.pages(ALMA, list_of(PROLIFIC)))
    assert [len(page) for page in pages] == [20] * 15
    dates = [one["DateCompleted"] for page in pages for one in page]
    assert dates == sorted(dates, reverse=True)
    assert set(pages[0][0]) == SUMMARY
    assert len({one["RecordId"] for page in pages for one in page}) == 300


@pytest.mark.parametrize("limit", [1, 7, 100])
def test_any_limit_gives_the_same_records(api: Api, limit: int) -> None:
    expected = everything(api, MAYA, PRIYA)
    assert everything(api, MAYA, PRIYA, limit=limit) == expected
    assert everything(api, MAYA, PRIYA, limit=limit, sortDateAscending="true") == expected[::-1]


def test_next_names_the_last_record_and_keeps_the_filters(api: Api) -> None:
    page = api.get(MAYA, list_of(PRIYA), limit=2, recordStateId=1).value
    last = page["Objects"][-1]["RecordId"]
    assert f"recordIdBookmark={last}" in page["Next"]
    assert "recordStateId=1" in page["Next"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("limit", 0), ("limit", "many"), ("startDate", "2026-11-01"), ("recordIdBookmark", 1)],
)
def test_a_senseless_parameter_is_refused(api: Api, name: str, value: object) -> None:
    reply = api.get(MAYA, list_of(PRIYA), **{name: value})
    assert (reply.status, reply.value["title"]) == (400, "Invalid Parameters")


def test_records_are_filtered_by_each_parameter(api: Api) -> None:
    records = api.world.cpd_of(PRIYA).records
    one = records[5]

    def ids(**query: Any) -> set[int]:
        return {found["RecordId"] for found in everything(api, MAYA, PRIYA, **query)}

    def expected(test: Any) -> set[int]:
        return {record.record_id for record in records if test(record)}

    moment = one.completed_at
    text = f"{moment:%Y-%m-%dT%H:%M:%S}.000Z"
    assert ids(methodId=one.method_id) == expected(lambda r: r.method_id == one.method_id)
    assert ids(categoryId=one.category_id) == expected(lambda r: r.category_id == one.category_id)
    assert ids(recordName=one.name[2:9].upper()) >= {one.record_id}
    assert ids(recordName="no such name") == set()
    assert ids(recordStateId=2) == expected(lambda r: r.state == 2)
    assert ids(startDate=text) == expected(lambda r: r.completed_at >= moment)
    assert ids(endDate=text) == expected(lambda r: r.completed_at <= moment)
    assert ids(startDate=text, endDate=text) == expected(lambda r: r.completed_at == moment)


def test_a_record_in_full_has_numeric_ids_and_its_parts(api: Api) -> None:
    kept = next(r for r in api.world.cpd_of(TOMAS).records if r.attachments and r.issued_id is None)
    block = api.get(MAYA, f"le/1.90/cpd/record/{kept.record_id}").value
    assert block["UserId"] == TOMAS
    assert set(block["Category"]) == {"Id", "Name", "SortOrder", "InUse"}
    assert {type(answer["AnswerId"]) for answer in block["Answers"]} == {int}
    first = block["Attachments"]["Files"][0]
    assert (first["Name"], first["Size"]) == ("certificate.pdf", 15)
    file = api.get(MAYA, first["Href"].removeprefix("/d2l/api/"))
    assert file.value.startswith(b"%PDF")
    assert file.headers["Content-Disposition"].startswith('attachment; filename="certificate.pdf"')
    assert api.get(MAYA, f"le/1.90/cpd/record/{kept.record_id}/attachment/1").status == 404


def test_some_records_come_from_awards_and_some_from_grades(api: Api) -> None:
    records = api.world.cpd_of(PRIYA).records
    assert any(record.issued_id for record in records)
    assert any(record.grade_object_id and record.grade == 0.85 for record in records)


def test_categories_methods_and_questions_are_read_one_by_one(api: Api) -> None:
    assert api.get(ANA, f"le/1.90/cpd/category/{org.CLINICAL}").value == {
        "Id": org.CLINICAL,
        "Name": "Clinical",
        "SortOrder": 1,
        "InUse": True,
    }
    assert api.get(ANA, f"le/1.90/cpd/method/{org.RETIRED_METHOD}").value["InUse"] is False
    assert "QuestionText" in api.get(ANA, f"le/1.90/cpd/question/{org.LEARNED}").value
    assert api.get(ANA, "le/1.90/cpd/category/99").status == 404


def test_cpd_needs_version_1_84(api: Api) -> None:
    assert api.get(ANA, f"le/1.83/cpd/record/user/{ANA}").status == 404
    assert api.get(ANA, f"le/1.84/cpd/record/user/{ANA}").status == 200


def test_cpd_is_for_oneself_the_line_above_and_admins(api: Api) -> None:
    def statuses(caller: int, person_id: int) -> list[int]:
        paths = (list_of(person_id), f"le/1.90/cpd/target/progress/user/{person_id}")
        return [api.get(caller, path).status for path in paths]

    for caller, person_id in ((ANA, ANA), (MAYA, ANA), (HELENA, ANA), (PETER, ROSA), (ADRIAN, ANA)):
        assert statuses(caller, person_id) == [200, 200]
    for caller, person_id in ((MAYA, ROSA), (ANA, TOMAS), (PETER, ANA), (INES, ANA), (MAYA, PETER)):
        assert statuses(caller, person_id) == [403, 403]
    record_id = api.world.cpd_of(ROSA).records[0].record_id
    refused = api.get(MAYA, f"le/1.90/cpd/record/{record_id}")
    assert "securityVariableName: CPD.ManageDirectReports" in refused.value["detail"]
    assert statuses(MAYA, 999_999) == [404, 404]


def test_the_line_can_be_cut_to_direct_reports(api: Api) -> None:
    api.world.switches.cpd_line = "direct"
    assert api.get(HELENA, list_of(ANA)).status == 403
    assert api.get(HELENA, list_of(MAYA)).status == 200


@pytest.mark.parametrize("person_id", [ANA, TOMAS, PRIYA, JUN, YUSUF, CALLUM])
def test_progress_counts_published_records_of_the_period_only(api: Api, person_id: int) -> None:
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


def minutes(answer: dict[str, Any]) -> list[int]:
    return [answer[name]["Numerator"] for name in TYPES]


def test_each_of_mayas_people_is_in_a_situation_of_their_own(api: Api) -> None:
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


def test_rolling_year_one_zero_and_missing_targets_look_as_brightspace_writes_them(
    api: Api,
) -> None:
    rolling, year_one = progress_of(api, AMARA), progress_of(api, MEI)
    nothing, missing = progress_of(api, OLIVER), progress_of(api, DAI)
    assert (rolling["StartDate"], rolling["EndDate"]) == (None, None)
    assert rolling["Structured"]["Denominator"] == 1260
    assert (year_one["StartDate"], year_one["EndDate"]) == ("0001-12-17T00:00:00.000Z", None)
    assert year_one["Structured"]["Numerator"] > 0
    assert nothing["StartDate"] == "2026-04-01T00:00:00.000Z"
    assert [nothing[name]["Denominator"] for name in TYPES] == [0, 0]
    assert minutes(nothing) == [0, 120]
    assert (missing["StartDate"], missing["CategoryProgress"]) == (None, [])
    assert minutes(missing) == [300, 180]
    api.world.switches.no_target = "404"
    assert api.get(MAYA, f"le/1.90/cpd/target/progress/user/{DAI}").status == 404


def test_a_leap_day_year_starts_on_the_28th_of_february(api: Api) -> None:
    assert progress_of(api, HELENA)["StartDate"] == "2026-02-28T00:00:00.000Z"


def test_progress_filters_choose_what_counts_and_leave_the_target(api: Api) -> None:
    whole = progress_of(api, PRIYA)
    clinical = progress_of(api, PRIYA, categoryId=org.CLINICAL)
    own = next(one for one in whole["CategoryProgress"] if one["Category"]["Id"] == org.CLINICAL)
    assert minutes(clinical) == minutes(own)
    assert clinical["Structured"]["Denominator"] == 1260
    assert minutes(progress_of(api, PRIYA, recordName="nothing like this")) == [0, 0]
    assert minutes(progress_of(api, PRIYA, methodId=org.READING))[0] == 0
    half = progress_of(api, PRIYA, endDate="2026-07-31T23:59:59.000Z")
    rest = progress_of(api, PRIYA, startDate="2026-08-01T00:00:00.000Z")
    both = zip(minutes(half), minutes(rest), strict=True)
    assert [first + second for first, second in both] == minutes(whole)


def test_dates_outside_the_period_count_only_by_switch(api: Api) -> None:
    earlier = {"startDate": "2025-04-01T00:00:00.000Z", "endDate": "2026-03-31T23:59:59.000Z"}
    assert minutes(progress_of(api, PRIYA, **earlier)) == [0, 0]
    api.world.switches.target_dates = "instead"
    assert sum(minutes(progress_of(api, PRIYA, **earlier))) > 0


def test_odd_numbers_unknown_states_and_fields_are_there(api: Api) -> None:
    records = everything(api, ALMA, ODD_NUMBERS)
    assert {record["RecordStateId"] for record in records} == {1, 2, 9}
    assert {1, 89.5, 0} <= {record["CreditMinutes"] for record in records}
    assert all("x-NewIn2031" in record for record in records)
    assert progress_of(api, ODD_NUMBERS)["Structured"]["Denominator"] == 89.5
