"""CPD records and their fields."""

from typing import Any

import pytest

from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import (
    ADRIAN,
    ALMA,
    ANA,
    HELENA,
    INES,
    MAYA,
    PETER,
    PRIYA,
    ROSA,
    TOMAS,
)
from tests.sandbox.seeds.edge_cases import ODD_NUMBERS, PROLIFIC
from tests.sandbox_checks.api_client import ApiClient

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


def records_path(person_id: int) -> str:
    return f"le/1.90/cpd/record/user/{person_id}"


def progress_of(api: ApiClient, person_id: int, **query: Any) -> dict[str, Any]:
    path = f"le/1.90/cpd/target/progress/user/{person_id}"
    reply = api.get(ADRIAN, path, **query)
    assert reply.status == 200
    value: dict[str, Any] = reply.value
    return value


def everything(api: ApiClient, caller: int, person_id: int, **query: Any) -> list[dict[str, Any]]:
    return [record for page in api.pages(caller, records_path(person_id), **query) for record in page]


def test_records_are_in_pages_of_twenty_newest_first(api: ApiClient) -> None:
    records = api.world.cpd_of(PROLIFIC).records
    pages = list(api.pages(ALMA, records_path(PROLIFIC)))
    assert [len(page) for page in pages] == [20] * (len(records) // 20)
    dates = [record["DateCompleted"] for page in pages for record in page]
    assert dates == sorted(dates, reverse=True)
    assert set(pages[0][0]) == SUMMARY
    assert len({record["RecordId"] for page in pages for record in page}) == len(records)


@pytest.mark.parametrize("limit", [1, 7, 100])
def test_records_are_the_same_at_any_limit(api: ApiClient, limit: int) -> None:
    expected = everything(api, MAYA, PRIYA)
    assert everything(api, MAYA, PRIYA, limit=limit) == expected
    assert everything(api, MAYA, PRIYA, limit=limit, sortDateAscending="true") == expected[::-1]


def test_next_has_the_last_record_and_the_filters(api: ApiClient) -> None:
    page = api.get(MAYA, records_path(PRIYA), limit=2, recordStateId=1).value
    last = page["Objects"][-1]["RecordId"]
    assert f"recordIdBookmark={last}" in page["Next"]
    assert "recordStateId=1" in page["Next"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("limit", 0), ("limit", "many"), ("startDate", "2026-11-01"), ("recordIdBookmark", 1)],
)
def test_invalid_parameter_of_records_is_refused(api: ApiClient, name: str, value: object) -> None:
    reply = api.get(MAYA, records_path(PRIYA), **{name: value})
    assert (reply.status, reply.value["title"]) == (400, "Invalid Parameters")


def test_records_are_filtered_by_each_parameter(api: ApiClient) -> None:
    records = api.world.cpd_of(PRIYA).records
    record = records[5]

    def ids(**query: Any) -> set[int]:
        return {found["RecordId"] for found in everything(api, MAYA, PRIYA, **query)}

    def expected(test: Any) -> set[int]:
        return {record.record_id for record in records if test(record)}

    moment = record.completed_at
    text = f"{moment:%Y-%m-%dT%H:%M:%S}.000Z"
    assert ids(methodId=record.method_id) == expected(lambda r: r.method_id == record.method_id)
    assert ids(categoryId=record.category_id) == expected(lambda r: r.category_id == record.category_id)
    assert ids(recordName=record.name[2:9].upper()) >= {record.record_id}
    assert ids(recordName="no such name") == set()
    assert ids(recordStateId=2) == expected(lambda r: r.state == 2)
    assert ids(startDate=text) == expected(lambda r: r.completed_at >= moment)
    assert ids(endDate=text) == expected(lambda r: r.completed_at <= moment)
    assert ids(startDate=text, endDate=text) == expected(lambda r: r.completed_at == moment)


