"""CPD records: in full, as lists carry them, and as they are sent to change one."""

from cpd.schemas.fields import Category, Method
from cpd.schemas.kinds import Number, RecordState
from portal.brightspace import Block, Id, UtcDateTime


class FileInfo(Block, frozen=True, kw_only=True):
    """``Cpd.FileInfo``: one attached file; ``size`` in bytes."""

    id: Id
    name: str = ""
    size: Number = 0
    href: str = ""


class Attachments(Block, frozen=True, kw_only=True):
    """The files of a record."""

    file_set_id: Id | None = None
    files: tuple[FileInfo, ...] = ()


class Answer(Block, frozen=True, kw_only=True):
    """An answer to a `Question`."""

    question_id: Id
    text: str = ""
    answer_id: Id | None = None


class AnswerUpdate(Block, frozen=True, kw_only=True):
    """An answer as it is sent with a `RecordUpdate`."""

    question_id: Id
    text: str


class Record(Block, frozen=True, kw_only=True):
    """``Cpd.Record``: one logged activity in full.

    ``issued_id`` is set when it came from an award, ``grade_object_id`` when from a grade; ``grade`` is a fraction,
    0 to 1. ``attachments`` is None when there are none.
    """

    record_id: Id
    name: str
    user_id: Id
    category: Category
    method: Method
    is_structured: bool
    credit_minutes: Number
    record_state_id: int
    date_completed: UtcDateTime | None = None
    issued_id: Id | None = None
    grade: float | None = None
    grade_object_id: Id | None = None
    attachments: Attachments | None = None
    answers: tuple[Answer, ...] = ()

    @property
    def is_draft(self) -> bool:
        """Whether the record is a draft, which counts towards no target."""
        return self.record_state_id == RecordState.DRAFT


class RecordSummary(Block, frozen=True, kw_only=True):
    """``Cpd.RecordSummary``: one logged activity as lists carry it."""

    record_id: Id
    record_name: str
    category_name: str = ""
    method_name: str = ""
    is_structured: bool = False
    record_state_id: int = RecordState.PUBLISHED.value
    credit_minutes: Number = 0
    date_completed: UtcDateTime | None = None

    @property
    def is_draft(self) -> bool:
        """Whether the record is a draft, which counts towards no target."""
        return self.record_state_id == RecordState.DRAFT


class RecordUpdate(Block, frozen=True, kw_only=True):
    """``Cpd.RecordUpdate``: what is sent to change a record."""

    name: str
    category_id: Id
    is_structured: bool
    method_id: Id
    credit_minutes: Number
    answers: tuple[AnswerUpdate, ...]
    date_completed: UtcDateTime
    record_state_id: int | None = None
