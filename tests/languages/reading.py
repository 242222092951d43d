"""What a person reads on a page, and what of it is English on a French page."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from typing import Any

from tests.languages.catalogue import entries, folder
from tests.sandbox.world import World

# Attributes whose values are texts; a script has all its texts in data- attributes of its element besides.
TEXT_ATTRIBUTES = {
    "abbr",
    "alt",
    "aria-description",
    "aria-label",
    "aria-valuetext",
    "data-announce",
    "data-label",
    "data-sort-by",
    "label",
    "placeholder",
    "summary",
    "title",
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|<[^>]*>")  # in messages, and in texts of scripts
WORD = re.compile(r"[^\W\d_]{2,}")
CODE = re.compile(r"\S*\w[.:_@/*]\w\S*")  # permissions, scopes, addresses, user names: the same in every language


class PageTexts(HTMLParser):
    """The texts of a page and of its attributes, in their order; ``language`` is what the page says of itself."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.language = ""
        self._elements: list[tuple[str, bool]] = []  # the open ones, and whether their text is no text of the page
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = given.get("lang", "")
        is_foreign = tag in ("script", "style") or given.get("lang", self.language) != self.language
        self._elements.append((tag, is_foreign or "avatar" in given.get("class", "").split()))
        for name, value in given.items():
            if name in TEXT_ATTRIBUTES or (tag == "script" and name.startswith("data-")):
                self._add(value)

    def handle_endtag(self, tag: str) -> None:
        opened = [name for name, _ in self._elements]
        if tag in opened:
            del self._elements[len(opened) - 1 - opened[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if not any(is_foreign for _, is_foreign in self._elements):
            self._add(data)

    def _add(self, text: str) -> None:
        if WORD.search(text):
            self.texts.append(" ".join(text.split()))


@dataclass(frozen=True)
class Reading:
    """A page as it was read in one language."""

    label: str
    language: str
    texts: tuple[str, ...]

    @property
    def words(self) -> set[str]:
        return {word.casefold() for text in self.texts for word in WORD.findall(text)}


def reading(response: Any, label: str, names: Iterable[str]) -> Reading:
    """A response without names and codes, which are the same in every language."""
    page = PageTexts(response.content.decode())
    longest_first = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?:{longest_first})(?!\w)")
    texts = [PLACEHOLDER.sub(" ", CODE.sub(" ", pattern.sub(" ", text))).strip() for text in page.texts]
    return Reading(f"{response.status_code} {label}", page.language, tuple(t for t in texts if WORD.search(t)))


def english_on(french: Reading, english: Reading) -> set[str]:
    """What is English on the French page: words of no French message, and texts that both pages have."""
    return (french.words & english_words()) | (set(french.texts) & set(english.texts) - same_in_both())


@cache
def english_words() -> frozenset[str]:
    """The words of English messages that no French translation has."""
    return frozenset(_words(_messages()) - _words(_translations()))


@cache
def same_in_both() -> frozenset[str]:
    """Texts whose translation is the same, such as “Type”."""
    return frozenset(_messages() & _translations())


def names_in(world: World) -> set[str]:
    """What people, courses, items and categories are called in the sandbox: texts that nobody translates."""
    units = {text for unit in world.org_units.values() for text in (unit.name, unit.code)}
    fields = {field.text for field in (*world.categories.values(), *world.methods.values())}
    items = {topic.title for outline in world.outlines.values() for _, topic in outline.walk()}
    records = {record.name for person in world.people for record in world.cpd_of(person).records}
    people = {name for each in world.people.values() for name in _names_of(each)}
    given = units | fields | items | records | people
    return {name for text in given if text and len(name := " ".join(text.replace("\0", "").split())) > 1}


def _names_of(person: Any) -> set[str]:
    parts = [part for part in (person.first_name, person.last_name) if part]
    return {person.display_name, person.user_name, *parts, " ".join(parts)}


def _messages() -> set[str]:
    found = entries(folder("fr") / "django.po")
    return {text for each in found for text in (each.message, each.plural) if text}


def _translations() -> set[str]:
    return {text for each in entries(folder("fr") / "django.po") for text in each.translations}


def _words(texts: Iterable[str]) -> set[str]:
    return {word.casefold() for text in texts for word in WORD.findall(PLACEHOLDER.sub(" ", text))}
