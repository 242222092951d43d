"""Completions of topics and of whole courses, and counts of required and completed topics."""

from collections.abc import Iterable
from datetime import datetime

from content.schemas import (
    CompletionLevel,
    ContentAggregateCompletion,
    ContentLearnerProgress,
    ContentTopicCompletion,
    ContentTopicCompletionUpdate,
    CourseCompletion,
)
from content.validators import validate_course_completion
from portal.brightspace import Origin, Read, Service, Write, d2l_id, get, put
from portal.brightspace.endpoints.validators import (
    validate_between,
    validate_choice,
    validate_ids,
    validate_optional_moment,
)

MAX_PAGE_SIZE = 200  # people a response


class CompletionService(Service):
    """Completions of topics, and counts of required and completed topics.

    Other people's counts are for those who may manage content; the caller may read their own. Every action may raise
    NotPermitted, NotFound and Refused.
    """

    product, since, source = "le", "1.67", "https://docs.valence.desire2learn.com/res/content.html"

    @get("/(orgUnitId)/content/topics/(topicId)/completions/", scope="content:completions:read")
    def topic_completions(
        self,
        org_unit_id: int,
        topic_id: int,
        *,
        person_id: int | None = None,
        ascending: bool | None = None,
        after_person_id: int | None = None,
        page_size: int = MAX_PAGE_SIZE,
    ) -> Read[list[ContentTopicCompletion]]:
        """The completion of a topic by everybody whom the caller may see, sorted by person.

        ``after_person_id`` leaves out the people up to and including this one. ``page_size`` is the number of people
        in one response of Brightspace; all pages are read.
        """
        pairs = (
            ("userId", None if person_id is None else d2l_id(person_id, "userId")),
            ("isAscendingSort", ascending),
            ("userBookmark", None if after_person_id is None else d2l_id(after_person_id, "userBookmark")),
            ("pageSize", validate_between(page_size, "page size", 1, MAX_PAGE_SIZE)),
        )
        query = tuple((name, value) for name, value in pairs if value is not None)
        return self.read(list[ContentTopicCompletion], query=query, orgUnitId=org_unit_id, topicId=topic_id)

    @get("/(orgUnitId)/content/topics/(topicId)/completions/users/(userId)", scope="content:completions:read")
    def topic_completion(self, org_unit_id: int, topic_id: int, person_id: int) -> Read[ContentTopicCompletion]:
        """The completion of a topic by one person."""
        return self.read(ContentTopicCompletion, orgUnitId=org_unit_id, topicId=topic_id, userId=person_id)

    @put("/(orgUnitId)/content/topics/(topicId)/completions/users/(userId)", scope="content:completions:write")
    def set_topic_completion(
        self, org_unit_id: int, topic_id: int, person_id: int, completed: datetime | None
    ) -> Write[None]:
        """Marks a topic as completed at a moment; None withdraws the completion."""
        body = ContentTopicCompletionUpdate(completed_date=validate_optional_moment(completed, "completed"))
        return self.write(body=body, orgUnitId=org_unit_id, topicId=topic_id, userId=person_id)

    @get("/(orgUnitId)/content/completions/mycount/")
    def my_counts(
        self, org_unit_id: int, *, level: CompletionLevel | int | str | None = None
    ) -> Read[list[ContentAggregateCompletion]]:
        """The caller's counts: for the course, each module at the top or each topic, as ``level`` says."""
        query = () if level is None else (("level", int(validate_choice(level, "level", CompletionLevel))),)
        return self.read(list[ContentAggregateCompletion], query=query, orgUnitId=org_unit_id)

    @get("/(orgUnitId)/content/completions/")
    def counts_in_course(
        self, org_unit_id: int, person_ids: Iterable[int], *, ignore_invalid: bool = True
    ) -> Read[list[ContentLearnerProgress]]:
        """The counts of these people in one course.

        People whom the caller may not see or who are not enrolled are left out; with ``ignore_invalid`` False they
        make Brightspace refuse the request.
        """
        query = (("ignoreInvalid", ignore_invalid), ("userIdsCSV", validate_ids(person_ids, "people")))
        return self.read(list[ContentLearnerProgress], query=query, orgUnitId=org_unit_id)

    @get("/content/completions/(userId)/")
    def counts_of_person(
        self, person_id: int, org_unit_ids: Iterable[int], *, ignore_invalid: bool = True
    ) -> Read[list[ContentLearnerProgress]]:
        """The counts of one person in these courses.

        Courses in which the person is not enrolled are left out; with ``ignore_invalid`` False they make Brightspace
        refuse the request.
        """
        query = (("ignoreInvalid", ignore_invalid), ("orgUnitIdsCSV", validate_ids(org_unit_ids, "courses")))
        return self.read(list[ContentLearnerProgress], query=query, userId=person_id)


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
