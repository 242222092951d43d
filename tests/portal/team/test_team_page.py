"""The team page, from the browser to the sandbox: what it asks for, when, and what it does meanwhile."""

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import Settings

from tests.conftest import MAYA, OTTO, SignIn
from tests.portal.team.expected import Upstream, first_calls
from tests.portal.team.reading import (
    FRAGMENT,
    elements,
    followed,
    names,
    page_of,
    rows,
    table_of,
    text,
    value,
    whole_team,
)
from tests.sandbox.server import Sandbox

AUDITEES = "/d2l/api/le/(version)/auditing/auditors/(auditorId)/auditees/"
ENROLMENTS = "/d2l/api/lp/(version)/enrollments/users/(userId)/orgUnits/"
ANA, DAI, SAM = 201, 205, 108
MAYAS = range(201, 213)


@pytest.fixture(scope="module")
def running_crowd() -> Iterator[Sandbox]:
    callback = "http://localhost/signin/callback/"
    with Sandbox(scale=300, redirect_uris=[callback], client_id="portal", client_secret="portal-secret") as sandbox:
        yield sandbox


def floor(sandbox: Sandbox) -> int:
    """The fewest calls that bring Maya's team, as Brightspace's routes allow.

    One for the list. For each person what the columns begin with. Counts of completions by course, which
    Brightspace refuses her; in their place progress by course, and the content of each course as each
    person sees it.
    """
    upstream = Upstream(sandbox, MAYA)
    enrolled = [course.org_unit_id for person in MAYAS for course in upstream.courses(person)]
    courses = len(set(enrolled))
    return 1 + first_calls(MAYAS) + courses + courses + len(enrolled)


def test_frame_names_everyone_after_one_round_trip(maya: Client, sandbox: Sandbox) -> None:
    page = page_of(maya.get("/team/"))

    assert len(names(page)) == 12
    assert [request.route for request in sandbox.control.requests()] == [AUDITEES]


def test_frame_waits_for_no_figure(maya: Client) -> None:
    page = page_of(maya.get("/team/"))

    assert value(table_of(page), "data-waiting") == "12"
    assert {figure for row in rows(page) for figure in row.figures.values()} == {""}
    assert "12 of 12 people still to come" in text(page)


def test_figures_arrive_with_the_fragment(maya: Client, sandbox: Sandbox) -> None:
    frame = page_of(maya.get("/team/"))
    answer = maya.get(value(table_of(frame), "hx-get"), headers=FRAGMENT)

    assert b"<html" not in answer.content
    assert value(table_of(page_of(answer)), "data-waiting") == "0"
    assert value(table_of(page_of(answer)), "hx-get") == ""
    assert rows(page_of(answer))[-1].figures["cpd"] != ""


def test_all_figures_cost_no_more_calls_than_they_must(maya: Client, sandbox: Sandbox) -> None:
    followed(maya, "/team/")
    calls = len(sandbox.control.requests())

    assert calls <= 1.05 * floor(sandbox)


def test_a_kept_team_costs_no_call(maya: Client, sandbox: Sandbox) -> None:
    whole_team(maya)
    sandbox.control.clear_requests()

    for address in ("/team/", "/team/?wait=1", "/team/?sort=cpd&q=a", "/team/?status=behind", "/team/export.csv"):
        assert maya.get(address).status_code == 200
    assert sandbox.control.requests() == []


def test_without_javascript_a_link_brings_the_figures(maya: Client) -> None:
    frame = page_of(maya.get("/team/?q=an&sort=-cpd"))
    [link] = [each for each in elements(frame, "a") if text(each) == "Show the figures"]

    page = page_of(maya.get(f"/team/{value(link, 'href')}"))

    assert value(table_of(page), "data-waiting") == "0"
    assert names(page) == names(whole_team(maya, "q=an&sort=-cpd"))


@pytest.mark.parametrize("person", [OTTO, ANA])
def test_a_team_of_nobody_says_why_and_what_to_do(sign_in: SignIn, person: int) -> None:
    for address in ("/team/", "/team/?wait=1", "/team/?status=behind&q=x"):
        page = page_of(sign_in(person).get(address))

        assert "Nobody is in your team yet" in text(page)
        assert elements(page, "table") == []
        assert value(table_of(page), "hx-get") == ""


