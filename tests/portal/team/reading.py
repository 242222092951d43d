"""Pages read as a person would read them: rows, figures, links, headers."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.test import Client
from django.test.html import Element, parse_html

FRAGMENT = {"HX-Request": "true"}


@dataclass(frozen=True)
class Row:
    """One person of the team table; figures by their ``data-figure``."""

    person_id: int
    name: str
    status: str
    why: str
    figures: dict[str, str]


@dataclass(frozen=True)
class Anchor:
    """A link and where it leads; the parameters as the server will read them."""

    text: str
    href: str
    key: str
    current: bool

    @property
    def asks(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.href).query))


def page_of(answer: Any) -> Element:
    """The page, or the part of one, of an answer that went well."""
    assert answer.status_code == 200, answer.status_code
    return parse_html(f"<html>{answer.content.decode()}</html>")


def elements(tree: Element, tag: str = "", /, **wanted: str) -> list[Element]:
    """Everything below ``tree`` with that tag and these attributes; ``data_person`` means ``data-person``."""
    found: list[Element] = []
    for child in tree.children:
        if isinstance(child, Element):
            mine = dict(child.attributes)
            named = {key.rstrip("_").replace("_", "-"): value for key, value in wanted.items()}
            if tag in ("", child.name) and all(mine.get(key) == value for key, value in named.items()):
                found.append(child)
            found += elements(child, tag, **wanted)
    return found


def value(element: Element, name: str) -> str:
    """An attribute; empty when it is missing or has no value."""
    return dict(element.attributes).get(name) or ""


def text(element: Element) -> str:
    """What is read between the tags."""
    return " ".join(_words(element)).strip()


def _words(element: Element) -> list[str]:
    words: list[str] = []
    for child in element.children:
        words += _words(child) if isinstance(child, Element) else child.split()
    return words


def rows(tree: Element) -> list[Row]:
    """The team table, top to bottom."""
    return [_row(each) for each in elements(tree, "tr") if value(each, "data-person")]


def _row(element: Element) -> Row:
    figures = {value(each, "data-figure"): text(each) for each in elements(element) if value(each, "data-figure")}
    why = [text(each) for each in elements(element, "div", class_="reason")]
    name = text(elements(element, "a")[0])
    status = figures.pop("status")
    return Row(int(value(element, "data-person")), name, status, "".join(why), figures)


def names(tree: Element) -> list[str]:
    return [row.name for row in rows(tree)]


def anchors(tree: Element, prefix: str = "") -> list[Anchor]:
    """The links whose id starts with ``prefix``."""
    found = [each for each in elements(tree, "a") if value(each, "id").startswith(prefix)]
    return [
        Anchor(text(each), value(each, "href"), value(each, "id"), bool(value(each, "aria-current"))) for each in found
    ]


def board(tree: Element) -> Element:
    [found] = elements(tree, "div", id="team-table")
    return found


def whole_team(client: Client, query: str = "") -> Element:
    """The team page with every figure, as somebody without JavaScript gets it."""
    answer = client.get(f"/team/?wait=1{'&' if query else ''}{query}")
    tree = page_of(answer)
    assert value(board(tree), "data-waiting") == "0"
    return tree


def followed(client: Client, address: str, most: int = 20) -> tuple[Element, int]:
    """The board once it asks for nothing more, and how many fragments that took."""
    tree = page_of(client.get(address))
    for fragments in range(most):
        following = value(board(tree), "hx-get")
        if not following:
            return tree, fragments
        tree = page_of(client.get(following, headers=FRAGMENT))
    raise AssertionError(f"{address} still asks after {most} fragments")
