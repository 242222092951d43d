"""A person's page: panel by panel, record by record, and for nobody but whose business it is."""

import re
from typing import Any

import pytest
from django.test import Client
from django.test.html import Element

from tests.conftest import ALMA, GRACE, MAYA, OTTO, SignIn
from tests.portal.team.expected import Upstream, hours
from tests.portal.team.reading import FRAGMENT, elements, page_of, text, value
from tests.sandbox.server import Sandbox

ANA, DAI, ROSA, YUSUF = 201, 205, 206, 212
MARKUP, PROLIFIC, ODD = 301, 315, 316
CSRF = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


def panel(browser: Client, person: int, key: str = "cpd") -> Element:
    return page_of(browser.get(f"/people/{person}/?panel={key}", headers=FRAGMENT))


def records(tree: Element) -> list[list[str]]:
    [body] = elements(tree, "tbody", id="records-rows")
    return [[text(cell) for cell in elements(row, "td")] for row in elements(body, "tr")]


def later(tree: Element) -> str:
    links = elements(tree, "a", id="records-later")
    return value(links[0], "href") if links else ""


def note(tree: Element) -> str:
    [found] = elements(tree, "span", id="records-note")
    return text(found)


def part(tree: Element, key: str) -> Element:
    [found] = elements(tree, "section", id=f"panel-{key}")
    return found


def records_of(sandbox: Sandbox, viewer: int, person: int) -> list[dict[str, Any]]:
    return Upstream(sandbox, viewer).every(f"le/1.84/cpd/record/user/{person}", limit=100)


def test_the_page_comes_at_once_and_its_panels_one_by_one(maya: Client, sandbox: Sandbox) -> None:
    tree = page_of(maya.get(f"/people/{ANA}/"))

    assert text(elements(tree, "h1")[0]) == "Ana Novak"
    assert [value(part(tree, key), "hx-get") for key in ("cpd", "content")] == [
        f"/people/{ANA}/?panel=cpd",
        f"/people/{ANA}/?panel=content",
    ]
    assert len(sandbox.control.requests()) == 1  # whom Maya may see at all


def test_a_panel_is_the_panel_alone(maya: Client) -> None:
    answer = maya.get(f"/people/{ANA}/?panel=cpd", headers=FRAGMENT)

    assert b"<html" not in answer.content
    assert text(elements(page_of(answer), "h2")[0]) == "CPD"


def test_the_overview_is_what_brightspaces_own_screen_adds_up(maya: Client, sandbox: Sandbox) -> None:
    tree = panel(maya, ANA)
    [headline] = elements(tree, "p", class_="headline")

    assert text(headline).startswith(Upstream(sandbox, MAYA).credit(ANA))


def test_types_and_categories_add_up_separately(maya: Client, sandbox: Sandbox) -> None:
    said = text(panel(maya, ANA))
    progress = Upstream(sandbox, MAYA).get(f"le/1.84/cpd/target/progress/user/{ANA}")

    for kind in ("Structured", "Unstructured"):
        part_of = progress[kind]
        assert f"{kind} {hours(part_of['Numerator'])} of {part_of['Denominator'] // 60} h" in said
    names = [each["Category"]["Name"] for each in progress["CategoryProgress"]]
    assert [name for name in names if name not in said] == []


def test_records_come_newest_first_as_brightspace_lists_them(maya: Client, sandbox: Sandbox) -> None:
    shown = records(panel(maya, ANA))
    upstream = records_of(sandbox, MAYA, ANA)

    assert [row[1].removesuffix(" draft") for row in shown] == [record["RecordName"] for record in upstream]
    days = [record["DateCompleted"] for record in upstream]
    assert days == sorted(days, reverse=True)


def test_drafts_are_marked_and_count_for_nothing(maya: Client, sandbox: Sandbox) -> None:
    tree = panel(maya, YUSUF)

    assert [row[1].endswith(" draft") for row in records(tree)] == [True] * 4
    assert all("not counted" in row[-1] for row in records(tree))
    assert text(elements(tree, "p", class_="headline")[0]).startswith("0.0 of 35 h")


