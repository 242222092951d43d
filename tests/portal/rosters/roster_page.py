"""The roster page as an admin uses it: upload a file, read the check, apply it."""

from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.html import Element

from portal.rosters.models import Roster
from tests.portal.team.reading import elements, page_of, text, value

CASES = Path(__file__).parent / "cases"
TWO_PEOPLE = "person,manager\nana.novak,maya.okafor\n202,101\n"


def check(admin: Client, content: str | bytes, name: str = "team.csv") -> Element:
    """The page that uploading a file leads to: its check, or the upload form with what is wrong."""
    data = content.encode() if isinstance(content, str) else content
    return page_of(admin.post("/roster/", {"roster": SimpleUploadedFile(name, data, "text/csv")}, follow=True))


def check_case(admin: Client, name: str) -> Element:
    """The check of one of the files in ``cases``."""
    return check(admin, (CASES / name).read_bytes(), name)


def problems(tree: Element) -> list[tuple[int, str, str]]:
    """The problems listed: row, column, message."""
    return [(int(row), column, message) for row, column, message in cells(tree, "problems")]


def cells(tree: Element, table: str) -> list[list[str]]:
    """The texts in the body of a table, row by row."""
    bodies = [body for found in elements(tree, "table", id=table) for body in elements(found, "tbody")]
    rows = [row for body in bodies for row in elements(body, "tr")]
    return [[text(cell) for cell in row.children if isinstance(cell, Element)] for row in rows]


def submit(admin: Client, tree: Element, form_id: str, **values: str) -> Element:
    """The page after submitting one of the forms of a page."""
    [form] = elements(tree, "form", id=form_id)
    return page_of(admin.post(value(form, "action"), values, follow=True))


def apply(admin: Client, tree: Element, **values: str) -> Element:
    """The page after applying the file that ``tree`` shows the check of; the number to confirm is typed if need be."""
    for field in elements(tree, "input", name="confirmed"):
        values.setdefault("confirmed", value(field, "data-number"))
    return submit(admin, tree, "apply-form", **values)


def address_of(tree: Element) -> str:
    """The address of the check that a page shows."""
    [form] = [*elements(tree, "form", id="apply-form"), *elements(tree, "form", id="continue-form")]
    return value(form, "action").rpartition("/")[0].rpartition("/")[0] + "/"


def can_be_applied(tree: Element) -> bool:
    return elements(tree, "form", id="apply-form") != []


def main_text(tree: Element) -> str:
    return text(elements(tree, "main")[0])


def rows_in_use() -> set[tuple[int, int | None]]:
    """Person and manager of each row of the roster in use."""
    newest = Roster.objects.first()
    return set(newest.entries.values_list("person_id", "manager_id")) if newest else set()
