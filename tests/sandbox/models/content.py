"""Course content as Brightspace stores it: modules, topics and each person's progress through them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from typing import NamedTuple

from tests.sandbox.models.content_files import ContentFile

# Completion types.
MANUAL = 1
AUTO = 2
NONE = 3

# Activity types.
FILE = 1
LINK = 2
DROPBOX = 3
QUIZ = 4
DISCUSSION = 6
SURVEY = 12
SCORM = 22
ACTIVITY_INSTANCE = 29

# Topic types.
FILE_TOPIC = 1
LINK_TOPIC = 3

# Ids of modules and topics start with the org unit's own, so that they show where they belong.
IDS_PER_ORG_UNIT = 1000


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
    """A leaf of the outline. Past ``due`` it is overdue for whoever has not completed it."""

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
        """The id that the order of content, exemptions and progress use."""
        return self.topic_id

    @property
    def topic_type(self) -> int:
        """FILE_TOPIC for what opens from the content store, else LINK_TOPIC."""
        return FILE_TOPIC if self.activity_type in (FILE, SCORM) else LINK_TOPIC

    @property
    def is_required(self) -> bool:
        """Whether completion is tracked; unknown types count as tracked."""
        return self.completion_type != NONE

    @property
    def earliest_date(self) -> datetime | None:
        """The first of its dates; None for a topic without dates, which is no scheduled item."""
        return min((moment for moment in (self.start, self.end, self.due) if moment), default=None)

    def is_open(self, now: datetime) -> bool:
        """Whether its dates let a learner see it now."""
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
        """The id that the order of content and access lists use."""
        return self.module_id

    def is_open(self, now: datetime) -> bool:
        """Whether its dates let a learner see it now."""
        return _within(self.start, self.end, now)

    def walk(self) -> Iterator[tuple[tuple[Module, ...], Topic]]:
        """Every topic in it with the modules it is in, this one first."""
        for child in self.children:
            if isinstance(child, Topic):
                yield (self,), child
            else:
                for ancestors, topic in child.walk():
                    yield (self, *ancestors), topic


class Place(NamedTuple):
    """A module or topic, the modules it is in (outermost first), and the list it stands in."""

    found: Topic | Module
    ancestors: tuple[Module, ...]
    siblings: list[Topic | Module]

    @property
    def parent_id(self) -> int | None:
        """The id of the module it is in; None at the root."""
        return self.ancestors[-1].module_id if self.ancestors else None


@dataclass(slots=True)
class Pacing:
    """The course's own pacing dates."""

    start: date | None = None
    end: date | None = None
    skips_weekends: bool = False


@dataclass(slots=True)
class Overview:
    """A course's overview; ``attachment`` is a path in the content store."""

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
        """The root modules; there are no topics at the root."""
        return [child for child in self.children if isinstance(child, Module)]

    def walk(self) -> Iterator[tuple[tuple[Module, ...], Topic]]:
        """Every topic with the modules it is in, outermost first."""
        for module in self.modules:
            yield from module.walk()

    def topic(self, topic_id: int) -> Topic | None:
        """The topic with this id, or None."""
        place = self.place(topic_id)
        return place.found if place and isinstance(place.found, Topic) else None

    def place(self, object_id: int) -> Place | None:
        """Where the topic or module with this id is, or None."""
        levels: list[tuple[tuple[Module, ...], list[Topic | Module]]] = [((), self.children)]
        for ancestors, siblings in levels:
            for child in siblings:
                if child.object_id == object_id:
                    return Place(child, ancestors, siblings)
                if isinstance(child, Module):
                    levels.append(((*ancestors, child), child.children))
        return None

    def visible(self, now: datetime) -> Iterator[Topic]:
        """The topics a learner can see now."""
        for ancestors, topic in self.walk():
            if is_visible(topic, ancestors, now):
                yield topic

    def is_broken(self, topic: Topic) -> bool:
        """Whether the topic is marked broken, or is a file topic without its file."""
        return topic.is_broken or (topic.topic_type == FILE_TOPIC and topic.url not in self.files)


@dataclass(slots=True)
class TopicProgress:
    """One person's progress through one topic; it exists from the first visit on."""

    topic_id: int
    person_id: int
    completed_at: datetime | None = None
    is_read: bool = True
    visits: int = 1
    seconds: int = 0
    last_visited: datetime | None = None


def is_visible(item: Topic | Module, ancestors: tuple[Module, ...], now: datetime) -> bool:
    """Whether a learner can see it now: neither it nor a module it is in is hidden or outside its dates."""
    return all(not part.is_hidden and part.is_open(now) for part in (*ancestors, item))


def _within(start: datetime | None, end: datetime | None, now: datetime) -> bool:
    return (start is None or start <= now) and (end is None or now <= end)
