"""The figures of the team page against what the sandbox says of each person."""

import pytest
from django.test import Client

from portal.team.columns import data_columns
from tests.conftest import ALMA, GRACE, MAYA, SignIn
from tests.portal.team.expected import Upstream, summary
from tests.portal.team.reading import Row, elements, page_of, rows, text, value, whole_team
from tests.sandbox.server import Sandbox

MAYAS = range(201, 213)
PRIYA, DAI, ROSA, AMARA, OLIVER, MEI, CALLUM, YUSUF = 204, 205, 206, 208, 209, 210, 211, 212
NO_DISPLAY_NAME = 311
COMPLETIONS = "/content/completions/"


@pytest.fixture
def team(maya: Client) -> dict[int, Row]:
    return {row.person_id: row for row in rows(whole_team(maya))}


def cell(tree_rows: dict[int, Row], person: int, figure: str) -> str:
    return tree_rows[person].figures[figure]


def test_everyones_credit_is_what_brightspaces_own_screen_adds_up(team: dict[int, Row], sandbox: Sandbox) -> None:
    upstream = Upstream(sandbox, MAYA)

    assert {person: upstream.credit(person) for person in MAYAS} == {
        person: cell(team, person, "cpd").split(" +")[0].split(" Brightspace")[0] for person in MAYAS
    }


def test_overdue_counts_are_brightspaces(team: dict[int, Row], sandbox: Sandbox) -> None:
    upstream = Upstream(sandbox, MAYA)

    assert {person: cell(team, person, "overdue") for person in MAYAS} == {
        person: str(upstream.overdue(person)) for person in MAYAS
    }


def test_an_auditors_course_counts_come_from_content_and_progress(team: dict[int, Row], sandbox: Sandbox) -> None:
    upstream = Upstream(sandbox, MAYA)

    assert upstream.counted_courses(201) == []
    assert {person: cell(team, person, "courses") for person in MAYAS} == {
        person: summary(upstream.courses(person)) for person in MAYAS
    }


def test_a_content_managers_course_counts_come_from_completions(sign_in: SignIn, sandbox: Sandbox) -> None:
    shown = {row.person_id: row.figures["courses"] for row in rows(whole_team(sign_in(GRACE)))}
    routes = {request.route or "" for request in sandbox.control.requests()}
    upstream = Upstream(sandbox, GRACE)

    assert any(COMPLETIONS in route for route in routes)
    assert set(shown) == set(range(221, 227))
    for person, figure in shown.items():
        counted = {course.org_unit_id: course for course in upstream.counted_courses(person)}
        elsewhere = [course for course in upstream.courses(person) if course.org_unit_id not in counted]
        assert len(counted) == 4
        assert figure == summary([*counted.values(), *elsewhere])


def test_both_ways_of_counting_agree_for_the_same_people(sign_in: SignIn, sandbox: Sandbox) -> None:
    by_counts = {row.person_id: row.figures["courses"] for row in rows(whole_team(sign_in(GRACE)))}
    sandbox.control.add_fault("forbidden", path=COMPLETIONS)
    by_progress = {row.person_id: row.figures["courses"] for row in rows(whole_team(sign_in(GRACE)))}
    upstream = Upstream(sandbox, GRACE)

    for person in by_counts:
        assert set(upstream.counted_courses(person)) <= set(upstream.courses(person))
    assert by_progress == by_counts


def test_the_last_entry_is_the_newest_published_record(team: dict[int, Row], sandbox: Sandbox, maya: Client) -> None:
    upstream = Upstream(sandbox, MAYA)
    exported = maya.get("/team/export.csv").content.decode().splitlines()
    place = exported[0].split(",").index("last_entry")

    days = {int(line.split(",")[0]): line.split(",")[place] for line in exported[1:]}
    assert days == {person: upstream.last_entry(person) for person in MAYAS}
    assert cell(team, CALLUM, "last") == "none yet"


def test_more_than_the_target_shows_as_excess_and_counts_no_further(team: dict[int, Row]) -> None:
    assert team[PRIYA].status == "complete"
    assert cell(team, PRIYA, "cpd") == "35.0 of 35 h +13.3 h"
    assert "more than needed" in team[PRIYA].why


def test_somebody_brightspace_refuses_is_not_visible_and_keeps_what_may_be_seen(team: dict[int, Row]) -> None:
    rosa = team[ROSA]

    assert rosa.status == "not visible"
    assert "does not let you see this person’s CPD" in rosa.figures["cpd"]
    assert "CPD.ManageDirectReports" in rosa.figures["cpd"]
    assert rosa.figures["courses"] == "4 of 5"


def test_without_a_target_the_hours_logged_are_shown(team: dict[int, Row]) -> None:
    assert (team[DAI].status, cell(team, DAI, "cpd")) == ("no target", "8.0 h logged")


def test_a_target_of_nothing_is_no_hundred_percent(team: dict[int, Row]) -> None:
    assert (team[OLIVER].status, cell(team, OLIVER, "cpd")) == ("no target", "2.0 h logged")


def test_a_rolling_period_has_hours_and_no_pace(team: dict[int, Row], maya: Client) -> None:
    assert team[AMARA].why.startswith("1 item overdue")
    [row] = elements(whole_team(maya), "tr", data_person=str(AMARA))
    assert elements(row, "rect", class_="bar-first") != []
    assert elements(row, "rect", class_="target-mark") == []


def test_a_yearly_target_of_the_old_kind_has_a_pace(team: dict[int, Row], maya: Client) -> None:
    [row] = elements(whole_team(maya), "tr", data_person=str(MEI))

    assert team[MEI].status in ("on track", "complete")
    assert len(elements(row, "rect", class_="target-mark")) == 1


def test_drafts_count_for_nothing(team: dict[int, Row]) -> None:
    assert cell(team, YUSUF, "cpd") == "0.0 of 35 h"
    assert cell(team, YUSUF, "last") == "none yet"


def test_every_row_and_every_figure_can_be_found_by_its_mark(maya: Client) -> None:
    expected = sorted(["status", *(column.key for column in data_columns())])

    assert {"courses", "cpd", "last", "overdue"} < set(expected)
    for row in elements(whole_team(maya), "tr"):
        if value(row, "data-person"):
            marks = [value(each, "data-figure") for each in elements(row) if value(each, "data-figure")]
            assert sorted(marks) == expected


def test_one_persons_failure_shows_in_that_persons_cells_alone(sign_in: SignIn, sandbox: Sandbox) -> None:
    whole = {row.person_id: row for row in rows(whole_team(sign_in(MAYA)))}
    sandbox.control.add_fault("500", subject=202, path="/cpd/")
    broken = {row.person_id: row for row in rows(whole_team(sign_in(MAYA)))}

    assert broken[202].figures["cpd"].startswith("no data")
    assert broken[202].figures["overdue"] == whole[202].figures["overdue"]
    assert {p: row for p, row in broken.items() if p != 202} == {p: row for p, row in whole.items() if p != 202}


def test_odd_names_are_shown_as_text(sign_in: SignIn) -> None:
    tree = page_of(sign_in(ALMA).get("/team/?wait=1"))

    assert elements(tree, "img") == []
    assert "<img src=x onerror=alert(1)>" in [row.name for row in rows(tree)]
    assert "Person 311" in text(tree)


def test_nothing_of_nothing_is_nothing_required(sign_in: SignIn) -> None:
    listed = {row.person_id: row for row in rows(whole_team(sign_in(ALMA), "status=no+target"))}

    assert listed[NO_DISPLAY_NAME].figures["cpd"] == "nothing required"
