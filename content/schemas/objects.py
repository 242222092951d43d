"""Modules and topics as course authors keep them: read (``ContentObject``) and written (``…Data``)."""

from datetime import datetime

from content.schemas.kinds import ContentType
from portal.brightspace import Block, Id, UtcDateTime


class RichText(Block, frozen=True, kw_only=True):
    """``RichText``: the same words plain and as HTML, which anybody may have written."""

    text: str | None = None
    html: str | None = None


class RichTextInput(Block, frozen=True, kw_only=True):
    """``RichTextInput``: ``type`` is ``Text`` or ``Html``."""

    content: str
    type: str = "Text"


class ContentObject(Block, frozen=True, kw_only=True):
    """``Content.ContentObject``: a module or a topic, told apart by ``type``.

    One block for both, since they come mixed in one list and a kind that Brightspace adds must be readable
    too; what only one kind has is empty in the other. In a list a module's ``structure`` may be abridged.
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
    # a module's own
    structure: tuple["ContentObject", ...] = ()
    module_start_date: UtcDateTime | None = None
    module_end_date: UtcDateTime | None = None
    module_due_date: UtcDateTime | None = None
    # a topic's own
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
        return self.type == ContentType.MODULE

    @property
    def is_topic(self) -> bool:
        return self.type == ContentType.TOPIC

    @property
    def due(self) -> datetime | None:
        """When it is due, whichever kind it is."""
        return self.module_due_date or self.due_date


class ModuleData(Block, frozen=True, kw_only=True):
    """``Content.ContentObjectData`` of a module. A date that is None is erased (from LE 1.70 the due date too)."""

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
    """``Content.ContentObjectData`` of a topic. From LE 1.70 a date that is None is erased; before, it stays.

    ``url`` is a link's address or the place of a file in the course's content. The three last are for
    updates: ``major_update`` tells learners, with ``major_update_text``, and may take back completions.
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
    """``UserAccess``: somebody who has access. The document names the block and does not show it."""

    user_id: Id | None = None
    identifier: Id | None = None
    role_id: Id | None = None

    @property
    def person_id(self) -> int | None:
        """The person, under whichever name the id came."""
        return self.user_id or self.identifier
