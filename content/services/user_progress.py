"""Progress of people through topics."""

from collections.abc import Iterable

from content.schemas import UserProgressData
from content.validators import validate_own_progress
from portal.brightspace import Read, Service, Write, d2l_id, get, post
from portal.brightspace.endpoints.validators import validate_between, validate_ids

MAX_PAGE_SIZE = 200  # rows a response, each one person and one topic


class UserProgressService(Service):
    """Progress of people through topics.

    That of others is for their auditors and for those who may see progress in the course. Every action may raise
    NotPermitted and NotFound.
    """

    product, source = "le", "https://docs.valence.desire2learn.com/res/content.html"
    unstable = True

    @get("/(orgUnitId)/content/userprogress/")
    def in_course(
        self,
        org_unit_id: int,
        person_ids: Iterable[int] | None = None,
        *,
        topic_ids: Iterable[int] | None = None,
        page_size: int = MAX_PAGE_SIZE,
    ) -> Read[list[UserProgressData]]:
        """The topics of a course that these people have visited; everybody without ``person_ids``.

        People without any progress are not in it. ``page_size`` is the number of rows in one response of Brightspace;
        all pages are read.
        """
        people = () if person_ids is None else validate_ids(person_ids, "people")
        topics = () if topic_ids is None else validate_ids(topic_ids, "topics")
        query = (
            *(("userId", person) for person in people),
            *(("objectId", topic) for topic in topics),
            ("pageSize", validate_between(page_size, "page size", 1, MAX_PAGE_SIZE)),
        )
        return self.read(list[UserProgressData], query=query, orgUnitId=org_unit_id)

    @get("/(orgUnitId)/content/userprogress/(topicId)")
    def in_topic(self, org_unit_id: int, topic_id: int, person_id: int) -> Read[UserProgressData]:
        """The progress of one person through one topic, visited or not."""
        query = (("userId", d2l_id(person_id, "userId")),)
        return self.read(UserProgressData, query=query, orgUnitId=org_unit_id, topicId=topic_id)

    @post("/(orgUnitId)/content/userprogress/")
    def update_own(self, my_id: int, org_unit_id: int, progress: UserProgressData) -> Write[UserProgressData]:
        """Updates the progress of the caller, whose id is ``my_id``. Answers with the progress as it is now.

        Brightspace never lowers the time spent. Raises InvalidArgument for somebody else's progress.
        """
        body = validate_own_progress(progress, my_id)
        return self.write(UserProgressData, body=body, orgUnitId=org_unit_id)
