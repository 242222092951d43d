"""The encoding of an uploaded file: recognised where that is certain, else offered to choose from. Pure.

Unicode is recognised by its marks. For anything else the cells that matter are read in each encoding that people's
computers write, and a reading that no name looks like is dropped. If those left agree, the encoding is recognised.
"""

import codecs
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# In the order in which equally plausible readings are offered. The last three do not make a question, being rare.
LABELS: dict[str, "StrOrPromise"] = {
    "cp1252": _("Windows, Western European"),
    "cp1250": _("Windows, Central European"),
    "mac_roman": _("Macintosh, Western European"),
    "cp1254": _("Windows, Turkish"),
    "cp1251": _("Windows, Cyrillic"),
    "cp1253": _("Windows, Greek"),
    "cp1257": _("Windows, Baltic"),
    "cp850": _("DOS, Western European"),
    "cp852": _("DOS, Central European"),
}
UNICODE_LABELS = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16", "utf-16-le": "UTF-16 LE", "utf-16-be": "UTF-16 BE"}
RARE = ("cp1257", "cp850", "cp852")
SAMPLES = 5
PROBE_BYTES = 4_000
WITHIN_WORDS = "’‘ʼ‐‑–"  # beyond ASCII, between the letters of a name
AROUND_WORDS = "“”„«»\u00a0"
FEMININE, MASCULINE = "ª", "º"  # letters to Unicode, but of no name


@dataclass(frozen=True)
class Reading:
    """What some cells say in one encoding."""

    encoding: str
    samples: tuple[str, ...]

    @property
    def label(self) -> "StrOrPromise":
        """The encoding's name, as people know it."""
        return LABELS[self.encoding]


def unicode_encoding(data: bytes) -> str | None:
    """The Unicode encoding of a file; None if it is in none."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for encoding, zeros_at in (("utf-16-le", 1), ("utf-16-be", 0)):
        if _is_utf16(data, encoding, zeros_at):
            return encoding
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8-sig"


def all_readings(cells: Iterable[bytes]) -> list[Reading]:
    """The cells in every encoding that has all their bytes, those first that read most like names."""
    distinct = list(dict.fromkeys(cells))
    readings = [(encoding, texts) for encoding in LABELS if (texts := _decoded(distinct, encoding)) is not None]
    best_first = sorted(readings, key=lambda each: -sum(map(_is_name_like, each[1])))
    return [Reading(encoding, tuple(texts[:SAMPLES])) for encoding, texts in best_first]


def plausible_readings(cells: Iterable[bytes]) -> list[Reading]:
    """The readings that look like names, one for each different reading; samples show where they differ."""
    distinct = list(dict.fromkeys(cells))
    by_texts: dict[tuple[str, ...], str] = {}
    for encoding in LABELS:
        texts = _decoded(distinct, encoding)
        if texts is not None and encoding not in RARE and all(map(_is_name_like, texts)):
            by_texts.setdefault(tuple(texts), encoding)
    differing = [at for at, each in enumerate(zip(*by_texts, strict=True)) if len(set(each)) > 1][:SAMPLES]
    samples = differing or range(min(SAMPLES, len(distinct)))
    return [Reading(encoding, tuple(texts[at] for at in samples)) for texts, encoding in by_texts.items()]


def _is_utf16(data: bytes, encoding: str, zeros_at: int) -> bool:
    """Whether every other byte is mostly zero, as in UTF-16 without a mark, and the text begins like one."""
    probe = data[:PROBE_BYTES]
    zeros = probe[zeros_at::2]
    if len(data) % 2 or len(zeros) < 4 or zeros.count(0) < len(zeros) * 0.8:
        return False
    start = probe[: len(probe) // 2 * 2].decode(encoding, "ignore")
    return all(character.isprintable() or character in "\r\n\t" for character in start)


def _decoded(cells: Sequence[bytes], encoding: str) -> list[str] | None:
    try:
        return [cell.decode(encoding) for cell in cells]
    except UnicodeDecodeError:
        return None


def _is_name_like(text: str) -> bool:
    """Whether a text beyond ASCII consists of words as names have them."""
    for at, character in enumerate(text):
        if character.isascii():
            continue
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if character in AROUND_WORDS or (character in WITHIN_WORDS and before.isalpha() and after.isalpha()):
            continue
        if not _is_letter(character) or not _fits_in_word(character, before, after):
            return False
    return _has_one_script_a_word(text)


def _is_letter(character: str) -> bool:
    is_ligature = "LIGATURE" in unicodedata.name(character, "") and character not in "œŒ"
    return character.isalpha() and character not in (FEMININE, MASCULINE) and not is_ligature


def _fits_in_word(letter: str, before: str, after: str) -> bool:
    """A capital letter does not follow a small one where one of them is beyond ASCII: JosÈ is a misread José."""
    follows = letter.isupper() and before.islower()
    return not follows and not (letter.islower() and after.isupper())


def _has_one_script_a_word(text: str) -> bool:
    words = "".join(character if character.isalpha() else " " for character in text).split()
    return all(len({_script(letter) for letter in word}) == 1 for word in words)


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
