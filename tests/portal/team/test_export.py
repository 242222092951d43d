"""The export: the same people as on the screen, in the same order, safe to open."""

import csv
import io
import re
from typing import Any

from django.test import Client

from portal.team.statuses import Status
from tests.conftest import ALMA, MAYA, OTTO, SignIn
from tests.portal.team.expected import Upstream
from tests.portal.team.reading import elements, rows, text, value, whole_team
from tests.sandbox.server import Sandbox

REQUIRED = [
    "person_id",
    "name",
    "status",
    "structured_minutes",
    "structured_target",
    "unstructured_minutes",
    "unstructured_target",
    "overdue",
    "required_items",
    "completed_items",
    "as_of",
]
EVERYBODY = [*range(201, 213), *range(301, 317)]
MAYAS = range(201, 213)


def sheet(browser: Client, query: str = "") -> list[dict[str, str]]:
    answer = browser.get(f"/team/export.csv?{query}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def numbers(line: dict[str, str], columns: Any) -> dict[str, float | None]:
    return {column: float(line[column]) if line[column] else None for column in columns}


def test_the_sheet_has_the_columns_that_others_rely_on(maya: Client) -> None:
    head = maya.get("/team/export.csv").content.decode().splitlines()[0].split(",")

    assert [column for column in head if column in REQUIRED] == REQUIRED


def test_the_sheet_is_the_page_for_every_search_filter_and_order(maya: Client) -> None:
    for query in ("", "sort=-cpd", "q=an&sort=name", "status=behind", "status=overdue&sort=-overdue", "q=nobody"):
        shown = [(str(row.person_id), row.name, row.status) for row in rows(whole_team(maya, query))]

        assert [(line["person_id"], line["name"], Status(line["status"]).label) for line in sheet(maya, query)] == shown


def test_the_pages_own_link_exports_what_the_page_shows(maya: Client) -> None:
    tree = whole_team(maya, "q=an&status=behind&sort=-name")
    [link] = [each for each in elements(tree, "a") if text(each).startswith("Export")]

    exported = sheet(maya, value(link, "href").partition("?")[2])

    assert [line["name"] for line in exported] == [row.name for row in rows(tree)]
    assert text(link) == f"Export {len(exported)} rows"


def test_minutes_are_brightspaces_own_and_uncapped(maya: Client, sandbox: Sandbox) -> None:
    lines = {int(line["person_id"]): line for line in sheet(maya)}
    upstream = Upstream(sandbox, MAYA)

    for person in MAYAS:
        minutes = upstream.minutes(person)
        assert numbers(lines[person], minutes) == minutes
    assert float(lines[204]["structured_minutes"]) > float(lines[204]["structured_target"])


def test_items_and_overdue_work_are_what_brightspace_says(maya: Client, sandbox: Sandbox) -> None:
    lines = {int(line["person_id"]): line for line in sheet(maya)}
    upstream = Upstream(sandbox, MAYA)

    for person in MAYAS:
        courses = upstream.courses(person)
        assert int(lines[person]["overdue"]) == upstream.overdue(person)
        assert int(lines[person]["required_items"]) == sum(course.required for course in courses)
        assert int(lines[person]["completed_items"]) == sum(course.completed for course in courses)


def test_what_is_not_visible_is_empty_and_not_nought(maya: Client) -> None:
    [rosa] = [line for line in sheet(maya) if line["person_id"] == "206"]

    assert rosa["status"] == "not_visible"
    assert [rosa[column] for column in REQUIRED[3:7]] == [""] * 4
    assert rosa["overdue"] == "0"


def test_no_target_is_a_target_of_nought(maya: Client) -> None:
    [dai] = [line for line in sheet(maya) if line["person_id"] == "205"]

    assert (dai["structured_minutes"], dai["structured_target"]) == ("300", "0")


def test_times_are_utc(maya: Client) -> None:
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", line["as_of"]) for line in sheet(maya))


def test_only_excel_gets_a_byte_order_mark(maya: Client) -> None:
    assert not maya.get("/team/export.csv").content.startswith(b"\xef\xbb\xbf")
    assert maya.get("/team/export.csv?for=excel").content.startswith(b"\xef\xbb\xbfperson_id,")


def test_no_name_runs_as_a_formula(sign_in: SignIn) -> None:
    names = [line["name"] for line in sheet(sign_in(ALMA))]

    assert len(names) == 16
    assert [name for name in names if name.strip()[:1] in tuple("=+-@|%")] == []
    assert sum(name.startswith("'") for name in names) >= 4
    assert "<img src=x onerror=alert(1)>" in names


def test_everybody_is_exported_whatever_page_is_shown(sign_in: SignIn, sandbox: Sandbox) -> None:
    sandbox.control.set_auditees(MAYA, EVERYBODY)
    maya = sign_in(MAYA)
    assert len(rows(whole_team(maya))) == 25

    assert sorted(int(line["person_id"]) for line in sheet(maya, "page=2")) == EVERYBODY


def test_an_export_of_what_is_on_the_screen_asks_brightspace_nothing(maya: Client, sandbox: Sandbox) -> None:
    whole_team(maya)
    sandbox.control.clear_requests()

    assert len(sheet(maya)) == 12
    assert sandbox.control.requests() == []


def test_a_team_of_nobody_exports_its_header(sign_in: SignIn) -> None:
    otto = sign_in(OTTO)

    assert sheet(otto) == []
    assert otto.get("/team/export.csv").content.startswith(b"person_id,name,status,")


def test_the_file_is_named_by_the_day_and_kept_by_nobody(maya: Client) -> None:
    answer = maya.get("/team/export.csv")

    assert re.fullmatch(r'attachment; filename="team-\d{4}-\d\d-\d\d\.csv"', answer.headers["Content-Disposition"])
    assert answer.headers["Cache-Control"] == "no-store, private"


def test_exporting_is_reading(maya: Client, client: Client) -> None:
    assert maya.post("/team/export.csv").status_code == 405
    anonymous = client.get("/team/export.csv", SERVER_NAME="localhost")
    assert anonymous.headers["Location"] == "/signin/?next=%2Fteam%2Fexport.csv"