def test_three_hundred_records_are_paged_to_the_end_without_a_double(sign_in: SignIn, sandbox: Sandbox) -> None:
    alma = sign_in(ALMA)
    tree = panel(alma, PROLIFIC)
    shown, notes = records(tree), [note(tree)]
    while address := later(tree):
        tree = page_of(alma.get(address, headers=FRAGMENT))
        shown += records(tree)
        notes.append(note(tree))

    assert [row[1] for row in shown] == [record["RecordName"] for record in records_of(sandbox, ALMA, PROLIFIC)]
    assert len({row[1] for row in shown}) == 300
    assert (notes[0], notes[1], notes[-1]) == (
        "1 to 20, newest first",
        "1 to 40, newest first",
        "300 records, newest first",
    )


def test_without_javascript_each_page_of_records_is_a_page(sign_in: SignIn) -> None:
    alma = sign_in(ALMA)
    first = page_of(alma.get(f"/people/{PROLIFIC}/?panel=cpd"))
    second = page_of(alma.get(later(first)))

    assert (note(first), note(second)) == ("1 to 20, newest first", "21 to 40, newest first")
    assert text(elements(second, "h1")[0]) == "Prolific Writer"
    assert not {row[1] for row in records(first)} & {row[1] for row in records(second)}


def test_a_page_of_records_opens_only_where_it_belongs(sign_in: SignIn) -> None:
    alma = sign_in(ALMA)
    token = later(panel(alma, PROLIFIC)).partition("records=")[2]
    first = records(panel(alma, ODD))

    for foreign in (token, token[:-3], "x", "/d2l/api/lp/1.49/users/whoami"):
        tree = page_of(alma.get(f"/people/{ODD}/?panel=cpd&records={foreign}", headers=FRAGMENT))
        assert records(tree) == first


def test_without_javascript_the_address_names_the_panel(maya: Client) -> None:
    tree = page_of(maya.get(f"/people/{ANA}/?panel=content"))

    assert "Completion by course" in text(part(tree, "content"))
    assert value(part(tree, "content"), "hx-get") == ""
    [link] = elements(part(tree, "cpd"), "a")
    assert (text(link), value(link, "href")) == ("Show CPD", f"/people/{ANA}/?panel=cpd")


def test_courses_and_overdue_work_are_listed(maya: Client, sandbox: Sandbox) -> None:
    tree = panel(maya, ANA, "content")
    upstream = Upstream(sandbox, MAYA)

    late = upstream.every("le/1.84/overdueItems/", userId=ANA)
    assert [text(each) for each in elements(tree, "strong")] == [
        item["ItemName"] for item in sorted(late, key=lambda item: str(item["DueDate"]))
    ]
    for course in upstream.courses(ANA):
        if 0 < course.completed < course.required:
            assert f"{course.completed} of {course.required} items" in text(tree)


def test_kept_panels_come_with_the_page_at_no_call(maya: Client, sandbox: Sandbox) -> None:
    panel(maya, ANA, "cpd")
    panel(maya, ANA, "content")
    sandbox.control.clear_requests()

    tree = page_of(maya.get(f"/people/{ANA}/"))

    assert "By category" in text(part(tree, "cpd"))
    assert "Completion by course" in text(part(tree, "content"))
    assert [value(part(tree, key), "hx-get") for key in ("cpd", "content")] == ["", ""]
    assert sandbox.control.requests() == []


def test_a_refresh_reads_the_panel_again(maya: Client, sandbox: Sandbox) -> None:
    tree = page_of(maya.get(f"/people/{ANA}/?panel=cpd"))
    sandbox.control.patch_record(records_of(sandbox, MAYA, ANA)[0]["RecordId"], credit_minutes=600)
    [form] = elements(part(tree, "cpd"), "form")

    answer = maya.post(value(form, "action"))
    assert answer.headers["Location"] == f"/people/{ANA}/?panel=cpd"
    said = text(part(page_of(maya.get(answer.headers["Location"])), "cpd"))

    assert Upstream(sandbox, MAYA).credit(ANA) in said
    assert "10.0 h" in said


