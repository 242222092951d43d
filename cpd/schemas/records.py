"""The CPD document's JSON blocks, field for field, in Brightspace's own words.

Fields the document marks as nullable, and those a reply may leave out, have a default. Enums stay
plain integers, so that a value Brightspace adds later is shown rather than refused.
"""

from enum import IntEnum

from portal.brightspace import Block, Id, UtcDateTime

Number = int | float  # a whole number stays whole, also when it is sent back


class RecordState(IntEnum):
    """``RECORDSTATE_T``: only published records count towards a target."""

    PUBLISHED = 1
    DRAFT = 2


class Category(Block, frozen=True, kw_only=True):
    """``Cpd.Category``: what a record is about."""

    id: Id
    name: str = ""
    sort_order: Number = 0
    in_use: bool = True


class Method(Block, frozen=True, kw_only=True):
    """``Cpd.Method``: how the credit was earned."""

    id: Id
    name: str = ""
    sort_order: Number = 0
    in_use: bool = True


class Question(Block, frozen=True, kw_only=True):
    """``Cpd.Question``: asked about each record."""

    id: Id
    question_text: str = ""
    sort_order: Number = 0
    in_use: bool = True


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

    ``issued_id`` is set when it came from an award, ``grade_object_id`` when from a grade;
    ``grade`` is a fraction, 0 to 1. ``attachments`` is None when there are none.
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


class Fraction(Block, frozen=True):
    """Credit against a target, in minutes, or in records where the organisation counts records.

    Brightspace does not cap ``numerator``; ``denominator`` is 0 where there is no target.
    """

    numerator: Number = 0
    denominator: Number = 0


class CategoryProgress(Block, frozen=True, kw_only=True):
    """One category's share of a `TargetProgress`."""

    category: Category
    structured: Fraction = Fraction()
    unstructured: Fraction = Fraction()


class TargetProgress(Block, frozen=True, kw_only=True):
    """``Cpd.TargetProgress``: a person's credit against the target.

    Without ``start_date`` the target rolls over the last 365 days; a ``start_date`` in the year
    0001 is the month and day on which a yearly period begins.
    """

    start_date: UtcDateTime | None = None
    end_date: UtcDateTime | None = None
    structured: Fraction = Fraction()
    unstructured: Fraction = Fraction()
    category_progress: tuple[CategoryProgress, ...] = ()
