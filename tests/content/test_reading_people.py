"""What the content actions answer about people: access, dates, completions, progress."""

import pytest

from content.schemas import CompletionLevel, UserAccess
from content.services import (
    CompletionService,
    CourseCompletionService,
    ModuleService,
    OverdueItemService,
    ScheduledItemService,
    TopicService,
    UserProgressService,
)
from portal.brightspace.codec.json import decode
from tests.conftest import INES, GatewayFor
from tests.content.course import ALARMS, ANA, FIRE, KNOW, POSTER, QUIZ, SAFEGUARDING, SHOW, TOMAS, UNITS, WALK
from tests.contract.observer import ContractObserver
from tests.sandbox.server import Sandbox

DAI, JUN = 205, 207


@pytest.mark.parametrize("shape", ["user_id", "identifier"])
def test_access_names_the_person_whatever_the_field_is_called(
    shape: str, gateway_for: GatewayFor, sandbox: Sandbox
) -> None:
    sandbox.control.set_switches(user_access=shape)
    [ana] = gateway_for(INES).read(ModuleService().access(FIRE, KNOW, person_id=ANA))

    assert (ana.person_id, ana.role_id) == (ANA, 103)


def test_access_without_any_id_is_read() -> None:
    assert decode(b'{"Something": 1}', UserAccess).person_id is None


def test_lists_are_read_over_all_their_pages(
    gateway_for: GatewayFor, sandbox: Sandbox, watch: ContractObserver
) -> None:
    sandbox.control.set_switches(page_size=5)
    found = gateway_for(INES).read(TopicService().access(FIRE, WALK))

    people = [row.person_id for row in found]
    assert people == sorted(sandbox.world.enrolled_in(FIRE))
    assert len(watch.calls) == -(-len(people) // 5)


@pytest.mark.parametrize("shape", ["array", "page"])
def test_counts_of_learners_are_read_in_either_shape(shape: str, gateway_for: GatewayFor, sandbox: Sandbox) -> None:
    sandbox.control.set_switches(completions_shape=shape)
    brightspace = gateway_for(INES)
    by_course = brightspace.read(CompletionService().counts_in_course(FIRE, [ANA, TOMAS]))
    by_person = brightspace.read(CompletionService().counts_of_person(ANA, UNITS))

    assert [(row.user_id, row.org_unit_id) for row in by_course] == [(ANA, FIRE), (TOMAS, FIRE)]
    assert [(row.user_id, row.org_unit_id) for row in by_person] == [(ANA, FIRE), (ANA, SAFEGUARDING)]
    assert by_person[0].required_items > by_person[0].completed_items


def test_own_counts_are_read_for_course_module_and_topic(gateway_for: GatewayFor) -> None:
    brightspace = gateway_for(ANA)
    [course] = brightspace.read(CompletionService().my_counts(FIRE))
    by_module = brightspace.read(CompletionService().my_counts(FIRE, level=CompletionLevel.ROOT_MODULE))
    by_topic = brightspace.read(CompletionService().my_counts(FIRE, level="TOPIC"))

    assert (course.object_id, course.title) == (0, "Fire Safety Essentials")
    assert [row.object_id for row in by_module] == [KNOW, SHOW]
    assert sum(row.required_items for row in by_topic) == course.required_items


def test_scheduled_items_are_sorted_by_the_first_of_their_dates(gateway_for: GatewayFor) -> None:
    items = gateway_for(ANA).read(ScheduledItemService().my_items([SAFEGUARDING, FIRE]))

    assert {item.org_unit_id for item in items} == {FIRE, SAFEGUARDING}
    assert [item.earliest for item in items] == sorted(item.earliest for item in items if item.earliest)
    assert all(item.user_id == ANA and item.item_name and item.item_url for item in items)


def test_more_courses_than_one_call_takes_are_read_in_parts_and_merged_in_order(
    gateway_for: GatewayFor, watch: ContractObserver
) -> None:
    many = [FIRE, *range(900_001, 900_249), SAFEGUARDING]
    items = gateway_for(ANA).read(ScheduledItemService().my_due_items(many))

    assert [call.query["orgUnitIdsCSV"].count(",") + 1 for call in watch.calls] == [100, 100, 50]
    assert {item.org_unit_id for item in items} == {FIRE, SAFEGUARDING}
    assert [item.due_date for item in items] == sorted(item.due_date for item in items if item.due_date)


def test_completed_items_are_sorted_by_date_of_completion(gateway_for: GatewayFor) -> None:
    done = gateway_for(TOMAS).read(
        ScheduledItemService().my_completed_items([*range(900_001, 900_100), SAFEGUARDING, FIRE])
    )

    assert [item.date_completed for item in done] == sorted(item.date_completed for item in done if item.date_completed)
    assert done


def test_numbers_of_items_agree_with_the_items(gateway_for: GatewayFor) -> None:
    brightspace = gateway_for(ANA)
    by_course = {row.org_unit_id: row.item_count for row in brightspace.read(ScheduledItemService().my_counts(UNITS))}
    items = brightspace.read(ScheduledItemService().my_items(UNITS))
    due = brightspace.read(ScheduledItemService().my_due_count_in_course(FIRE))

    assert by_course == {unit: sum(item.org_unit_id == unit for item in items) for unit in UNITS}
    assert due.item_count == len(brightspace.read(ScheduledItemService().my_due_items_in_course(FIRE)))


def test_exempt_items_are_found_by_the_exemption_filter(gateway_for: GatewayFor) -> None:
    brightspace = gateway_for(INES)
    exempt = brightspace.read(ScheduledItemService().of_person(DAI, [FIRE], exemption="ExemptedOnly"))

    assert [(item.item_id, item.is_exempt, item.completion_type) for item in exempt] == [(QUIZ, True, 3)]


def test_overdue_items_are_the_same_for_oneself_and_for_an_instructor(gateway_for: GatewayFor) -> None:
    seen = gateway_for(INES).read(OverdueItemService().of_person(ANA, [FIRE]))
    own = gateway_for(ANA).read(OverdueItemService().my_items([FIRE]))

    assert [(item.item_id, item.user_id) for item in own] == [(QUIZ, ANA)]
    assert own == seen


def test_completions_of_a_topic_are_read_for_all_and_for_one(gateway_for: GatewayFor) -> None:
    brightspace = gateway_for(INES)
    every = brightspace.read(CompletionService().topic_completions(FIRE, ALARMS, page_size=4))
    one = brightspace.read(CompletionService().topic_completion(FIRE, ALARMS, TOMAS))

    assert [row.user_id for row in every] == sorted(row.user_id for row in every)
    assert one in every
    assert (one.topic_id, one.completion_type, one.completion_date is not None) == (ALARMS, 2, True)


def test_progress_through_topics_is_read_for_many_and_for_one(gateway_for: GatewayFor) -> None:
    brightspace = gateway_for(INES)
    rows = brightspace.read(UserProgressService().in_course(FIRE, [ANA, TOMAS], page_size=3))
    untouched = brightspace.read(UserProgressService().in_topic(FIRE, POSTER, ANA))

    assert {row.user_id for row in rows} == {ANA, TOMAS}
    assert all(row.num_visits >= 1 and row.visited for row in rows if row.completed)
    assert (untouched.num_visits, untouched.visited, untouched.completed) == (0, False, False)


def test_a_course_as_a_whole_is_complete_or_not(gateway_for: GatewayFor) -> None:
    brightspace = gateway_for(INES)

    assert brightspace.read(CourseCompletionService().of_person(FIRE, JUN)).completion_date is not None
    assert brightspace.read(CourseCompletionService().of_person(FIRE, ANA)).completion is False
