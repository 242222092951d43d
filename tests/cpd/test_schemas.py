"""The CPD document's JSON blocks, read and written."""

from datetime import UTC, datetime

import msgspec
import pytest

from cpd.schemas import (
    AnswerUpdate,
    Category,
    Fraction,
    Method,
    Question,
    Record,
    RecordSummary,
    RecordUpdate,
    TargetProgress,
)
from portal.brightspace.codec.json import decode, encode

RECORD = b"""{"RecordId": "41", "Name": "Sepsis workshop", "UserId": 7,
  "Category": {"Id": 3, "Name": "Clinical", "SortOrder": 1, "InUse": true},
  "Method": {"Id": 5, "Name": "Workshop", "SortOrder": 2, "InUse": false},
  "IsStructured": true, "IssuedId": null, "DateCompleted": "2026-10-19T09:00:00.000Z",
  "Grade": 0.85, "GradeObjectId": null, "CreditMinutes": 120,
  "Attachments": {"FileSetId": 9, "Files": [
    {"Id": 1, "Name": "notes.pdf", "Size": 2048, "Href": "/d2l/file"}]},
  "Answers": [{"QuestionId": 2, "Text": "Much", "AnswerId": 8}],
  "RecordStateId": 9, "AddedByBrightspaceLater": 1}"""


def test_a_record_is_read_field_for_field() -> None:
    record = decode(RECORD, Record)

    assert (record.record_id, record.category.name, record.method.in_use) == (41, "Clinical", False)
    assert record.date_completed == datetime(2026, 10, 19, 9, tzinfo=UTC)
    assert record.attachments is not None
    assert record.attachments.files[0].name == "notes.pdf"
    assert record.answers[0].text == "Much"
    assert record.grade == 0.85


def test_an_unknown_record_state_stays_a_number() -> None:
    record = decode(RECORD, Record)

    assert record.record_state_id == 9
    assert not record.is_draft


def test_a_record_summary_knows_whether_it_is_a_draft() -> None:
    summary = decode(
        b'{"RecordId": 1, "RecordName": "Reading", "CategoryName": "Teaching",'
        b' "MethodName": "Reading", "IsStructured": false, "RecordStateId": 2,'
        b' "CreditMinutes": 30, "DateCompleted": null}',
        RecordSummary,
    )

    assert summary.is_draft
    assert summary.date_completed is None


def test_target_progress_may_start_in_the_year_one() -> None:
    progress = decode(
        b'{"StartDate": "0001-12-17T00:00:00.000Z", "EndDate": null,'
        b' "Structured": {"Numerator": 66, "Denominator": 120.0},'
        b' "Unstructured": {"Numerator": 102, "Denominator": 120},'
        b' "CategoryProgress": [{"Category": {"Id": 3, "Name": "Clinical"},'
        b' "Structured": {"Numerator": 6, "Denominator": 12},'
        b' "Unstructured": {"Numerator": 0, "Denominator": 0}}]}',
        TargetProgress,
    )

    assert progress.start_date == datetime(1, 12, 17, tzinfo=UTC)
    assert progress.structured == Fraction(66, 120)
    assert progress.category_progress[0].category.id == 3


def test_target_progress_of_an_empty_object_has_no_target() -> None:
    assert decode(b"{}", TargetProgress) == TargetProgress()


@pytest.mark.parametrize("field", [Category, Method])
def test_a_record_field_is_read(field: type[Category | Method]) -> None:
    found = decode(b'{"Id": 3, "Name": "Clinical", "SortOrder": 4, "InUse": false}', field)

    assert (found.id, found.name, found.sort_order, found.in_use) == (3, "Clinical", 4, False)


def test_a_question_is_read() -> None:
    question = decode(b'{"Id": 2, "QuestionText": "What did you learn?"}', Question)

    assert question.question_text == "What did you learn?"


def test_an_update_is_written_in_brightspaces_words() -> None:
    update = RecordUpdate(
        name="Sepsis workshop",
        category_id=3,
        is_structured=True,
        method_id=5,
        credit_minutes=90,
        answers=(AnswerUpdate(question_id=2, text="Much"),),
        date_completed=datetime(2026, 10, 19, 9, tzinfo=UTC),
    )

    assert msgspec.json.decode(encode(update)) == {
        "Name": "Sepsis workshop",
        "CategoryId": 3,
        "IsStructured": True,
        "MethodId": 5,
        "CreditMinutes": 90,
        "Answers": [{"QuestionId": 2, "Text": "Much"}],
        "DateCompleted": "2026-10-19T09:00:00.000Z",
        "RecordStateId": None,
    }
