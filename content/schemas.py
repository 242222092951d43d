"""The content document's JSON blocks that the pages read, field for field, in Brightspace's own words."""

from portal.brightspace.fields import Block, Id, UtcDateTime

MANUAL, AUTO = 1, 2  # completion types that make a topic required


class ContentLearnerProgress(Block, frozen=True, kw_only=True):
    """A person's counts in one org unit. ``completed_items`` includes optional and hidden topics."""

    user_id: Id
    org_unit_id: Id
    required_items: int = 0
    completed_items: int = 0


class OverdueItem(Block, frozen=True, kw_only=True):
    """A topic past its due date that the person has not completed; the course is only an id."""

    user_id: Id
    org_unit_id: Id
    item_id: Id
    item_name: str = ""
    due_date: UtcDateTime | None = None


class UserProgressData(Block, frozen=True, kw_only=True):
    """A person's progress through one topic."""

    object_id: Id
    user_id: Id
    completed_date: UtcDateTime | None = None
    completed: bool = False
    is_exempt: bool = False


class Topic(Block, frozen=True, kw_only=True):
    """A topic of a table of contents, as the person it was asked for sees it."""

    topic_id: Id
    title: str = ""
    completion_type: int = 3
    is_exempt: bool = False
    is_hidden: bool = False

    @property
    def is_required(self) -> bool:
        return self.completion_type in (MANUAL, AUTO) and not self.is_exempt and not self.is_hidden


class Module(Block, frozen=True, kw_only=True):
    """A module of a table of contents, with the modules and topics in it."""

    module_id: Id
    title: str = ""
    is_hidden: bool = False
    modules: tuple["Module", ...] = ()
    topics: tuple[Topic, ...] = ()

    def all_topics(self) -> list[Topic]:
        inner = [topic for module in self.modules for topic in module.all_topics()]
        return [] if self.is_hidden else [*self.topics, *inner]


class TableOfContents(Block, frozen=True, kw_only=True):
    """The content of a course as one person sees it."""

    modules: tuple[Module, ...] = ()

    def required_topics(self) -> set[int]:
        """Ids of the topics this person must complete."""
        every = [topic for module in self.modules for topic in module.all_topics()]
        return {topic.topic_id for topic in every if topic.is_required}


class OrgUnitType(Block, frozen=True, kw_only=True):
    id: Id


class OrgUnit(Block, frozen=True, kw_only=True):
    id: Id
    type: OrgUnitType
    name: str | None = None
    code: str | None = None


class UserOrgUnit(Block, frozen=True, kw_only=True):
    """One enrolment of a person."""

    org_unit: OrgUnit
