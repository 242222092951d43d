"""The roster page as an admin uses it: upload a file, read the check, apply it."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.html import Element

from portal.rosters.models import Roster
from tests.portal.team.reading import elements, page_of, text, value

TWO_PEOPLE = "person,manager\nana.novak,maya.okafor\n202,101\n"


def check(admin: Client, content: str | bytes, name: str = "team.csv") -> Element:
    """The page after uploading a file."""
    data = content.encode() if isinstance(content, str) else content
    return page_of(admin.post("/roster/", {"roster": SimpleUploadedFile(name, data, "text/csv")}))


def problems(tree: Element) -> list[tuple[int, str, str]]:
    """The problems listed: row, column, message."""
    cells = [[text(cell) for cell in elements(row, "td")] for row in elements(tree, "tr")]
    return [(int(number), column, message) for number, column, message in (each for each in cells if each)]


def apply(admin: Client, tree: Element, **more: str) -> Element:
    """The page after applying the file that ``tree`` shows the check of."""
    [token] = elements(tree, "input", name="checked")
    return page_of(admin.post("/roster/", {"checked": value(token, "value"), **more}, follow=True))


def main_text(tree: Element) -> str:
    return text(elements(tree, "main")[0])


def rows_in_use() -> set[tuple[int, int]]:
    """Person and manager of each row of the roster in use."""
    newest = Roster.objects.first()
    return set(newest.entries.values_list("person_id", "manager_id")) if newest else set()
