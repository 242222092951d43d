"""Who has completed a topic, and counts of required and completed topics. LE 1.67.

May raise NotPermitted, NotFound and Refused. Counts have no scope of their own (``core:*:*``); others' are for
those who may manage content.
"""

from collections.abc import Sequence
from datetime import datetime

from content.schemas import (
    CompletionLevel,
    ContentAggregateCompletion,
    ContentLearnerProgress,
    ContentTopicCompletion,
    ContentTopicCompletionUpdate,
)
from portal.brightspace import MAX_IDS_IN_LIST, Read, Route, Write, action, d2l_id
from portal.brightspace.endpoints.validators import (
    validate_between,
    validate_choice,
    validate_ids,
    validate_optional_moment,
)

OF_TOPIC = Route("le", "/(orgUnitId)/content/topics/(topicId)/completions/", since="1.67")
OF_TOPIC_AND_PERSON = Route("le", "/(orgUnitId)/content/topics/(topicId)/completions/users/(userId)", since="1.67")
MINE = Route("le", "/(orgUnitId)/content/completions/mycount/", since="1.67")
IN_COURSE = Route("le", "/(orgUnitId)/content/completions/", since="1.67")
OF_PERSON = Route("le", "/content/completions/(userId)/", since="1.67")
MAX_IDS = MAX_IDS_IN_LIST
MAX_PAGE_SIZE = 200


@action("GET", OF_TOPIC, "content:completions:read")
def topic_completions(
    org_unit_id: int,
    topic_id: int,
    *,
    person_id: int | None = None,
    ascending: bool | None = None,
    after_person_id: int | None = None,
    page_size: int = MAX_PAGE_SIZE,
) -> Read[list[ContentTopicCompletion]]:
    """``GET le/(orgUnitId)/content/topics/(topicId)/completions/``: everybody the caller may see, by person.

    Scope ``content:completions:read``. Those behind ``after_person_id`` only; ``page_size`` people an answer.
    """
    pairs = (
        ("userId", None if person_id is None else d2l_id(person_id, "userId")),
        ("isAscendingSort", ascending),
        ("userBookmark", None if after_person_id is None else d2l_id(after_person_id, "userBookmark")),
        ("pageSize", validate_between(page_size, "page size", 1, MAX_PAGE_SIZE)),
    )
    query = tuple((name, value) for name, value in pairs if value is not None)
    path_ids = (("orgUnitId", org_unit_id), ("topicId", topic_id))
    return Read(OF_TOPIC, list[ContentTopicCompletion], ids=path_ids, query=query)


@action("GET", OF_TOPIC_AND_PERSON, "content:completions:read")
def topic_completion(org_unit_id: int, topic_id: int, person_id: int) -> Read[ContentTopicCompletion]:
    """``GET le/(orgUnitId)/content/topics/(topicId)/completions/users/(userId)``.

    Scope ``content:completions:read``.
    """
    path_ids = (("orgUnitId", org_unit_id), ("topicId", topic_id), ("userId", person_id))
    return Read(OF_TOPIC_AND_PERSON, ContentTopicCompletion, ids=path_ids)


@action("PUT", OF_TOPIC_AND_PERSON, "content:completions:write")
def complete_topic(org_unit_id: int, topic_id: int, person_id: int, completed: datetime | None) -> Write[None]:
    """``PUT le/(orgUnitId)/content/topics/(topicId)/completions/users/(userId)``; None takes it back.

    Scope ``content:completions:write``.
    """
    path_ids = (("orgUnitId", org_unit_id), ("topicId", topic_id), ("userId", person_id))
    body = ContentTopicCompletionUpdate(completed_date=validate_optional_moment(completed, "completed"))
    return Write("PUT", OF_TOPIC_AND_PERSON, ids=path_ids, body=body)


@action("GET", MINE)
def my_counts(
    org_unit_id: int, *, level: CompletionLevel | int | str | None = None
) -> Read[list[ContentAggregateCompletion]]:
    """``GET le/(orgUnitId)/content/completions/mycount/``: the caller's, for the course, each module or each topic."""
    query = () if level is None else (("level", int(validate_choice(level, "level", CompletionLevel))),)
    return Read(MINE, list[ContentAggregateCompletion], ids=(("orgUnitId", org_unit_id),), query=query)


@action("GET", IN_COURSE)
def completions_in(
    org_unit_id: int, person_ids: Sequence[int], *, ignore_invalid: bool = True
) -> Read[list[ContentLearnerProgress]]:
    """``GET le/(orgUnitId)/content/completions/``: counts of these people in one course.

    People one may not see, or who are not there, are left out, unless ``ignore_invalid`` is False: then refused.
    """
    query = (("ignoreInvalid", ignore_invalid), ("userIdsCSV", validate_ids(person_ids, "people")))
    return Read(IN_COURSE, list[ContentLearnerProgress], ids=(("orgUnitId", org_unit_id),), query=query)


@action("GET", OF_PERSON)
def completions_of(
    person_id: int, org_unit_ids: Sequence[int], *, ignore_invalid: bool = True
) -> Read[list[ContentLearnerProgress]]:
    """``GET le/content/completions/(userId)/``: one person's counts in these courses.

    Courses the person is not in are left out, unless ``ignore_invalid`` is False: then refused.
    """
    query = (("ignoreInvalid", ignore_invalid), ("orgUnitIdsCSV", validate_ids(org_unit_ids, "courses")))
    return Read(OF_PERSON, list[ContentLearnerProgress], ids=(("userId", person_id),), query=query)
