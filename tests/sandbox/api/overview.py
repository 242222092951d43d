"""What a course says about itself."""

from __future__ import annotations

from tests.sandbox.answers import Answer, Refusal
from tests.sandbox.api.content_objects import description_block
from tests.sandbox.content_access import Reader, reader
from tests.sandbox.content_model import RichText
from tests.sandbox.permissions import require_org_unit
from tests.sandbox.routing import Call, action
from tests.sandbox.world import COURSE_OFFERING

_OVERVIEW = "/d2l/api/le/(version)/(orgUnitId)/overview"


@action("GET", _OVERVIEW)
def overview(call: Call) -> Answer:
    """The overview; one without words where nobody has written any."""
    found = _course(call).outline.overview
    description = found.description if found else RichText("", "")
    has_attachment = found is not None and found.attachment is not None
    return Answer({"Description": description_block(description), "HasAttachment": has_attachment})


@action("GET", f"{_OVERVIEW}/attachment")
def overview_attachment(call: Call) -> Answer:
    """The file that goes with the overview; 404 when there is none."""
    outline = _course(call).outline
    path = outline.overview.attachment if outline.overview else None
    file = outline.files.get(path or "")
    if file is None:
        raise Refusal.not_found()
    return Answer.file(file.content, file.name, file.content_type)


def _course(call: Call) -> Reader:
    """The caller as a reader; 404 when the org unit is no course offering."""
    if require_org_unit(call).type_id != COURSE_OFFERING:
        raise Refusal.not_found()
    return reader(call)
