"""The judge of values: it lets pass what the documents have, and nothing else."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contract.documents import ACTIONS, BLOCKS
from tests.contract.kinds import check

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


def test_what_the_document_has_passes() -> None:
    assert check(SUMMARY, "Cpd.RecordSummary") == []
    assert check(PAGE, "page of Cpd.RecordSummary") == []
    assert check([SUMMARY], "list of Cpd.RecordSummary") == check(PAGE, "list of Cpd.RecordSummary") == []


@pytest.mark.parametrize(
    ("change", "deviation"),
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
def test_a_deviation_is_told_with_its_place(change: dict[str, Any], deviation: str) -> None:
    assert check({**SUMMARY, **change}, "Cpd.RecordSummary") == [deviation]


@pytest.mark.parametrize("field", SUMMARY)
def test_a_missing_field_is_told(field: str) -> None:
    rest = {name: value for name, value in SUMMARY.items() if name != field}

    assert check({"Objects": [SUMMARY, rest], "Next": None}, "page of Cpd.RecordSummary") == [
        f"$.Objects[1].{field}: is missing"
    ]


@pytest.mark.parametrize(
    ("value", "kind", "fits"),
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
def test_each_kind_of_value_is_known(value: object, kind: str, fits: bool) -> None:
    assert (check(value, kind) == []) is fits


def test_a_field_comes_with_its_version_and_not_before() -> None:
    topic = dict.fromkeys(("Id", "Title"), 1)
    found = {version: check(topic, "Content.ContentObject.Topic", version) for version in ("1.71", "1.72", "unstable")}

    assert "$.IsBroken: is missing" not in found["1.71"]
    assert "$.IsBroken: is missing" in found["1.72"]
    assert "$.Duration: is missing" not in found["unstable"]
    assert "$.Duration: came before version unstable" in check({"Duration": 1}, "Content.ContentObject.Topic", "1.90")


def test_a_block_of_two_kinds_is_judged_by_its_type() -> None:
    assert "$.Structure: is missing" in check({"Type": 0}, "Content.ContentObject")
    assert "$.TopicType: is missing" in check({"Type": 1}, "Content.ContentObject")
    assert check({"Type": 2}, "Content.ContentObject") == ["$: {'Type': 2} is no Content.ContentObject"]


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda inner: st.lists(inner)))
def test_no_plain_value_is_taken_for_a_block(value: object) -> None:
    assert all(check(value, block) for block in BLOCKS)


def test_every_kind_in_the_data_can_be_judged() -> None:
    kinds = {kind for fields in BLOCKS.values() for kind in fields.values()}
    kinds |= {action.answers for action in ACTIONS} - {"", "file"}

    assert all(isinstance(check({}, part), list) for kind in kinds for part in kind.split(" or "))
