"""Who has completed what."""

from portal.brightspace import Block, Id, UtcDateTime


class ContentTopicCompletion(Block, frozen=True, kw_only=True):
    """``ContentCompletions.ContentTopicCompletion``: one person and one topic."""

    user_id: Id
    org_unit_id: Id
    topic_id: Id
    completion_type: int | None = None
    completion_date: UtcDateTime | None = None


class ContentTopicCompletionUpdate(Block, frozen=True, kw_only=True):
    """``ContentCompletions.ContentTopicCompletionUpdate``; None takes the completion back."""

    completed_date: UtcDateTime | None


class ContentAggregateCompletion(Block, frozen=True, kw_only=True):
    """``ContentCompletions.ContentAggregateCompletion``: own counts of a course, module or topic.

    ``object_id`` is 0 for the course as a whole, whose name is then the title.
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
    """``UserProgress.UserProgressData``: a person's way through one topic; ``total_time`` in seconds."""

    object_id: Id
    user_id: Id
    completed_date: UtcDateTime | None = None
    is_read: bool = False
    num_visits: int = 0
    total_time: int | float = 0
    last_visited: UtcDateTime | None = None
    visited: bool = False
    completed: bool = False
    is_exempt: bool = False


class CourseCompletion(Block, frozen=True, kw_only=True):
    """Whether a course as a whole is marked complete for a person. Newer than the document."""

    completion: bool = False
    completion_date: UtcDateTime | None = None