def test_an_aged_panel_is_shown_and_asks_for_the_newer_one_by_itself(maya: Client, sandbox: Sandbox) -> None:
    panel(maya, ANA)
    maya.post(f"/people/{ANA}/refresh/")
    sandbox.control.clear_requests()

    stale = part(page_of(maya.get(f"/people/{ANA}/")), "cpd")

    assert "stale" in text(stale)
    assert sandbox.control.requests(route="/d2l/api/le/(version)/cpd/target/progress/user/(userId)") == []
    assert "stale" not in text(page_of(maya.get(value(stale, "hx-get"), headers=FRAGMENT)))


def test_when_brightspace_fails_the_aged_panel_stays(maya: Client, sandbox: Sandbox) -> None:
    before = text(elements(panel(maya, ANA), "p", class_="headline")[0])
    maya.post(f"/people/{ANA}/refresh/")
    sandbox.control.add_fault("500", path="/cpd/")

    tree = panel(maya, ANA)

    assert text(elements(tree, "p", class_="headline")[0]) == before
    assert "stale" in text(tree)


def test_refreshing_is_a_post(maya: Client) -> None:
    assert maya.get(f"/people/{ANA}/refresh/").status_code == 405
    assert maya.post(f"/people/{ANA}/refresh/?panel=//example.org").headers["Location"] == f"/people/{ANA}/"


@pytest.mark.parametrize("person", [MAYA, OTTO, ANA])
def test_everybody_has_a_page_of_their_own(sign_in: SignIn, person: int) -> None:
    browser = sign_in(person)
    tree = page_of(browser.get(f"/people/{person}/?panel=cpd"))

    assert "By category" in text(part(tree, "cpd"))
    assert elements(tree, "nav", aria_label="Breadcrumb") == []


def test_somebody_brightspace_refuses_has_a_page_that_says_so(maya: Client) -> None:
    said = text(panel(maya, ROSA))

    assert "Brightspace does not let you see this person’s CPD" in said
    assert "Completion by course" in text(panel(maya, ROSA, "content"))


def test_somebody_without_a_target_has_hours_and_no_share(maya: Client) -> None:
    assert text(elements(panel(maya, DAI), "p", class_="headline")[0]) == "8.0 h logged."


def test_others_and_unknown_people_look_exactly_alike(maya: Client) -> None:
    answers = {person: maya.get(f"/people/{person}/") for person in (231, GRACE, 999_999, 2**70, 0, ALMA, PROLIFIC)}

    assert {answer.status_code for answer in answers.values()} == {404}
    assert len({CSRF.sub(b"", answer.content) for answer in answers.values()}) == 1


def test_no_way_around_opens_another_managers_person(maya: Client, sandbox: Sandbox) -> None:
    for key in ("cpd", "content"):
        assert maya.get(f"/people/231/?panel={key}").status_code == 404
        assert maya.get(f"/people/231/?panel={key}", headers=FRAGMENT).status_code == 404
    assert maya.post("/people/231/refresh/").status_code == 404
    assert sandbox.control.requests(path="231") == []


def test_a_panel_nobody_offers_is_not_found(maya: Client) -> None:
    assert maya.get(f"/people/{ANA}/?panel=nothing", headers=FRAGMENT).status_code == 404


def test_a_learner_sees_nobody_elses_page(sign_in: SignIn) -> None:
    assert sign_in(ANA).get("/people/202/").status_code == 404


def test_markup_in_names_and_records_is_text(sign_in: SignIn) -> None:
    alma = sign_in(ALMA)
    tree = page_of(alma.get(f"/people/{MARKUP}/?panel=cpd"))

    assert elements(tree, "img") == []
    assert "<script>alert('record')</script>" in [row[1] for row in records(tree)]
    assert b"<script>alert" not in alma.get(f"/people/{MARKUP}/?panel=cpd").content


def test_odd_numbers_and_unknown_states_are_shown_calmly(sign_in: SignIn) -> None:
    shown = {row[1]: row for row in records(panel(sign_in(ALMA), ODD))}

    assert shown["Half minutes"][-1] == "1.5 h"
    assert shown["Nothing at all"][-1] == "0.0 h"
    assert shown["A lifetime draft"][-1] == "8760.0 h not counted"
    assert "A state nobody knows" in shown
