"""When a course and its modules are meant to be worked through. No scope of its own (``core:*:*``), LE 1.67.

Days without a time; None erases one. May raise NotPermitted, NotFound and Refused.
"""

from content.schemas import ModulePacingData, PacingData, PacingInfo
from portal.brightspace import Read, Route, Write, action
from portal.brightspace.endpoints.validators import validate_optional_day, validate_order

COURSE = Route("le", "/(orgUnitId)/content/pacing", since="1.67")
MODULE = Route("le", "/(orgUnitId)/content/pacing/modules/(moduleId)", since="1.67")


@action("GET", COURSE)
def pacing(org_unit_id: int) -> Read[PacingInfo]:
    """``GET le/(orgUnitId)/content/pacing``: the course's first and last day."""
    return Read(COURSE, PacingInfo, ids=(("orgUnitId", org_unit_id),))


@action("PUT", COURSE)
def set_pacing(org_unit_id: int, paced: PacingData) -> Write[None]:
    """``PUT le/(orgUnitId)/content/pacing``: its days, and whether modules' days keep off weekends."""
    _check_days(paced)
    return Write("PUT", COURSE, ids=(("orgUnitId", org_unit_id),), body=paced)


@action("PUT", MODULE)
def set_module_pacing(org_unit_id: int, module_id: int, paced: ModulePacingData) -> Write[None]:
    """``PUT le/(orgUnitId)/content/pacing/modules/(moduleId)``: one module's days."""
    _check_days(paced)
    return Write("PUT", MODULE, ids=(("orgUnitId", org_unit_id), ("moduleId", module_id)), body=paced)


def _check_days(paced: PacingData | ModulePacingData) -> None:
    start, end = validate_optional_day(paced.start_date, "Start"), validate_optional_day(paced.end_date, "End")
    validate_order(start, end, "Start", "End")
