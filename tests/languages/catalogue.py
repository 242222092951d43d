"""Translation catalogues read without gettext's tools: the text file ``.po`` and the compiled ``.mo``."""

import ast
import gettext
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.structure import ROOT

LANGUAGES = sorted(path.name for path in (ROOT / "locale").iterdir() if path.is_dir())
CONTEXT_END = "\x04"  # parts a context from a message in a compiled catalogue


@dataclass(frozen=True)
class Entry:
    """A message and its translations: one, or one for each plural form."""

    message: str
    plural: str
    context: str
    translations: tuple[str, ...]
    flags: frozenset[str]

    @property
    def key(self) -> str:
        """The message with its context, as a compiled catalogue has it."""
        return f"{self.context}{CONTEXT_END}{self.message}" if self.context else self.message


def folder(language: str) -> Path:
    """Where the two files of a language are."""
    return ROOT / "locale" / language / "LC_MESSAGES"


def entries(path: Path) -> list[Entry]:
    """The messages of a ``.po`` file, without its header and without messages that are no longer used."""
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    return [_entry(block) for block in blocks[1:] if re.search("^msgid ", block, re.MULTILINE)]


def compiled(path: Path) -> dict[str, tuple[str, ...]]:
    """The translations in a ``.mo`` file by message."""
    with path.open("rb") as file:
        found = vars(gettext.GNUTranslations(file))["_catalog"]
    texts: dict[str, dict[int, str]] = {}
    for key, text in found.items():
        message, form = key if isinstance(key, tuple) else (key, 0)
        if message:
            texts.setdefault(message, {})[form] = text
    return {message: tuple(forms[form] for form in sorted(forms)) for message, forms in texts.items()}


def _entry(block: str) -> Entry:
    fields = dict(_fields(block))
    texts = [fields[name] for name in sorted(fields) if name.startswith("msgstr")]
    flags = frozenset(flag.strip() for line in re.findall("^#,(.*)$", block, re.MULTILINE) for flag in line.split(","))
    return Entry(fields["msgid"], fields.get("msgid_plural", ""), fields.get("msgctxt", ""), tuple(texts), flags)


def _fields(block: str) -> Iterator[tuple[str, str]]:
    for name, lines in re.findall(r'^(msg[a-z_]+(?:\[\d\])?) ((?:".*"\n?)+)', block, re.MULTILINE):
        yield name, "".join(ast.literal_eval(line) for line in lines.splitlines())
