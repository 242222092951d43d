"""The CPD document's JSON blocks, field for field, in Brightspace's own words; a module for each resource.

Fields the document marks as nullable, and those a reply may leave out, have a default.
"""

from cpd.schemas.fields import Category, Method, Question
from cpd.schemas.kinds import Number, RecordState
from cpd.schemas.records import (
    Answer,
    AnswerUpdate,
    Attachments,
    FileInfo,
    Record,
    RecordSummary,
    RecordUpdate,
)
from cpd.schemas.targets import CategoryProgress, Fraction, TargetProgress

__all__ = [
    "Answer",
    "AnswerUpdate",
    "Attachments",
    "Category",
    "CategoryProgress",
    "FileInfo",
    "Fraction",
    "Method",
    "Number",
    "Question",
    "Record",
    "RecordState",
    "RecordSummary",
    "RecordUpdate",
    "TargetProgress",
]