def test_whole_record_has_numeric_ids_answers_and_attachments(api: ApiClient) -> None:
    records = api.world.cpd_of(TOMAS).records
    record = next(each for each in records if each.attachments and each.issued_id is None)
    block = api.get(MAYA, f"le/1.90/cpd/record/{record.record_id}").value
    assert block["UserId"] == TOMAS
    assert set(block["Category"]) == {"Id", "Name", "SortOrder", "InUse"}
    assert {type(answer["AnswerId"]) for answer in block["Answers"]} == {int}
    first = block["Attachments"]["Files"][0]
    assert (first["Name"], first["Size"]) == ("certificate.pdf", 15)
    file = api.get(MAYA, first["Href"].removeprefix("/d2l/api/"))
    assert file.value.startswith(b"%PDF")
    assert file.headers["Content-Disposition"].startswith('attachment; filename="certificate.pdf"')
    assert api.get(MAYA, f"le/1.90/cpd/record/{record.record_id}/attachment/1").status == 404


def test_seeded_records_include_awards_and_grades(api: ApiClient) -> None:
    records = api.world.cpd_of(PRIYA).records
    assert any(record.issued_id for record in records)
    assert any(record.grade_object_id and record.grade == 0.85 for record in records)


def test_categories_methods_and_questions_are_read_by_id(api: ApiClient) -> None:
    assert api.get(ANA, f"le/1.90/cpd/category/{org.CLINICAL}").value == {
        "Id": org.CLINICAL,
        "Name": "Clinical",
        "SortOrder": 1,
        "InUse": True,
    }
    assert api.get(ANA, f"le/1.90/cpd/method/{org.RETIRED_METHOD}").value["InUse"] is False
    assert "QuestionText" in api.get(ANA, f"le/1.90/cpd/question/{org.LEARNED}").value
    assert api.get(ANA, "le/1.90/cpd/category/99").status == 404


def test_cpd_needs_version_1_84(api: ApiClient) -> None:
    assert api.get(ANA, f"le/1.83/cpd/record/user/{ANA}").status == 404
    assert api.get(ANA, f"le/1.84/cpd/record/user/{ANA}").status == 200


def test_cpd_is_for_oneself_managers_above_and_admins(api: ApiClient) -> None:
    def statuses(caller: int, person_id: int) -> list[int]:
        paths = (records_path(person_id), f"le/1.90/cpd/target/progress/user/{person_id}")
        return [api.get(caller, path).status for path in paths]

    for caller, person_id in ((ANA, ANA), (MAYA, ANA), (HELENA, ANA), (PETER, ROSA), (ADRIAN, ANA)):
        assert statuses(caller, person_id) == [200, 200]
    for caller, person_id in ((MAYA, ROSA), (ANA, TOMAS), (PETER, ANA), (INES, ANA), (MAYA, PETER)):
        assert statuses(caller, person_id) == [403, 403]
    record_id = api.world.cpd_of(ROSA).records[0].record_id
    refused = api.get(MAYA, f"le/1.90/cpd/record/{record_id}")
    assert "securityVariableName: CPD.ManageDirectReports" in refused.value["detail"]
    assert statuses(MAYA, 999_999) == [404, 404]


def test_cpd_is_for_direct_managers_only_by_switch(api: ApiClient) -> None:
    api.world.switches.cpd_line = "direct"
    assert api.get(HELENA, records_path(ANA)).status == 403
    assert api.get(HELENA, records_path(MAYA)).status == 200


def test_records_can_have_odd_minutes_unknown_states_and_unknown_fields(api: ApiClient) -> None:
    records = everything(api, ALMA, ODD_NUMBERS)
    assert {record["RecordStateId"] for record in records} == {1, 2, 9}
    assert {1, 89.5, 0} <= {record["CreditMinutes"] for record in records}
    assert all("x-NewIn2031" in record for record in records)
    assert progress_of(api, ODD_NUMBERS)["Structured"]["Denominator"] == 89.5
