"""Comparing values with documented types: what the documents have is accepted, all else is a violation."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contract.documents import ACTIONS, BLOCKS
from tests.contract.json_types import type_violations

SUMMARY: dict[str, Any] = {
    "RecordId": 7,
    "RecordName": "Sepsis workshop",
    "CategoryName": "Clinical",
    "MethodName": "Workshop",
    "IsStructured": True,
    "RecordStateId": 9,
    "CreditMinutes": 89.5,
    "DateCompleted": "2026-05-13T20:01:00.827Z",
}
PAGE = {"Objects": [SUMMARY], "Next": None}


def test_a_value_as_documented_has_no_violations() -> None:
    assert type_violations(SUMMARY, "Cpd.RecordSummary") == []
    assert type_violations(PAGE, "page of Cpd.RecordSummary") == []
    assert (
        type_violations([SUMMARY], "list of Cpd.RecordSummary")
        == type_violations(PAGE, "list of Cpd.RecordSummary")
        == []
    )


@pytest.mark.parametrize(
    ("change", "violation"),
    [
        ({"RecordId": "7"}, "$.RecordId: '7' is no number:D2LID"),
        ({"RecordId": True}, "$.RecordId: True is no number:D2LID"),
        ({"RecordName": None}, "$.RecordName: None is no string"),
        ({"IsStructured": 1}, "$.IsStructured: 1 is no boolean"),
        ({"RecordStateId": "Draft"}, "$.RecordStateId: 'Draft' is no number:ENUM"),
        ({"CreditMinutes": float("nan")}, "$.CreditMinutes: nan is no number"),
        ({"DateCompleted": "2026-05-13T20:01:00Z"}, "$.DateCompleted: '2026-05-13T20:01:00Z' is no string:UTCDateTime"),
        ({"Mood": "good"}, "$.Mood: is unknown"),
    ],
)
def test_a_violation_has_its_place_and_its_value(change: dict[str, Any], violation: str) -> None:
    assert type_violations({**SUMMARY, **change}, "Cpd.RecordSummary") == [violation]


@pytest.mark.parametrize("field", SUMMARY)
def test_a_missing_field_is_a_violation(field: str) -> None:
    incomplete = {name: value for name, value in SUMMARY.items() if name != field}

    assert type_violations({"Objects": [SUMMARY, incomplete], "Next": None}, "page of Cpd.RecordSummary") == [
        f"$.Objects[1].{field}: is missing"
    ]


@pytest.mark.parametrize(
    ("value", "json_type", "fits"),
    [
        ("U2026-05-13T20:01:00.827", "string:AwardDateTime", True),
        ("2026-05-13T20:01:00.827Z", "string:AwardDateTime", False),
        ("U2026-05-13T20:01:00.827", "string:UTCDateTime", False),
        ("2026-02-30T20:01:00.827Z", "string:UTCDateTime", False),
        ("0001-12-17T00:00:00.000Z", "string:UTCDateTime", True),
        ("2026-05-13", "string:ISODate", True),
        ("2026-5-13", "string:ISODate", False),
        ("17", "string:D2LID", True),
        (17, "string:D2LID", False),
        ("017", "string:D2LID", False),
        ("/d2l/image/7", "string:URL", True),
        ("", "string:URL", False),
        (None, "number|null", True),
        (1.5, "number:ENUM", False),
    ],
)
def test_a_simple_type_fits_its_values_only(value: object, json_type: str, fits: bool) -> None:
    assert (type_violations(value, json_type) == []) is fits


def test_a_field_is_required_from_its_version_on_and_not_allowed_before() -> None:
    topic = dict.fromkeys(("Id", "Title"), 1)
    found = {
        version: type_violations(topic, "Content.ContentObject.Topic", version)
        for version in ("1.71", "1.72", "unstable")
    }

    assert "$.IsBroken: is missing" not in found["1.71"]
    assert "$.IsBroken: is missing" in found["1.72"]
    assert "$.Duration: is missing" not in found["unstable"]
    assert "$.Duration: came before version unstable" in type_violations(
        {"Duration": 1}, "Content.ContentObject.Topic", "1.90"
    )


def test_a_block_that_is_one_of_two_blocks_is_compared_with_the_one_of_its_type() -> None:
    assert "$.Structure: is missing" in type_violations({"Type": 0}, "Content.ContentObject")
    assert "$.TopicType: is missing" in type_violations({"Type": 1}, "Content.ContentObject")
    assert type_violations({"Type": 2}, "Content.ContentObject") == ["$: {'Type': 2} is no Content.ContentObject"]


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda inner: st.lists(inner)))
def test_a_simple_value_is_no_block(value: object) -> None:
    assert all(type_violations(value, block) for block in BLOCKS)


def test_every_type_in_the_data_can_be_compared() -> None:
    json_types = {json_type for fields in BLOCKS.values() for json_type in fields.values()}
    json_types |= {action.response for action in ACTIONS} - {"", "file"}

    assert all(
        isinstance(type_violations({}, part), list) for json_type in json_types for part in json_type.split(" or ")
    )
