"""CPD records and their attachments."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from tests.sandbox.answers import Answer, Refusal, object_list_page, utc
from tests.sandbox.api.cpd_update import read_update
from tests.sandbox.cpd_model import Attachment, CpdRecord, RecordField
from tests.sandbox.permissions import CPD_OF_REPORTS, require_cpd_of
from tests.sandbox.routing import Call, action

_RECORD = "/d2l/api/le/(version)/cpd/record/(recordId)"
DEFAULT_LIMIT = 20
LARGEST_LIMIT = 100


@action("GET", _RECORD, scopes=("cpd:records:read",), since="1.84")
def record(call: Call) -> Answer:
    """One record in full."""
    return Answer(_record_block(call, _record_of_path(call)))


@action(
    "GET",
    "/d2l/api/le/(version)/cpd/record/user/(userId)",
    scopes=("cpd:records:read",),
    since="1.84",
)
def records(call: Call) -> Answer:
    """A person's records, newest first unless asked otherwise, filtered and in pages."""
    person = require_cpd_of(call, call.id("userId"))
    limit = call.number("limit", DEFAULT_LIMIT)
    if limit < 1:
        raise Refusal.invalid_parameters("limit is at least 1.")
    keeps, state = record_filter(call), call.number("recordStateId")
    found = [
        record
        for record in call.world.cpd_of(person.person_id).records
        if keeps(record)
        and state in (None, record.state)
        and _is_between(record, call.date("startDate"), call.date("endDate"))
    ]
    newest_first = not call.boolean("sortDateAscending", False)
    found.sort(key=lambda record: (record.completed_at, record.record_id), reverse=newest_first)
    return object_list_page(
        call,
        found,
        limit=min(limit, LARGEST_LIMIT),
        cursor="recordIdBookmark",
        key=lambda record: record.record_id,
        render=lambda record: _summary(call, record),
    )


@action("GET", f"{_RECORD}/attachment/(attachmentId)", scopes=("cpd:records:read",), since="1.84")
def attachment(call: Call) -> Answer:
    """One attachment as a file."""
    wanted = call.id("attachmentId")
    for kept in _record_of_path(call).attachments:
        if kept.attachment_id == wanted:
            return Answer.file(kept.content, kept.name, kept.content_type)
    raise Refusal.not_found()


@action("PUT", _RECORD, scopes=("cpd:records:manage",), since="1.84")
def update_record(call: Call) -> Answer:
    """Replaces what a RecordUpdate carries; answers the record as it is then."""
    kept = _record_of_path(call)
    is_own = kept.person_id == call.person().person_id
    if not is_own and not call.world.switches.managers_edit_cpd:
        raise Refusal.not_authorized(CPD_OF_REPORTS, call.world.organisation.org_unit_id)
    update = read_update(call.world, call.json())
    update.apply_to(kept)
    return Answer(_record_block(call, kept))


@action(
    "GET",
    "/d2l/api/le/(version)/cpd/category/(categoryId)",
    scopes=("cpd:fields:read",),
    since="1.84",
)
def category(call: Call) -> Answer:
    """One category."""
    return Answer(field_block(_field(call.world.categories, call.id("categoryId"))))


@action("GET", "/d2l/api/le/(version)/cpd/method/(methodId)", scopes=("cpd:fields:read",), since="1.84")
def method(call: Call) -> Answer:
    """One method."""
    return Answer(field_block(_field(call.world.methods, call.id("methodId"))))


@action(
    "GET",
    "/d2l/api/le/(version)/cpd/question/(questionId)",
    scopes=("cpd:fields:read",),
    since="1.84",
)
def question(call: Call) -> Answer:
    """One reflection question."""
    found = _field(call.world.questions, call.id("questionId"))
    return Answer(field_block(found, text="QuestionText"))


def record_filter(call: Call) -> Callable[[CpdRecord], bool]:
    """Whether a record passes methodId, categoryId and recordName (part of it, in any case)."""
    method_id, category_id = call.number("methodId"), call.number("categoryId")
    name = call.text("recordName").lower()
    return lambda record: (
        method_id in (None, record.method_id)
        and category_id in (None, record.category_id)
        and name in record.name.lower()
    )


def field_block(found: RecordField, text: str = "Name") -> dict[str, Any]:
    """A Category, Method or Question block; ``text`` names the field of its wording."""
    return {
        "Id": found.field_id,
        text: found.text,
        "SortOrder": found.sort_order,
        "InUse": found.in_use,
    }


def number(value: float) -> int | float:
    """A JSON number as Brightspace writes it: no decimals when there are none."""
    return int(value) if value == int(value) else value


def _field(fields: dict[int, RecordField], field_id: int) -> RecordField:
    if field_id not in fields:
        raise Refusal.not_found()
    return fields[field_id]


def _record_of_path(call: Call) -> CpdRecord:
    found = call.world.record(call.id("recordId"))
    if found is None:
        raise Refusal.not_found()
    require_cpd_of(call, found.person_id)
    return found


def _is_between(record: CpdRecord, first: datetime | None, last: datetime | None) -> bool:
    return (first is None or first <= record.completed_at) and (last is None or record.completed_at <= last)


def _summary(call: Call, record: CpdRecord) -> dict[str, Any]:
    return {
        "RecordId": record.record_id,
        "RecordName": record.name,
        "CategoryName": call.world.categories[record.category_id].text,
        "MethodName": call.world.methods[record.method_id].text,
        "IsStructured": record.is_structured,
        "RecordStateId": record.state,
        "CreditMinutes": number(record.credit_minutes),
        "DateCompleted": utc(record.completed_at),
        **record.extra,
    }


def _record_block(call: Call, record: CpdRecord) -> dict[str, Any]:
    return {
        "RecordId": record.record_id,
        "Name": record.name,
        "UserId": record.person_id,
        "Category": field_block(call.world.categories[record.category_id]),
        "Method": field_block(call.world.methods[record.method_id]),
        "IsStructured": record.is_structured,
        "IssuedId": record.issued_id,
        "DateCompleted": utc(record.completed_at),
        "Grade": record.grade,
        "GradeObjectId": record.grade_object_id,
        "CreditMinutes": number(record.credit_minutes),
        "Attachments": _attachments(call, record),
        "Answers": [{"QuestionId": a.question_id, "Text": a.text, "AnswerId": a.answer_id} for a in record.answers],
        "RecordStateId": record.state,
        **record.extra,
    }


def _attachments(call: Call, record: CpdRecord) -> dict[str, Any] | None:
    if not record.attachments:
        return None
    return {
        "FileSetId": record.record_id + 9_000_000,
        "Files": [_file(call, record, kept) for kept in record.attachments],
    }


def _file(call: Call, record: CpdRecord, kept: Attachment) -> dict[str, Any]:
    base = f"/d2l/api/le/{call.version}/cpd/record/{record.record_id}"
    return {
        "Id": kept.attachment_id,
        "Name": kept.name,
        "Size": len(kept.content),
        "Href": f"{base}/attachment/{kept.attachment_id}",
    }
