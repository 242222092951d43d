"""What CPD records are described by: categories, methods and questions."""

from cpd.schemas.kinds import Number
from portal.brightspace import Block, Id


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
