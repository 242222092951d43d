"""Completions and progress: of a topic, of a course, and counts of required and completed topics."""

from portal.brightspace import Block, Id, UtcDateTime


class ContentTopicCompletion(Block, frozen=True, kw_only=True):
    """``ContentCompletions.ContentTopicCompletion``: whether and when one person completed one topic."""

    user_id: Id
    org_unit_id: Id
    topic_id: Id
    completion_type: int | None = None
    completion_date: UtcDateTime | None = None


class ContentTopicCompletionUpdate(Block, frozen=True, kw_only=True):
    """``ContentCompletions.ContentTopicCompletionUpdate``: when it was completed; None withdraws it."""

    completed_date: UtcDateTime | None


class ContentAggregateCompletion(Block, frozen=True, kw_only=True):
    """``ContentCompletions.ContentAggregateCompletion``: the caller's counts of a course, module or topic.

    For the course as a whole ``object_id`` is 0 and ``title`` the name of the course.
    """

    user_id: Id
    org_unit_id: Id
    object_id: int = 0
    title: str = ""
    required_items: int = 0
    completed_items: int = 0


class ContentLearnerProgress(Block, frozen=True, kw_only=True):
    """``ContentCompletions.ContentLearnerProgress``: a person's counts in one org unit.

    ``completed_items`` includes optional and hidden topics.
    """

    user_id: Id
    org_unit_id: Id
    required_items: int = 0
    completed_items: int = 0


class UserProgressData(Block, frozen=True, kw_only=True):
    """``UserProgress.UserProgressData``: a person's progress through one topic."""

    object_id: Id
    user_id: Id
    completed_date: UtcDateTime | None = None
    is_read: bool = False
    num_visits: int = 0
    total_time: int | float = 0  # seconds
    last_visited: UtcDateTime | None = None
    visited: bool = False
    completed: bool = False
    is_exempt: bool = False


class CourseCompletion(Block, frozen=True, kw_only=True):
    """Whether a course as a whole is marked complete for a person, and since when. Newer than the document."""

    completion: bool = False
    completion_date: UtcDateTime | None = None
