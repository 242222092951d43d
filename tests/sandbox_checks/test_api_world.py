"""The data set: the same for the same day, complete, and fast to make."""

import re
import time
from datetime import date

import pytest

from tests.sandbox.api.routing import ROUTES
from tests.sandbox.models.cpd import Target
from tests.sandbox.seeds import seed
from tests.sandbox.seeds.crowd import FIRST_LEARNER, FIRST_REPORT
from tests.sandbox.seeds.demo_people import ALMA, HELENA, MAYA, SAM
from tests.sandbox.seeds.edge_cases import ARABIC, LONG, NO_DISPLAY_NAME, NO_FIRST_NAME, TAB
from tests.sandbox_checks.api_client import TODAY, Api


def test_two_worlds_of_one_day_are_alike_to_the_last_record() -> None:
    one, other = seed(3, TODAY), seed(3, TODAY)
    assert one.people == other.people
    for person_id in reversed(one.people):
        one.cpd_of(person_id)
    for person_id in one.people:
        assert one.cpd_of(person_id) == other.cpd_of(person_id)
        for course in one.enrolments_of(person_id):
            assert one.progress_of(person_id, course) == other.progress_of(person_id, course)


@pytest.mark.parametrize("today", [date(2026, 4, 1), date(2028, 2, 29), date(2027, 3, 31)])
def test_the_demo_stands_on_any_day(today: date) -> None:
    world = seed("demo", today)
    for person_id in world.people:
        for record in world.cpd_of(person_id).records:
            assert record.completed_at <= world.now
        for course in world.enrolments_of(person_id):
            for kept in world.progress_of(person_id, course).values():
                assert kept.completed_at is None or kept.completed_at < world.now


@pytest.mark.parametrize("today", [date(2026, 2, 28), date(2028, 2, 29), date(2026, 3, 1)])
def test_a_target_year_contains_its_day(today: date) -> None:
    for month, day in ((4, 1), (2, 29), (1, 1), (12, 31)):
        period = Target({}, month=month, day=day).period_around(today)
        assert period.counted_from.date() <= today <= period.counted_to.date()


def test_the_picker_offers_each_kind_of_person() -> None:
    world = seed("demo", TODAY)
    shown = [person for person in world.people.values() if person.in_picker]
    assert {person.role for person in shown} == {"learner", "manager", "instructor", "admin"}
    assert all(person.demo_note for person in shown)
    assert len(world.auditees[MAYA]) == 12
    assert world.auditees[HELENA][0] == MAYA


def test_almas_people_carry_what_breaks_pages() -> None:
    world = seed("demo", TODAY)
    names = [world.people[person_id].display_name for person_id in world.auditees[ALMA]]
    assert any("<script>" in name for name in names)
    assert any(name.startswith("=HYPERLINK(") for name in names)
    assert world.people[TAB].display_name.startswith("\t")
    assert "\u202b" in world.people[ARABIC].display_name
    assert len(world.people[LONG].display_name) >= 180
    assert world.people[NO_FIRST_NAME].first_name is None
    assert world.people[NO_DISPLAY_NAME].display_name == ""


def test_a_large_world_has_its_reports_and_ten_times_as_many_learners() -> None:
    world = seed(40, TODAY)
    assert world.auditees[SAM] == list(range(FIRST_REPORT, FIRST_REPORT + 40))
    learners = [person_id for person_id in world.people if person_id >= FIRST_LEARNER]
    assert len(learners) == 400
    assert {world.people[one].manager_id for one in learners} == set(world.auditees[SAM])
    user_names = [person.user_name for person in world.people.values()]
    assert len(user_names) == len(set(user_names))


def test_a_thousand_reports_are_seeded_in_under_three_seconds() -> None:
    started = time.perf_counter()
    seed(1000, TODAY)
    assert time.perf_counter() - started < 3


def test_the_demo_is_seeded_in_under_a_fifth_of_a_second() -> None:
    started = time.perf_counter()
    seed("demo")
    assert time.perf_counter() - started < 0.2


@pytest.mark.parametrize("scale", ["huge", 0, -3, "1.5"])
def test_a_senseless_scale_is_refused_by_name(scale: str | int) -> None:
    with pytest.raises(ValueError, match="scale is"):
        seed(scale)


def test_every_person_can_ask_for_everything_about_themselves() -> None:
    api = Api(2)
    for person_id in api.world.people:
        for path in (
            "lp/1.50/users/whoami",
            "lp/1.50/profile/myProfile",
            "lp/1.50/enrollments/myenrollments/",
            f"le/1.90/cpd/record/user/{person_id}",
            f"le/1.90/cpd/target/progress/user/{person_id}",
            "le/1.90/overdueItems/myItems",
        ):
            assert api.get(person_id, path).status == 200, (person_id, path)


def test_every_action_needs_a_token_unless_it_is_public() -> None:
    api = Api()
    for action in ROUTES.all():
        path = action.template.removeprefix("/d2l/api/").replace("(version)", "unstable")
        path = re.sub(r"\([A-Za-z]+\)", "6609", path.replace("(product)", "le"))
        reply = api.send(action.method, None, path)
        assert (reply.status == 403) is not action.public, action.template
