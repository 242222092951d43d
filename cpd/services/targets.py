"""Progress towards CPD targets. Scope ``cpd:targets:read``, LE 1.84."""

from cpd.schemas import TargetProgress
from portal.brightspace.actions import action
from portal.brightspace.reads import Read
from portal.brightspace.routes import Route

PROGRESS = Route("le", "/cpd/target/progress/user/(userId)", since="1.84")


@action("GET", PROGRESS, "cpd:targets:read")
def progress_of(person_id: int) -> Read[TargetProgress]:
    """``GET le/cpd/target/progress/user/(userId)``: a person's credit against the target, in minutes."""
    return Read(PROGRESS, TargetProgress, ids=(("userId", person_id),))
