"""CPD records and their attachments: listing, reading and changing them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.sandbox.api.calls import Call
from tests.sandbox.api.dates import format_utc, is_between
from tests.sandbox.api.paging import object_list_page
from tests.sandbox.api.permissions import CPD_OF_REPORTS, require_cpd_access
from tests.sandbox.api.responses import ApiError, Response
from tests.sandbox.api.routing import action
from tests.sandbox.cpd.record_fields import field_block
from tests.sandbox.cpd.record_update import read_update
from tests.sandbox.models.cpd import Attachment, CpdRecord, RecordAnswer

_RECORD = "/d2l/api/le/(version)/cpd/record/(recordId)"
DEFAULT_LIMIT = 20
MAX_LIMIT = 100


@action("GET", _RECORD, scopes=("cpd:records:read",), since="1.84")
def get_record(call: Call) -> Response:
    """One record in full."""
    return Response(_record_block(call, _record_of_path(call)))


@action(
    "GET",
    "/d2l/api/le/(version)/cpd/record/user/(userId)",
    scopes=("cpd:records:read",),
    since="1.84",
)
def list_records(call: Call) -> Response:
    """A person's records, newest first by default, filtered and in pages."""
    person = require_cpd_access(call, call.id("userId"))
    limit = call.number("limit", DEFAULT_LIMIT)
    if limit < 1:
        raise ApiError.invalid_parameters("limit is at least 1.")
    matches, state = record_filter(call), call.number("recordStateId")
    found = [
        record
        for record in call.world.cpd_of(person.person_id).records
        if matches(record)
        and state in (None, record.state)
        and is_between(record.completed_at, call.date("startDate"), call.date("endDate"))
    ]
    newest_first = not call.boolean("sortDateAscending", False)
    found.sort(key=lambda record: (record.completed_at, record.record_id), reverse=newest_first)
    return object_list_page(
        call,
        found,
        limit=min(limit, MAX_LIMIT),
        cursor="recordIdBookmark",
        key=lambda record: record.record_id,
        render=lambda record: _summary(call, record),
    )


@action("GET", f"{_RECORD}/attachment/(attachmentId)", scopes=("cpd:records:read",), since="1.84")
def get_attachment(call: Call) -> Response:
    """One attachment as a file."""
    wanted = call.id("attachmentId")
    for attachment in _record_of_path(call).attachments:
        if attachment.attachment_id == wanted:
            return Response.file(attachment.content, attachment.name, attachment.content_type)
    raise ApiError.not_found()


@action("PUT", _RECORD, scopes=("cpd:records:manage",), since="1.84")
def update_record(call: Call) -> Response:
    """Replaces the fields of a RecordUpdate; the response is the changed record."""
    record = _record_of_path(call)
    is_own = record.person_id == call.person().person_id
    if not is_own and not call.world.switches.managers_edit_cpd:
        raise ApiError.not_authorized(CPD_OF_REPORTS, call.world.organisation.org_unit_id)
    update = read_update(call.world, call.json())
    update.apply_to(record)
    return Response(_record_block(call, record))


def record_filter(call: Call) -> Callable[[CpdRecord], bool]:
    """A test of records by methodId, categoryId and recordName (part of it, in any case)."""
    method_id, category_id = call.number("methodId"), call.number("categoryId")
    name = call.text("recordName").lower()
    return lambda record: (
        method_id in (None, record.method_id)
        and category_id in (None, record.category_id)
        and name in record.name.lower()
    )


def number(value: float) -> int | float:
    """A JSON number as Brightspace writes it: whole numbers without decimals."""
    return int(value) if value == int(value) else value


def _record_of_path(call: Call) -> CpdRecord:
    found = call.world.record(call.id("recordId"))
    if found is None:
        raise ApiError.not_found()
    require_cpd_access(call, found.person_id)
    return found


def _summary(call: Call, record: CpdRecord) -> dict[str, Any]:
    return {
        "RecordId": record.record_id,
        "RecordName": record.name,
        "CategoryName": call.world.categories[record.category_id].text,
        "MethodName": call.world.methods[record.method_id].text,
        "IsStructured": record.is_structured,
        "RecordStateId": record.state,
        "CreditMinutes": number(record.credit_minutes),
        "DateCompleted": format_utc(record.completed_at),
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
        "DateCompleted": format_utc(record.completed_at),
        "Grade": record.grade,
        "GradeObjectId": record.grade_object_id,
        "CreditMinutes": number(record.credit_minutes),
        "Attachments": _attachments(call, record),
        "Answers": [_answer(answer) for answer in record.answers],
        "RecordStateId": record.state,
        **record.extra,
    }


def _answer(answer: RecordAnswer) -> dict[str, Any]:
    return {"QuestionId": answer.question_id, "Text": answer.text, "AnswerId": answer.answer_id}


def _attachments(call: Call, record: CpdRecord) -> dict[str, Any] | None:
    if not record.attachments:
        return None
    return {
        "FileSetId": record.record_id + 9_000_000,
        "Files": [_file(call, record, attachment) for attachment in record.attachments],
    }


def _file(call: Call, record: CpdRecord, attachment: Attachment) -> dict[str, Any]:
    record_path = f"/d2l/api/le/{call.version}/cpd/record/{record.record_id}"
    return {
        "Id": attachment.attachment_id,
        "Name": attachment.name,
        "Size": len(attachment.content),
        "Href": f"{record_path}/attachment/{attachment.attachment_id}",
    }
