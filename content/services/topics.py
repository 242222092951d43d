"""Topics, one by one."""

from content.schemas import ContentObject, TopicData, UserAccess
from content.services.filters import accessible_to
from content.validators import validate_changed_topic
from portal.brightspace import Read, Service, Write, delete, get, put


class TopicService(Service):
    """Topics, one by one; new ones are added with `ModuleService.add`.

    Every action may raise NotPermitted and NotFound.
    """

    product, since, source = "le", "1.67", "https://docs.valence.desire2learn.com/res/content.html"

    @get("/(orgUnitId)/content/topics/(topicId)", scope="content:topics:readonly")
    def topic(self, org_unit_id: int, topic_id: int) -> Read[ContentObject]:
        """One topic."""
        return self.read(ContentObject, orgUnitId=org_unit_id, topicId=topic_id)

    @get("/(orgUnitId)/content/topics/(topicId)/access/", scope="content:access:read")
    def access(
        self, org_unit_id: int, topic_id: int, *, person_id: int | None = None, role_id: int | None = None
    ) -> Read[list[UserAccess]]:
        """Who has access to a topic; only this person, or only people with this role."""
        query = accessible_to(person_id, role_id)
        return self.read(list[UserAccess], query=query, orgUnitId=org_unit_id, topicId=topic_id)

    @put("/(orgUnitId)/content/topics/(topicId)", scope="content:topics:manage")
    def update(self, org_unit_id: int, topic_id: int, changed: TopicData) -> Write[None]:
        """Replaces everything about a topic except its file. A date that is None is erased.

        Before LE 1.70 dates that are None stay as they were. A major update tells the learners, and may withdraw their
        completions. Raises InvalidArgument, with the field, before anything is sent; then Refused.
        """
        return self.write(body=validate_changed_topic(changed), orgUnitId=org_unit_id, topicId=topic_id)

    @delete("/(orgUnitId)/content/topics/(topicId)", scope="content:topics:manage")
    def delete(self, org_unit_id: int, topic_id: int) -> Write[None]:
        """Deletes a topic; its file stays in the course."""
        return self.write(orgUnitId=org_unit_id, topicId=topic_id)
