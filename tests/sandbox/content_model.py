"""Course content as Brightspace keeps it: modules, topics and each person's way through them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from typing import NamedTuple

from tests.sandbox.content_store import ContentFile

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

FILE_TOPIC = 1
LINK_TOPIC = 3


class RichText(NamedTuple):
    """A description, as plain text and as markup."""

    text: str
    markup: str


@dataclass(frozen=True, slots=True)
class Captions:
    """One captions file; ``culture`` is empty for a language that has none."""

    language: str
    culture: str
    path: str


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
    short_title: str = ""
    description: RichText | None = None
    duration: int | None = None
    opens_outside: bool | None = None
    captions: dict[str, Captions] = field(default_factory=dict)

    @property
    def object_id(self) -> int:
        """The id that orders, exemptions and progress call it by."""
        return self.topic_id

    @property
    def topic_type(self) -> int:
        """File or link: whatever opens from the content store is a file."""
        return FILE_TOPIC if self.activity_type in (FILE, SCORM) else LINK_TOPIC

    @property
    def is_required(self) -> bool:
        """True unless completion is not tracked; unknown types count as required."""
        return self.completion_type != NONE

    @property
    def earliest(self) -> datetime | None:
        """The first of its dates, or None: then it is not a scheduled item."""
        return min((moment for moment in (self.start, self.end, self.due) if moment), default=None)

    def is_open(self, now: datetime) -> bool:
        """Whether the dates let a learner see it now."""
        return _within(self.start, self.end, now)


@dataclass(slots=True)
class Module:
    """A branch of the outline; ``children`` are its topics and modules in one order."""

    module_id: int
    title: str
    children: list[Topic | Module] = field(default_factory=list)
    start: datetime | None = None
    end: datetime | None = None
    due: datetime | None = None
    is_hidden: bool = False
    is_locked: bool = False
    pacing_start: date | None = None
    pacing_end: date | None = None
    last_modified: datetime | None = None
    short_title: str = ""
    description: RichText | None = None
    duration: int | None = None

    @property
    def object_id(self) -> int:
        """The id that orders and access lists call it by."""
        return self.module_id

    def is_open(self, now: datetime) -> bool:
        """Whether the dates let a learner see it now."""
        return _within(self.start, self.end, now)

    def walk(self) -> Iterator[tuple[tuple[Module, ...], Topic]]:
        """Every topic below with the modules above it, this one first."""
        for child in self.children:
            if isinstance(child, Topic):
                yield (self,), child
            else:
                for above, topic in child.walk():
                    yield (self, *above), topic


class Place(NamedTuple):
    """Something in an outline, the modules above it (outermost first), and its siblings."""

    found: Topic | Module
    above: tuple[Module, ...]
    siblings: list[Topic | Module]

    @property
    def parent_id(self) -> int | None:
        """The id of the module it is in, None at the root."""
        return self.above[-1].module_id if self.above else None


@dataclass(slots=True)
class Pacing:
    """The course's own pacing dates."""

    start: date | None = None
    end: date | None = None
    skips_weekends: bool = False


@dataclass(slots=True)
class Overview:
    """What a course says about itself; ``attachment`` is a path in the content store."""

    description: RichText
    attachment: str | None = None


@dataclass(slots=True)
class Outline:
    """The content of one org unit. ``children`` are the root modules."""

    org_unit_id: int
    children: list[Topic | Module]
    ids: Iterator[int] = field(default_factory=lambda: count(1))
    files: dict[str, ContentFile] = field(default_factory=dict)
    overview: Overview | None = None
    pacing: Pacing = field(default_factory=Pacing)

    @property
    def modules(self) -> list[Module]:
        """The root modules; at the root there is nothing else."""
        return [child for child in self.children if isinstance(child, Module)]

    def walk(self) -> Iterator[tuple[tuple[Module, ...], Topic]]:
        """Every topic with the modules above it, outermost first."""
        for module in self.modules:
            yield from module.walk()

    def topic(self, topic_id: int) -> Topic | None:
        """The topic with this id, or None."""
        place = self.place(topic_id)
        return place.found if place and isinstance(place.found, Topic) else None

    def place(self, object_id: int) -> Place | None:
        """Where the topic or module with this id is, or None."""
        waiting: list[tuple[tuple[Module, ...], list[Topic | Module]]] = [((), self.children)]
        for above, siblings in waiting:
            for child in siblings:
                if child.object_id == object_id:
                    return Place(child, above, siblings)
                if isinstance(child, Module):
                    waiting.append(((*above, child), child.children))
        return None

    def visible(self, now: datetime) -> Iterator[Topic]:
        """The topics a learner can see: neither hidden nor outside their dates, all the way up."""
        for above, topic in self.walk():
            if is_visible(topic, above, now):
                yield topic

    def is_broken(self, topic: Topic) -> bool:
        """Whether the topic opens nothing: marked so, or a file topic whose file is not there."""
        return topic.is_broken or (topic.topic_type == FILE_TOPIC and topic.url not in self.files)


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


def is_visible(found: Topic | Module, above: tuple[Module, ...], now: datetime) -> bool:
    """Whether a learner can see it now: neither it nor anything above is hidden or out of its dates."""
    return all(not one.is_hidden and one.is_open(now) for one in (*above, found))


def _within(start: datetime | None, end: datetime | None, now: datetime) -> bool:
    return (start is None or start <= now) and (end is None or now <= end)
