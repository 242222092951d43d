"""Enrolments of people in courses."""

from content.schemas import UserOrgUnit
from portal.brightspace import Origin, Read, Service, get

COURSE_OFFERING = 3  # the org unit type of courses


class EnrolmentService(Service):
    """Enrolments of people in courses. Belongs to the learning platform."""

    product, source = "lp", "https://docs.valence.desire2learn.com/res/enroll.html"
    scope = "enrollment:orgunit:read"
    origin = Origin.SUPPORTING

    @get("/enrollments/users/(userId)/orgUnits/")
    def courses_of(self, person_id: int) -> Read[list[UserOrgUnit]]:
        """A person's enrolments in course offerings. Raises NotPermitted, NotFound."""
        return self.read(list[UserOrgUnit], query=(("orgUnitTypeId", COURSE_OFFERING),), userId=person_id)
