"""The completion of a course as a whole."""

from datetime import datetime

from content.schemas import CourseCompletion
from content.validators import validate_course_completion
from portal.brightspace import Origin, Read, Service, Write, get, put


class CourseCompletionService(Service):
    """Whether a course as a whole is marked complete for a person.

    Belongs to the learning platform. Every action may raise NotPermitted, Refused, and NotFound for somebody who is
    not enrolled.
    """

    product, source = "lp", "https://docs.valence.desire2learn.com/res/enroll.html"
    origin = Origin.NEWER

    @get("/enrollments/orgUnits/(orgUnitId)/users/(userId)/completion", scope="enrollment:completion:read")
    def of_person(self, org_unit_id: int, person_id: int) -> Read[CourseCompletion]:
        """Whether the course is marked complete for a person, and since when."""
        return self.read(CourseCompletion, orgUnitId=org_unit_id, userId=person_id)

    @put("/enrollments/orgUnits/(orgUnitId)/users/(userId)/completion", scope="enrollment:completion:update")
    def mark(
        self, org_unit_id: int, person_id: int, *, complete: bool, completed: datetime | None = None
    ) -> Write[CourseCompletion]:
        """Marks the course as complete from ``completed`` on, or as not complete.

        Without ``completed`` Brightspace takes the present moment. Raises InvalidArgument for a moment with a course
        that is not complete.
        """
        body = validate_course_completion(CourseCompletion(completion=complete, completion_date=completed))
        return self.write(CourseCompletion, body=body, orgUnitId=org_unit_id, userId=person_id)
