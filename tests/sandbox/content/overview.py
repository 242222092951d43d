"""The overview of a course, and its attachment."""

from __future__ import annotations

from tests.sandbox.api.calls import Call
from tests.sandbox.api.permissions import require_org_unit
from tests.sandbox.api.responses import ApiError, Response
from tests.sandbox.api.routing import action
from tests.sandbox.content.blocks import description_block
from tests.sandbox.content.permissions import ContentReader, content_reader
from tests.sandbox.models.content import RichText
from tests.sandbox.models.people import COURSE_OFFERING

_OVERVIEW = "/d2l/api/le/(version)/(orgUnitId)/overview"


@action("GET", _OVERVIEW)
def overview(call: Call) -> Response:
    """The overview; an empty one for a course without."""
    found = _course_reader(call).outline.overview
    description = found.description if found else RichText("", "")
    has_attachment = found is not None and found.attachment is not None
    return Response({"Description": description_block(description), "HasAttachment": has_attachment})


@action("GET", f"{_OVERVIEW}/attachment")
def overview_attachment(call: Call) -> Response:
    """The overview's attachment; 404 when there is none."""
    outline = _course_reader(call).outline
    path = outline.overview.attachment if outline.overview else None
    file = outline.files.get(path or "")
    if file is None:
        raise ApiError.not_found()
    return Response.file(file.content, file.name, file.content_type)


def _course_reader(call: Call) -> ContentReader:
    """The caller as a reader of a course; 404 when the org unit is no course offering."""
    if require_org_unit(call).type_id != COURSE_OFFERING:
        raise ApiError.not_found()
    return content_reader(call)
