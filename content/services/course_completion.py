"""Whether a course as a whole is marked complete for somebody. Of the learning platform; newer than the document.

May raise NotPermitted, NotFound (not enrolled) and Refused.
"""

from datetime import datetime

from content.schemas import CourseCompletion
from portal.brightspace import InvalidArgument, Read, Route, Write, action
from portal.brightspace.endpoints.validators import validate_optional_moment

COMPLETION = Route("lp", "/enrollments/orgUnits/(orgUnitId)/users/(userId)/completion")


@action("GET", COMPLETION, "enrollment:completion:read", newer=True)
def course_completion(org_unit_id: int, person_id: int) -> Read[CourseCompletion]:
    """``GET lp/enrollments/orgUnits/(orgUnitId)/users/(userId)/completion``. Scope ``enrollment:completion:read``."""
    return Read(COMPLETION, CourseCompletion, ids=(("orgUnitId", org_unit_id), ("userId", person_id)))


@action("PUT", COMPLETION, "enrollment:completion:update", newer=True)
def mark_course(
    org_unit_id: int, person_id: int, *, complete: bool, moment: datetime | None = None
) -> Write[CourseCompletion]:
    """``PUT lp/enrollments/orgUnits/(orgUnitId)/users/(userId)/completion``: complete as of ``moment``, or not.

    Scope ``enrollment:completion:update``. Without ``moment`` Brightspace takes the present one.
    """
    validate_optional_moment(moment, "completed")
    if moment is not None and not complete:
        raise InvalidArgument("“Completed” has a date only for a course that is complete.")
    body = CourseCompletion(completion=complete, completion_date=moment)
    path_ids = (("orgUnitId", org_unit_id), ("userId", person_id))
    return Write("PUT", COMPLETION, CourseCompletion, ids=path_ids, body=body)
