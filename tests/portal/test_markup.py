"""Texts of Brightspace are shown as text: in pages, attributes, titles and exports."""

import csv
import io
import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from html.parser import HTMLParser
from itertools import cycle
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st
from pytest_django import Settings

from portal.team.export import safe
from tests.conftest import ALMA, MAYA, SignIn
from tests.sandbox.models.cpd import RECORDS_PER_PERSON
from tests.sandbox.server import Sandbox

HTMX = {"HX-Request": "true"}
ALMAS = range(301, 317)
VICTIM = 301
FOREIGN_ELEMENTS = {"img", "iframe", "object", "embed", "style", "base", "x-evil", "svg/onload", "textarea", "marquee"}
VECTORS = [
    "<img src=x onerror=alert(1)>",
    '"><script>alert(2)</script>',
    "' onmouseover='alert(3)' x='",
    "</title><script>alert(4)</script>",
    "<!-- --><iframe src=javascript:alert(5)>",
    "]]><svg/onload=alert(6)>",
    "{{7*7}}{% debug %}{{ settings.SECRET_KEY }}",
    "&lt;script&gt;alert(7)&lt;/script&gt;&amp;amp;",
    "javascript:alert(8)",
    "</p></td></tr></table><form action=//elsewhere.invalid>",
    "\u202e<b>backwards</b>\u2066",
    "`${alert(9)}`\\u003cscript\\u003e",
    "NUL\x00<b>",
    "line\r\nSet-Cookie: a=b\u2028<b>",
    "🦊" * 50 + "<x-evil>" * 50,
]
FORMULAS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "|cmd",
    "%0A",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\x00=1+1",
    " =1+1",
    "\ufeff=1+1",
    "\u200b\u200e=1+1",
    "\u00a0\u3000=1+1",
    "\u2060\u00ad+1",
    "\u2028=1",
    "＝1＋1",
    '=HYPERLINK("http://elsewhere.invalid";"x")',
]
BROKEN_CELLS = ['a"b,c;d\ne"', '","=1+1","', "'=1+1", ",,,", "\r\n1,2"]
FORBIDDEN_ATTRIBUTES = {"style", "srcdoc", "formaction", "ping"}


