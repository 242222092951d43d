"""The data set: the same for the same day, complete, and fast to make."""

import time
from datetime import date

import pytest

from tests.sandbox.models.cpd import Target
from tests.sandbox.seeds import seed
from tests.sandbox.seeds.crowd import FIRST_LEARNER, FIRST_REPORT, LEARNERS_PER_REPORT
from tests.sandbox.seeds.demo_people import ALMA, ANA, HELENA, MAYA, SAM, YUSUF
from tests.sandbox.seeds.edge_cases import ARABIC, LONG, NO_DISPLAY_NAME, NO_FIRST_NAME, TAB
from tests.sandbox_checks.api_client import TODAY, ApiClient


def test_worlds_of_one_day_are_equal_to_the_last_record() -> None:
    first, second = seed(3, TODAY), seed(3, TODAY)
    assert first.people == second.people
    for person_id in reversed(first.people):
        first.cpd_of(person_id)
    for person_id in first.people:
        assert first.cpd_of(person_id) == second.cpd_of(person_id)
        for course in first.enrolments_of(person_id):
            assert first.progress_of(person_id, course) == second.progress_of(person_id, course)


@pytest.mark.parametrize("today", [date(2026, 4, 1), date(2028, 2, 29), date(2027, 3, 31)])
def test_demo_has_no_future_records_on_any_day(today: date) -> None:
    world = seed("demo", today)
    for person_id in world.people:
        for record in world.cpd_of(person_id).records:
            assert record.completed_at <= world.now
        for course in world.enrolments_of(person_id):
            for progress in world.progress_of(person_id, course).values():
                assert progress.completed_at is None or progress.completed_at < world.now


@pytest.mark.parametrize("today", [date(2026, 2, 28), date(2028, 2, 29), date(2026, 3, 1)])
def test_target_period_contains_its_day(today: date) -> None:
    for month, day in ((4, 1), (2, 29), (1, 1), (12, 31)):
        period = Target({}, month=month, day=day).period_around(today)
        assert period.counted_from.date() <= today <= period.counted_to.date()


def test_picker_offers_learner_manager_instructor_and_administrator() -> None:
    world = seed("demo", TODAY)
    shown = [person for person in world.people.values() if person.in_picker]
    assert {person.role for person in shown} == {"learner", "manager", "instructor", "admin"}
    assert all(person.demo_note for person in shown)
    assert world.auditees[MAYA] == list(range(ANA, YUSUF + 1))
    assert world.auditees[HELENA][0] == MAYA


def test_people_of_alma_have_names_that_break_pages() -> None:
    world = seed("demo", TODAY)
    names = [world.people[person_id].display_name for person_id in world.auditees[ALMA]]
    assert any("<script>" in name for name in names)
    assert any(name.startswith("=HYPERLINK(") for name in names)
    assert world.people[TAB].display_name.startswith("\t")
    assert "\u202b" in world.people[ARABIC].display_name
    assert len(world.people[LONG].display_name) >= 180
    assert world.people[NO_FIRST_NAME].first_name is None
    assert world.people[NO_DISPLAY_NAME].display_name == ""


def test_large_world_has_its_reports_and_ten_times_as_many_learners() -> None:
    world = seed(40, TODAY)
    assert world.auditees[SAM] == list(range(FIRST_REPORT, FIRST_REPORT + 40))
    learners = [person_id for person_id in world.people if person_id >= FIRST_LEARNER]
    assert len(learners) == 40 * LEARNERS_PER_REPORT
    assert {world.people[person_id].manager_id for person_id in learners} == set(world.auditees[SAM])
    user_names = [person.user_name for person in world.people.values()]
    assert len(user_names) == len(set(user_names))


def test_world_of_a_thousand_reports_is_seeded_in_under_three_seconds_of_cpu() -> None:
    started = time.process_time()
    seed(1000, TODAY)
    assert time.process_time() - started < 3


def test_demo_is_seeded_in_under_a_fifth_of_a_second_of_cpu() -> None:
    started = time.process_time()
    seed("demo")
    assert time.process_time() - started < 0.2


@pytest.mark.parametrize("scale", ["huge", 0, -3, "1.5"])
def test_invalid_scale_is_refused_by_name(scale: str | int) -> None:
    with pytest.raises(ValueError, match="scale is"):
        seed(scale)


def test_every_person_can_read_everything_about_themselves() -> None:
    api = ApiClient(2)
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
