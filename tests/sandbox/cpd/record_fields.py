"""The fields that describe CPD records: categories, methods and reflection questions."""

from __future__ import annotations

from typing import Any

from tests.sandbox.api.calls import Call
from tests.sandbox.api.responses import ApiError, Response
from tests.sandbox.api.routing import action
from tests.sandbox.models.cpd import RecordField

_CPD = "/d2l/api/le/(version)/cpd"
_SCOPES = ("cpd:fields:read",)


@action("GET", f"{_CPD}/category/(categoryId)", scopes=_SCOPES, since="1.84")
def category(call: Call) -> Response:
    """One category."""
    return Response(field_block(_field(call.world.categories, call.id("categoryId"))))


@action("GET", f"{_CPD}/method/(methodId)", scopes=_SCOPES, since="1.84")
def method(call: Call) -> Response:
    """One method."""
    return Response(field_block(_field(call.world.methods, call.id("methodId"))))


@action("GET", f"{_CPD}/question/(questionId)", scopes=_SCOPES, since="1.84")
def question(call: Call) -> Response:
    """One reflection question."""
    return Response(field_block(_field(call.world.questions, call.id("questionId")), text_name="QuestionText"))


def field_block(field: RecordField, text_name: str = "Name") -> dict[str, Any]:
    """A Category, Method or Question block; ``text_name`` is the JSON field that has the text."""
    return {
        "Id": field.field_id,
        text_name: field.text,
        "SortOrder": field.sort_order,
        "InUse": field.in_use,
    }


def _field(fields: dict[int, RecordField], field_id: int) -> RecordField:
    if field_id not in fields:
        raise ApiError.not_found()
    return fields[field_id]
