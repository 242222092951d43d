"""Progress towards CPD targets. LE 1.84; may raise NotPermitted and NotFound."""

from datetime import datetime

from cpd.schemas import TargetProgress
from cpd.services.filters import filters
from portal.brightspace import Read, Route, action

PROGRESS = Route("le", "/cpd/target/progress/user/(userId)", since="1.84")


@action("GET", PROGRESS, "cpd:targets:read")
def progress_of(
    person_id: int,
    *,
    method_id: int | None = None,
    category_id: int | None = None,
    record_name: str | None = None,
    start: datetime | None = None,
    end: datetime | None = None,
) -> Read[TargetProgress]:
    """``GET le/cpd/target/progress/user/(userId)``: credit against the target. Scope ``cpd:targets:read``, LE 1.84.

    The filters choose which records count: those completed from ``start`` to ``end``, both included, whose name
    contains ``record_name``. Amounts are in minutes, or in records where the organisation counts records.
    Raises NotPermitted, NotFound.
    """
    query = filters(method_id, category_id, record_name, start, end)
    return Read(PROGRESS, TargetProgress, ids=(("userId", person_id),), query=query)