def test_counts_and_sentences_sum_the_team_up(maya: Client) -> None:
    page = whole_team(maya)
    behind = sum(1 for row in rows(page) if "behind" in row.why or "othing logged since" in row.why)
    late = sum(1 for row in rows(page) if int(row.figures["overdue"]))
    [lede] = elements(page, "p", class_="lead")

    assert f"{behind} people are behind" in text(lede)
    assert f"{late} have overdue work" in text(lede)


def test_a_refresh_shows_what_is_known_until_the_new_figures_come(maya: Client, sandbox: Sandbox) -> None:
    whole_team(maya)
    record = Upstream(sandbox, MAYA).get(f"le/1.84/cpd/record/user/{ANA}", recordStateId=1)["Objects"][0]
    sandbox.control.patch_record(record["RecordId"], credit_minutes=660)

    answer = maya.post("/team/refresh/?q=ana&sort=-cpd")
    assert answer.headers["Location"] == "/team/?q=ana&sort=-cpd"
    page = page_of(maya.get(answer.headers["Location"]))
    assert "stale" in text(page)
    page, _ = followed(maya, answer.headers["Location"])

    assert rows(page)[0].figures["cpd"].startswith(Upstream(sandbox, MAYA).credit(ANA))
    assert "stale" not in text(table_of(page))


def test_refreshing_is_a_post(maya: Client, sandbox: Sandbox) -> None:
    whole_team(maya)
    assert maya.get("/team/refresh/").status_code == 405
    sandbox.control.clear_requests()

    maya.get("/team/?wait=1")

    assert sandbox.control.requests() == []


def test_figures_that_never_come_end_in_a_sentence(sign_in: SignIn, sandbox: Sandbox, settings: Settings) -> None:
    maya = sign_in(MAYA)
    whole_team(maya)
    sandbox.control.add_fault("slow", delay_ms=5_000, subject=DAI, path="overdueItems")
    maya = sign_in(MAYA)
    settings.PORTAL_PAGE_SECONDS = 1

    page, _ = followed(maya, "/team/", most=40)

    assert "Brightspace did not answer for 1 person. What is known is shown; refresh to try again." in text(page)
    assert {row.person_id for row in rows(page) if row.status == "no data"} == {DAI}
    assert all(figure for row in rows(page) for figure in row.figures.values())


def test_a_list_that_cannot_be_read_is_told_in_place_of_the_page(sign_in: SignIn, sandbox: Sandbox) -> None:
    maya = sign_in(MAYA)
    sandbox.control.add_fault("500", route=AUDITEES)

    answer = maya.get("/team/")

    assert answer.status_code == 503
    assert "Brightspace cannot be reached" in answer.content.decode()
    assert maya.get("/team/", headers=FRAGMENT).status_code == 503


def test_what_was_shown_to_one_manager_is_never_another_ones(sign_in: SignIn, sandbox: Sandbox) -> None:
    maya, grace = sign_in(MAYA), sign_in(106)
    mine, theirs = names(whole_team(maya)), names(whole_team(grace))

    assert not set(mine) & set(theirs)
    for address in ("/team/", "/team/?figures=0.0", "/team/export.csv", "/team/?q=ana"):
        assert b"Ana Novak" not in grace.get(address).content


def test_a_team_of_three_hundred_comes_in_several_fragments_and_ends(
    running_crowd: Sandbox, sandbox: Sandbox, settings: Settings, sign_in: SignIn
) -> None:
    settings.BRIGHTSPACE_URL = running_crowd.url
    settings.BRIGHTSPACE_AUTHORIZE_URL = running_crowd.authorize_url
    settings.BRIGHTSPACE_TOKEN_URL = running_crowd.token_url
    settings.PORTAL_PAGE_SECONDS = 1
    running_crowd.control.add_fault("forbidden", route=ENROLMENTS)  # four calls a person are enough here
    sam = sign_in(SAM)

    page, fragments = followed(sam, "/team/?size=100", most=60)

    assert fragments > 1
    assert "1 to 100 of 300 people" in text(page)
    assert value(table_of(page), "data-waiting") == "0"
    targets = running_crowd.control.requests(route="/d2l/api/le/(version)/cpd/target/progress/user/(userId)")
    assert len({request.path for request in targets}) == 300
