"""The value in a cell, as it was meant before a spreadsheet or an export changed it. Pure."""

import re
import unicodedata
from enum import StrEnum
from typing import NamedTuple

from django.utils.translation import gettext_noop as _

from portal.rosters.upload.messages import Message

MAX_VALUE_LENGTH = 270  # characters of the longest user name Brightspace takes
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
NO_MANAGER = ("no_manager",)  # what HR systems write for somebody without a manager

_SHORTENED_NUMBER = re.compile(r"[0-9]+([.,][0-9]+)?E\+?[0-9]+", re.IGNORECASE)
_WHOLE_DECIMAL = re.compile(r"([0-9]+)[.,]0+")
_TEXT_FORMULA = re.compile(r'="([^"]*)"')
_TEXT_MARK = re.compile(r"'([0-9]+)")


class Repair(StrEnum):
    """In which way a cell was read other than it is written."""

    DECIMAL = "decimal"  # 201.0
    FORMULA = "formula"  # ="201"
    APOSTROPHE = "apostrophe"  # '0201


class Value(NamedTuple):
    """What a cell says: an id, user name or OrgDefinedId; or the problem with it."""

    text: str
    repair: Repair | None = None
    problem: Message | None = None


def read_value(cell: str) -> Value:
    """The value in a cell; empty for an empty cell."""
    text = cell.strip().strip(INVISIBLE).strip()
    for repair, pattern in _REPAIRS.items():
        if found := pattern.fullmatch(text):
            text = found[1].strip()
            inner = read_value(text)
            return Value(inner.text, repair, inner.problem)
    return Value(text, problem=_problem(text))


_REPAIRS = {Repair.FORMULA: _TEXT_FORMULA, Repair.APOSTROPHE: _TEXT_MARK, Repair.DECIMAL: _WHOLE_DECIMAL}


def _problem(text: str) -> Message | None:
    if len(text) > MAX_VALUE_LENGTH:
        template = _("The value is longer than %(limit)s characters, so it is neither an id nor a user name.")
        return Message(template, {"limit": MAX_VALUE_LENGTH})
    if not text.isprintable():
        template = _("The value holds characters that no id and no user name has: %(character)s.")
        odd = next(character for character in text if not character.isprintable())
        return Message(template, {"character": _name_of(odd)})
    if _SHORTENED_NUMBER.fullmatch(text):
        template = _("“%(value)s” is a number the spreadsheet has shortened. Format the column as text and save again.")
        return Message(template, {"value": text})
    return None


def _name_of(character: str) -> str:
    """A character that cannot be seen, such as U+200B ZERO WIDTH SPACE."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()
