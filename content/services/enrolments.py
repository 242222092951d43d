"""Which courses a person is enrolled in. Scope ``enrollment:orgunit:read``."""

from content.schemas import UserOrgUnit
from portal.brightspace import Read, Route, action

OF_PERSON = Route("lp", "/enrollments/users/(userId)/orgUnits/")
COURSE_OFFERING = 3


@action("GET", OF_PERSON, "enrollment:orgunit:read", supporting=True)
def courses_of(person_id: int) -> Read[list[UserOrgUnit]]:
    """``GET lp/enrollments/users/(userId)/orgUnits/``: a person's enrolments in course offerings."""
    query = (("orgUnitTypeId", COURSE_OFFERING),)
    return Read(OF_PERSON, list[UserOrgUnit], ids=(("userId", person_id),), query=query)
