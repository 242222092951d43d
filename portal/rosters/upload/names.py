"""Names of people: on one line, and what a file calls somebody compared with Brightspace's name. Pure."""

import re
import unicodedata
from enum import StrEnum

MAX_NAME_LENGTH = 540
MIN_SHARED_LETTERS = 3
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_MARK = re.compile("[\u0300-\u036f'’]")
_WORD = re.compile(r"[^\W_]+")
# Letters that Unicode does not take apart into a base letter and a mark.
_BASE_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)


class Likeness(StrEnum):
    """How alike two names are."""

    SAME = "same"  # but for case, accents, order and punctuation
    SIMILAR = "similar"  # they share a word or its beginning
    OTHER = "other"  # most likely somebody else's


def one_line(name: str) -> str:
    """A name on one line without control characters; marks for right-to-left writing stay."""
    return " ".join(_CONTROL.sub(" ", name).split())


def likeness(first: str, second: str) -> Likeness:
    """How alike two names are; SAME if one of them is missing."""
    if first == second:
        return Likeness.SAME
    words, others = _words(first), _words(second)
    if not words or not others or words == others:
        return Likeness.SAME
    if any(_begin_alike(word, other) for word in words for other in others):
        return Likeness.SIMILAR
    return Likeness.OTHER


def _words(name: str) -> set[str]:
    letters = unicodedata.normalize("NFKD", name.casefold().translate(_BASE_LETTERS))
    return set(_WORD.findall(_MARK.sub("", letters)))


def _begin_alike(word: str, other: str) -> bool:
    if min(len(word), len(other)) < MIN_SHARED_LETTERS:
        return word == other
    return word.startswith(other) or other.startswith(word)
