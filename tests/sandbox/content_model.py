"""Course content as Brightspace keeps it: modules, topics and each person's way through them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

MANUAL = 1
AUTO = 2
NONE = 3

FILE = 1
LINK = 2
DROPBOX = 3
QUIZ = 4
DISCUSSION = 6
SURVEY = 12
SCORM = 22
ACTIVITY_INSTANCE = 29


@dataclass(slots=True)
class Topic:
    """A leaf of the outline. ``due`` makes it overdue for whoever has not completed it."""

    topic_id: int
    title: str
    activity_type: int = FILE
    completion_type: int = AUTO
    url: str = ""
    start: datetime | None = None
    end: datetime | None = None
    due: datetime | None = None
    is_hidden: bool = False
    is_locked: bool = False
    is_broken: bool = False
    tool_id: int | None = None
    tool_item_id: int | None = None
    grade_item_id: int | None = None
    last_modified: datetime | None = None

    @property
    def is_required(self) -> bool:
        """True unless completion is not tracked; unknown types count as required."""
        return self.completion_type != NONE

    def is_open(self, now: datetime) -> bool:
        """Whether the dates let a learner see it now."""
        return _within(self.start, self.end, now)


@dataclass(slots=True)
class Module:
    """A branch of the outline."""

    module_id: int
    title: str
    topics: list[Topic] = field(default_factory=list)
    modules: list[Module] = field(default_factory=list)
    start: datetime | None = None
    end: datetime | None = None
    due: datetime | None = None
    is_hidden: bool = False
    is_locked: bool = False
    pacing_start: date | None = None
    pacing_end: date | None = None
    last_modified: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        """Whether the dates let a learner see it now."""
        return _within(self.start, self.end, now)

    def walk(self) -> Iterator[tuple[tuple[Module, ...], Topic]]:
        """Every topic below with the modules above it, this one first."""
        for topic in self.topics:
            yield (self,), topic
        for module in self.modules:
            for above, topic in module.walk():
                yield (self, *above), topic


@dataclass(slots=True)
class Outline:
    """The content of one org unit."""

    org_unit_id: int
    modules: list[Module]

    def walk(self) -> Iterator[tuple[tuple[Module, ...], Topic]]:
        """Every topic with the modules above it, outermost first."""
        for module in self.modules:
            yield from module.walk()

    def topic(self, topic_id: int) -> Topic | None:
        """The topic with this id, or None."""
        return next((topic for _, topic in self.walk() if topic.topic_id == topic_id), None)

    def visible(self, now: datetime) -> Iterator[Topic]:
        """The topics a learner can see: neither hidden nor outside their dates, all the way up."""
        for above, topic in self.walk():
            branches_open = all(not one.is_hidden and one.is_open(now) for one in above)
            if branches_open and not topic.is_hidden and topic.is_open(now):
                yield topic


@dataclass(slots=True)
class TopicProgress:
    """What one person did with one topic; only kept once there is something to say."""

    topic_id: int
    person_id: int
    completed_at: datetime | None = None
    is_read: bool = True
    visits: int = 1
    seconds: int = 0
    last_visited: datetime | None = None


def _within(start: datetime | None, end: datetime | None, now: datetime) -> bool:
    return (start is None or start <= now) and (end is None or now <= end)
