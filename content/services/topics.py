"""Topics one by one. LE 1.67; may raise NotPermitted and NotFound. New ones are added to a module."""

from content.schemas import ContentObject, TopicData, UserAccess
from content.services.modules import whom
from content.validators import validate_changed_topic
from portal.brightspace import Read, Route, Write, action

ONE = Route("le", "/(orgUnitId)/content/topics/(topicId)", since="1.67")
ACCESS = Route("le", "/(orgUnitId)/content/topics/(topicId)/access/", since="1.67")


@action("GET", ONE, "content:topics:readonly")
def topic(org_unit_id: int, topic_id: int) -> Read[ContentObject]:
    """``GET le/(orgUnitId)/content/topics/(topicId)``. Scope ``content:topics:readonly``."""
    return Read(ONE, ContentObject, ids=_one(org_unit_id, topic_id))


@action("GET", ACCESS, "content:access:read")
def access_to(
    org_unit_id: int, topic_id: int, *, person_id: int | None = None, role_id: int | None = None
) -> Read[list[UserAccess]]:
    """``GET le/(orgUnitId)/content/topics/(topicId)/access/``: who can get at it; of one person, of one role.

    Scope ``content:access:read``.
    """
    return Read(ACCESS, list[UserAccess], ids=_one(org_unit_id, topic_id), query=whom(person_id, role_id))


@action("PUT", ONE, "content:topics:manage")
def update(org_unit_id: int, topic_id: int, changed: TopicData) -> Write[None]:
    """``PUT le/(orgUnitId)/content/topics/(topicId)``: all but its file; a date that is None is erased.

    Scope ``content:topics:manage``. Before LE 1.70 None left dates as they were. A major update tells the
    learners, and may take back their completions. Raises InvalidArgument, by field, before anything is
    sent; then Refused.
    """
    validate_changed_topic(changed)
    return Write("PUT", ONE, ids=_one(org_unit_id, topic_id), body=changed)


@action("DELETE", ONE, "content:topics:manage")
def delete(org_unit_id: int, topic_id: int) -> Write[None]:
    """``DELETE le/(orgUnitId)/content/topics/(topicId)``; its file stays. Scope ``content:topics:manage``."""
    return Write("DELETE", ONE, ids=_one(org_unit_id, topic_id))


def _one(org_unit_id: int, topic_id: int) -> tuple[tuple[str, int], ...]:
    return (("orgUnitId", org_unit_id), ("topicId", topic_id))
