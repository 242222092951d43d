"""Progress through topics: own, of people one audits, or in courses whose progress one may see.

No scope of its own (``core:*:*``); exists under the version ``unstable`` only. May raise NotPermitted and NotFound.
"""

from collections.abc import Iterable

from content.schemas import UserProgressData
from portal.brightspace import InvalidArgument, Read, Route, Write, action, d2l_id
from portal.brightspace.endpoints.validators import validate_between, validate_ids, validate_optional_moment

PROGRESS = Route("le", "/(orgUnitId)/content/userprogress/", unstable=True)
OF_TOPIC = Route("le", "/(orgUnitId)/content/userprogress/(topicId)", unstable=True)
PAGE_SIZE = 200


@action("GET", PROGRESS)
def user_progress_in(
    org_unit_id: int,
    person_ids: Iterable[int] | None = None,
    *,
    topic_ids: Iterable[int] | None = None,
    page_size: int = PAGE_SIZE,
) -> Read[list[UserProgressData]]:
    """``GET le/(orgUnitId)/content/userprogress/``: topics that these people, or all, have touched.

    ``page_size`` rows an answer. Who has made no progress is not in it.
    """
    people = () if person_ids is None else validate_ids(person_ids, "people")
    topics = () if topic_ids is None else validate_ids(topic_ids, "topics")
    query = (
        *(("userId", person) for person in people),
        *(("objectId", topic) for topic in topics),
        ("pageSize", validate_between(page_size, "page size", 1, PAGE_SIZE)),
    )
    return Read(PROGRESS, list[UserProgressData], ids=(("orgUnitId", org_unit_id),), query=query)


@action("GET", OF_TOPIC)
def user_progress_of(org_unit_id: int, topic_id: int, person_id: int) -> Read[UserProgressData]:
    """``GET le/(orgUnitId)/content/userprogress/(topicId)?userId=``: one person and one topic, touched or not."""
    path_ids = (("orgUnitId", org_unit_id), ("topicId", topic_id))
    return Read(OF_TOPIC, UserProgressData, ids=path_ids, query=(("userId", d2l_id(person_id, "userId")),))


@action("POST", PROGRESS)
def update_my_progress(my_id: int, org_unit_id: int, progress: UserProgressData) -> Write[UserProgressData]:
    """``POST le/(orgUnitId)/content/userprogress/``: the caller's own, whose id ``my_id`` is; answers what holds now.

    Time never goes down. Raises InvalidArgument for somebody else's progress.
    """
    if d2l_id(progress.user_id, "userId") != d2l_id(my_id, "userId"):
        raise InvalidArgument("“Progress” can only be changed by the person whose it is.")
    d2l_id(progress.object_id, "topic")
    validate_between(progress.num_visits, "visits", 0, 2**31 - 1)
    if not 0 <= progress.total_time < float("inf"):
        raise InvalidArgument("“Time” must be a number of seconds, 0 or more.")
    validate_optional_moment(progress.completed_date, "completed")
    validate_optional_moment(progress.last_visited, "last visited")
    return Write("POST", PROGRESS, UserProgressData, ids=(("orgUnitId", org_unit_id),), body=progress)
