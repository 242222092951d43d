"""What a course says about itself. No scope of its own (``core:*:*``), LE 1.67; may raise NotPermitted, NotFound."""

from content.schemas import Overview
from portal.brightspace import FileRead, Read, Route, action

OVERVIEW = Route("le", "/(orgUnitId)/overview", since="1.67")
ATTACHMENT = Route("le", "/(orgUnitId)/overview/attachment", since="1.67")


@action("GET", OVERVIEW)
def overview(org_unit_id: int) -> Read[Overview]:
    """``GET le/(orgUnitId)/overview``: its words, which may be HTML by anybody, and whether a file goes with it."""
    return Read(OVERVIEW, Overview, ids=(("orgUnitId", org_unit_id),))


@action("GET", ATTACHMENT)
def attachment(org_unit_id: int) -> FileRead:
    """``GET le/(orgUnitId)/overview/attachment``. Raises NotFound if there is none."""
    return FileRead(ATTACHMENT, ids=(("orgUnitId", org_unit_id),))
