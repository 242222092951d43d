"""Changing a CPD record."""

from typing import Any

import pytest

from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import ANA, MAYA, PETER, ROSA
from tests.sandbox_checks.api_client import ApiClient

UPDATE: dict[str, Any] = {
    "Name": "A new name",
    "CategoryId": org.LEADERSHIP,
    "IsStructured": True,
    "MethodId": org.WORKSHOP,
    "CreditMinutes": 77.5,
    "Answers": [{"QuestionId": org.HELPED, "Text": "Everyone <b>here</b>"}],
    "DateCompleted": "2026-06-01T08:00:00.000Z",
    "RecordStateId": None,
}


def path_of(api: ApiClient, person_id: int) -> str:
    return f"le/1.90/cpd/record/{api.world.cpd_of(person_id).records[0].record_id}"


def test_record_update_is_returned_and_stored(api: ApiClient) -> None:
    path = path_of(api, ANA)
    before = api.get(ANA, path).value
    reply = api.send("PUT", ANA, path, body=UPDATE)
    assert reply.status == 200
    assert api.get(MAYA, path).value == reply.value
    assert (reply.value["Name"], reply.value["CreditMinutes"]) == ("A new name", 77.5)
    assert reply.value["Category"]["Id"] == org.LEADERSHIP
    assert reply.value["Answers"][0]["Text"] == "Everyone <b>here</b>"
    assert reply.value["RecordStateId"] == before["RecordStateId"]
    assert reply.value["Attachments"] == before["Attachments"]


def test_draft_does_not_count_towards_the_target(api: ApiClient) -> None:
    target = f"le/1.90/cpd/target/progress/user/{ANA}"
    api.send("PUT", ANA, path_of(api, ANA), body=UPDATE)
    before = api.get(ANA, target).value["Structured"]["Numerator"]
    api.send("PUT", ANA, path_of(api, ANA), body={**UPDATE, "RecordStateId": 2})
    after = api.get(ANA, target).value["Structured"]["Numerator"]
    assert before - after == 77.5


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("Name", " "),
        ("Name", "x" * 513),
        ("Name", None),
        ("CategoryId", 99),
        ("CategoryId", "11"),
        ("MethodId", True),
        ("IsStructured", 1),
        ("CreditMinutes", -1),
        ("CreditMinutes", "60"),
        ("CreditMinutes", float("nan")),
        ("Answers", None),
        ("Answers", [{"QuestionId": 1, "Text": "who asked?"}]),
        ("Answers", [{"QuestionId": org.HELPED, "Text": "x" * 4001}]),
        ("DateCompleted", "2026-06-01T08:00:00Z"),
        ("DateCompleted", None),
        ("RecordStateId", 3),
        ("RecordStateId", True),
    ],
)
def test_record_update_with_a_wrong_field_is_refused_and_changes_nothing(
    api: ApiClient, field: str, value: Any
) -> None:
    path = path_of(api, ANA)
    before = api.get(ANA, path).value
    reply = api.send("PUT", ANA, path, body={**UPDATE, field: value})
    assert reply.status == 400
    assert "invalid-parameters" in reply.value["type"]
    assert api.get(ANA, path).value == before


def test_record_update_that_is_no_block_is_refused(api: ApiClient) -> None:
    assert api.send("PUT", ANA, path_of(api, ANA), body=[UPDATE]).status == 400
    assert api.send("PUT", ANA, path_of(api, ANA)).status == 400


def test_records_are_changed_by_managers_only_by_switch(api: ApiClient) -> None:
    assert api.send("PUT", MAYA, path_of(api, ANA), body=UPDATE).status == 200
    assert api.send("PUT", PETER, path_of(api, ANA), body=UPDATE).status == 403
    assert api.send("PUT", MAYA, path_of(api, ROSA), body=UPDATE).status == 403
    api.world.switches.managers_edit_cpd = False
    assert api.send("PUT", MAYA, path_of(api, ANA), body=UPDATE).status == 403
    assert api.send("PUT", ANA, path_of(api, ANA), body=UPDATE).status == 200


def test_update_of_an_unknown_record_is_404(api: ApiClient) -> None:
    for record_id in (201_999, 999_999_001, 2**63 - 1):
        assert api.send("PUT", ANA, f"le/1.90/cpd/record/{record_id}", body=UPDATE).status == 404