class Page(HTMLParser):
    """A page as a browser parses it: its elements with their attributes, and the text in each kind of element."""

    def __init__(self, response: Any) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: defaultdict[str, str] = defaultdict(str)
        self._inside = ""
        assert response.status_code == 200
        self.feed(response.content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._inside = tag

    def handle_data(self, data: str) -> None:
        self.texts[self._inside] += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    @property
    def foreign(self) -> list[str]:
        """Elements and attributes that the site itself does not use."""
        elements = [tag for tag, given in self.elements if tag in FOREIGN_ELEMENTS or (tag == "script" and not given)]
        attributes = [(tag, *pair) for tag, given in self.elements for pair in given.items()]
        return elements + [str(each) for each in attributes if each[1] in FORBIDDEN_ATTRIBUTES or _leads_away(*each)]


def _leads_away(tag: str, name: str, value: str) -> bool:
    if (tag, name) == ("script", "src"):
        return not value.startswith("/static/")
    leads = name.startswith("on") or name in ("href", "src", "action", "hx-get", "hx-post")
    return leads and not re.match(r"/(?!/)|\?|#", value)


def give_names(texts: Sequence[str], sandbox: Sandbox) -> dict[int, str]:
    """Give each of Alma's people, and their records, one of the texts as a name; returns each person's."""
    names = dict(zip(ALMAS, cycle(texts), strict=False))
    for person, text in names.items():
        sandbox.control.patch_person(person, first_name=text, last_name=text, display_name=text)
        for record in sandbox.world.cpd_of(person).records[:2]:
            record.name = text
    return names


def rename_everything_else(text: str, sandbox: Sandbox) -> None:
    """Give every category, method, course and topic this name."""
    world = sandbox.world
    for field in (*world.categories.values(), *world.methods.values()):
        field.text = text
    for unit in world.org_units.values():
        unit.name, unit.code = text, text
    for outline in world.outlines.values():
        for _, topic in outline.walk():
            topic.title = text


@pytest.fixture
def alma(sign_in: SignIn) -> Client:
    return sign_in(ALMA)


def test_no_name_becomes_markup_in_the_team_table(alma: Client, sandbox: Sandbox) -> None:
    names = give_names(VECTORS, sandbox)
    page = Page(alma.get("/team/?wait=1"))

    assert page.foreign == []
    assert not [name for name in names.values() if name.strip() not in page.texts["bdi"]]
    assert not [
        name for name in names.values() if name.strip() not in {given.get("abbr") for _, given in page.elements}
    ]


def test_no_text_becomes_markup_on_a_persons_page(alma: Client, sandbox: Sandbox) -> None:
    give_names(VECTORS, sandbox)
    for person, vector in zip(ALMAS, VECTORS, strict=False):
        rename_everything_else(vector, sandbox)
        cache.clear()
        page, panel = (Page(alma.get(f"/people/{person}/?panel={key}")) for key in ("cpd", "content"))
        assert page.foreign == panel.foreign == []
        assert vector.strip() in page.texts["title"]
        assert vector.strip() in page.texts["bdi"]
        assert vector.strip() in panel.texts["bdi"]


def test_people_with_unusual_data_have_a_page(alma: Client) -> None:
    for person in ALMAS:
        pages = [Page(alma.get(f"/people/{person}/?panel={key}")) for key in ("cpd", "content")]
        assert [page.foreign for page in pages] == [[], []]
        assert all(page.texts["bdi"].strip() for page in pages)


def test_people_with_unusual_data_are_in_the_team_table_with_figures(alma: Client) -> None:
    page = Page(alma.get("/team/?wait=1"))
    rows = [given["data-person"] for tag, given in page.elements if tag == "tr" and "data-person" in given]

    assert sorted(map(int, rows)) == list(ALMAS)
    assert "skeleton" not in {name for _, given in page.elements for name in given.get("class", "").split()}


@pytest.mark.parametrize("vector", VECTORS[:3], ids="abc")
def test_the_permission_in_a_refusal_is_shown_as_text(alma: Client, sandbox: Sandbox, vector: str) -> None:
    sandbox.control.add_fault("forbidden", path="/cpd/|overdue|orgUnits", permission=f"CPD.{vector}")
    pages = [Page(alma.get(address)) for address in ("/team/?wait=1", f"/people/{VICTIM}/?panel=cpd")]

    assert [page.foreign for page in pages] == [[], []]


def test_a_search_is_shown_as_text(maya: Client) -> None:
    for vector in VECTORS:
        page = Page(maya.get("/team/", {"q": vector, "status": vector, "sort": vector, "figures": vector}))
        assert page.foreign == []
        (field,) = (given["value"] for tag, given in page.elements if tag == "input" and given.get("name") == "q")
        assert field == vector.replace("\x00", "").strip()[:200].strip()


@pytest.mark.stores
@pytest.mark.parametrize("vector", [*VECTORS[:4], "NUL\x00", "<b>" * 300], ids="abcdef")
def test_any_name_of_the_signed_in_person_is_shown_as_text(sign_in: SignIn, sandbox: Sandbox, vector: str) -> None:
    sandbox.control.patch_person(MAYA, first_name=vector, last_name=vector, display_name=vector)
    browser = sign_in(MAYA)

    assert Page(browser.get("/team/")).foreign == []
    assert Page(browser.get(f"/people/{MAYA}/")).foreign == []


def export_rows(response: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode().removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize("vectors", [VECTORS, FORMULAS[:16], [*FORMULAS[16:], *BROKEN_CELLS]], ids="abc")
def test_no_cell_of_the_export_is_a_formula_and_every_row_is_complete(
    alma: Client, sandbox: Sandbox, vectors: list[str]
) -> None:
    names = give_names(vectors, sandbox)
    head, *rows = export_rows(alma.get("/team/export.csv"))

    assert {len(row) for row in rows} == {len(head)}
    assert not [cell for row in rows for cell in row if is_formula(cell)]
    found = {int(row[0]): row[head.index("name")] for row in rows}
    assert found.keys() == names.keys()
    assert not [name for person, name in names.items() if name.replace("\x00", "").strip() not in found[person]]


def is_formula(cell: str) -> bool:
    """Whether Excel might run a cell: the first letter that can be seen decides, unless it is a number."""
    seen = [letter for letter in cell if unicodedata.category(letter)[0] not in "CZ"]
    return seen[:1] != [] and unicodedata.normalize("NFKC", seen[0]) in "=+-@" and not _is_number(cell)


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", cell) is not None


@given(st.text(st.characters(codec="utf-8"), max_size=20))
def test_no_text_at_all_becomes_a_formula(text: str) -> None:
    cell = str(safe(text))

    assert not is_formula(cell) or cell.startswith("'")
    assert "\x00" not in cell
    assert cell.removeprefix("'") == text.replace("\x00", "") or cell == text.replace("\x00", "")


@pytest.mark.parametrize("query", ["", "?for=excel", "?q=%0d%0aSet-Cookie:%20a=b", '?q="%3b%20filename=evil.exe'])
def test_the_file_name_of_the_export_is_chosen_by_the_site(maya: Client, query: str) -> None:
    response = maya.get(f"/team/export.csv{query}")

    assert re.fullmatch(r'attachment; filename="team-\d{4}-\d\d-\d\d\.csv"', response["Content-Disposition"])
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["X-Content-Type-Options"] == "nosniff"


words = st.text(st.characters(codec="utf-8"), max_size=30) | st.sampled_from(
    ["overdue", "-cpd", "name", "25", "-1", "0", "9" * 40, "1e9", "0.0", "3.9", "..", "%00", "cpd", "content", "²", "٣"]
)
queries = st.dictionaries(
    st.sampled_from(["q", "status", "sort", "page", "size", "figures", "wait", "for", "panel", "records", "x"]),
    words | st.lists(words, max_size=3),
    max_size=5,
)
slow_examples = trying(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@slow_examples
@given(query=queries, fragment=st.booleans())
@pytest.mark.parametrize("address", ["/team/", "/team/export.csv", "/people/201/", f"/people/{MAYA}/"])
def test_no_query_breaks_an_address(maya: Client, address: str, query: dict[str, Any], fragment: bool) -> None:
    response = maya.get(address, query, headers=HTMX if fragment else {})

    assert response.status_code in (200, 404)


@slow_examples
@given(number=st.integers() | st.integers(2**31, 2**80))
def test_no_number_breaks_a_persons_address(maya: Client, number: int) -> None:
    assert maya.get(f"/people/{number}/").status_code in (200, 404)


@slow_examples
@given(text=st.text(st.characters(codec="utf-8", exclude_characters="/?#"), min_size=1, max_size=20))
def test_no_path_breaks_the_site(maya: Client, text: str) -> None:
    assert maya.get(f"/people/{text}/").status_code in (200, 301, 404)


RECORD = VICTIM * RECORDS_PER_PERSON + 1


ODDITIES: list[dict[str, Any]] = [
    {"credit_minutes": 10**30},
    {"credit_minutes": -5},
    {"credit_minutes": 1e300},
    {"completed_at": "9999-12-31T23:59:59+00:00"},
    {"completed_at": "0001-01-01T00:00:00+00:00"},
    {"name": "", "state": 99},
]


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "America/Adak"])
def test_no_value_of_a_record_breaks_a_page(alma: Client, sandbox: Sandbox, settings: Settings, zone: str) -> None:
    settings.TIME_ZONE = zone
    sandbox.control.set_auditees(ALMA, [VICTIM])
    for changes in ODDITIES:
        sandbox.control.patch_record(RECORD, **changes)
        cache.clear()
        for address in ("/team/?wait=1", "/team/export.csv", f"/people/{VICTIM}/?panel=cpd"):
            assert alma.get(address).status_code == 200, changes
