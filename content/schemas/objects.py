"""Modules and topics as course authors see them: as they are read (``ContentObject``) and sent (``…Data``)."""

from datetime import datetime

from content.schemas.enums import ContentType
from portal.brightspace import Block, Id, UtcDateTime


class RichText(Block, frozen=True, kw_only=True):
    """``RichText``: one text as plain text and as HTML. The HTML may come from anybody: never trust it."""

    text: str | None = None
    html: str | None = None


class RichTextInput(Block, frozen=True, kw_only=True):
    """``RichTextInput``: a text to send; ``type`` is ``Text`` or ``Html``."""

    content: str
    type: str = "Text"


class ContentObject(Block, frozen=True, kw_only=True):
    """``Content.ContentObject``: a module or a topic, as ``type`` says.

    One block for both, because Brightspace mixes them in one list and a kind that it adds must be readable too. What
    only the other kind has is empty. In a list the ``structure`` of a module may be abridged.
    """

    id: Id
    type: int
    title: str = ""
    short_title: str | None = None
    description: RichText | None = None
    parent_module_id: Id | None = None
    is_hidden: bool = False
    is_locked: bool = False
    duration: int | float | None = None
    last_modified_date: UtcDateTime | None = None
    # of modules only
    structure: tuple["ContentObject", ...] = ()
    module_start_date: UtcDateTime | None = None
    module_end_date: UtcDateTime | None = None
    module_due_date: UtcDateTime | None = None
    # of topics only
    topic_type: int | None = None
    url: str | None = None
    start_date: UtcDateTime | None = None
    end_date: UtcDateTime | None = None
    due_date: UtcDateTime | None = None
    is_broken: bool = False
    open_as_external_resource: bool | None = None
    activity_id: str | None = None
    activity_type: int | None = None
    is_exempt: bool = False
    tool_id: Id | None = None
    tool_item_id: Id | None = None
    grade_item_id: Id | None = None
    associated_grade_item_ids: tuple[Id, ...] = ()

    @property
    def is_module(self) -> bool:
        """Whether it is a module."""
        return self.type == ContentType.MODULE

    @property
    def is_topic(self) -> bool:
        """Whether it is a topic."""
        return self.type == ContentType.TOPIC

    @property
    def due(self) -> datetime | None:
        """The due date of a module or topic."""
        return self.module_due_date or self.due_date


class ModuleData(Block, frozen=True, kw_only=True):
    """``Content.ContentObjectData`` of a module, to send.

    A date that is None is erased, the due date from LE 1.70 on.
    """

    title: str
    short_title: str | None = ""
    type: int = ContentType.MODULE
    module_start_date: UtcDateTime | None = None
    module_end_date: UtcDateTime | None = None
    module_due_date: UtcDateTime | None = None
    is_hidden: bool = False
    is_locked: bool = False
    description: RichTextInput | None = None


class TopicData(Block, frozen=True, kw_only=True):
    """``Content.ContentObjectData`` of a topic, to send. A date that is None is erased; before LE 1.70 it stays.

    ``url`` is the address of a link, or the path of a file in the course's content. The last three fields are for
    changes: a major update tells learners ``major_update_text``, and may withdraw their completions.
    """

    title: str
    short_title: str | None = ""
    type: int = ContentType.TOPIC
    topic_type: int
    url: str
    start_date: UtcDateTime | None = None
    end_date: UtcDateTime | None = None
    due_date: UtcDateTime | None = None
    is_hidden: bool = False
    is_locked: bool = False
    open_as_external_resource: bool | None = None
    description: RichTextInput | None = None
    major_update: bool | None = None
    major_update_text: str | None = None
    reset_completion_tracking: bool | None = None


class UserAccess(Block, frozen=True, kw_only=True):
    """``UserAccess``: a person who has access. The document names the block without describing it."""

    user_id: Id | None = None
    identifier: Id | None = None
    role_id: Id | None = None

    @property
    def person_id(self) -> int | None:
        """The id of the person, in whichever field it came."""
        return self.user_id or self.identifier


class Overview(Block, frozen=True, kw_only=True):
    """``Overview.Overview``: the text of a course's overview, and whether a file is attached."""

    description: RichText | None = None
    has_attachment: bool = False
