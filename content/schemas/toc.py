"""The table of contents of a course as one person sees it."""

from datetime import date

from content.schemas.enums import CompletionType
from portal.brightspace import Block, Id, UtcDateTime

_REQUIRED = (CompletionType.MANUAL, CompletionType.AUTO)


class Topic(Block, frozen=True, kw_only=True):
    """A topic of ``ToC.TableOfContents``, with what holds for this person."""

    topic_id: Id
    identifier: str | int | None = None  # the same as ``topic_id``, documented as text
    type_identifier: str | None = None
    title: str = ""
    bookmarked: bool = False
    unread: bool = False
    url: str | None = None
    sort_order: int = 0
    start_date_time: UtcDateTime | None = None
    end_date_time: UtcDateTime | None = None
    activity_id: str | None = None
    completion_type: int = CompletionType.NONE
    is_exempt: bool = False
    is_hidden: bool = False
    is_locked: bool = False
    is_broken: bool = False
    tool_id: Id | None = None
    tool_item_id: Id | None = None
    activity_type: int | None = None
    grade_item_id: Id | None = None
    last_modified_date: UtcDateTime | None = None
    # in the version ``unstable`` only; the document does not say which values they can have
    start_date_availability_type: int | str | None = None
    end_date_availability_type: int | str | None = None

    @property
    def is_required(self) -> bool:
        """Whether this person must complete it."""
        return self.completion_type in _REQUIRED and not self.is_exempt and not self.is_hidden


class Module(Block, frozen=True, kw_only=True):
    """A module of ``ToC.TableOfContents``, with the modules and topics in it."""

    module_id: Id
    title: str = ""
    sort_order: int = 0
    start_date_time: UtcDateTime | None = None
    end_date_time: UtcDateTime | None = None
    modules: tuple["Module", ...] = ()
    topics: tuple[Topic, ...] = ()
    is_hidden: bool = False
    is_locked: bool = False
    pacing_start_date: date | None = None
    pacing_end_date: date | None = None
    default_path: str | None = None
    last_modified_date: UtcDateTime | None = None

    def all_topics(self) -> list[Topic]:
        """The topics in it and in its modules; none if it is hidden."""
        inner = [topic for module in self.modules for topic in module.all_topics()]
        return [] if self.is_hidden else [*self.topics, *inner]


class TableOfContents(Block, frozen=True, kw_only=True):
    """``ToC.TableOfContents``: the modules at the top of a course."""

    modules: tuple[Module, ...] = ()

    def required_topics(self) -> set[int]:
        """Ids of the topics this person must complete."""
        every = [topic for module in self.modules for topic in module.all_topics()]
        return {topic.topic_id for topic in every if topic.is_required}
