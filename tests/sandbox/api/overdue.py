"""Content items past their due date that somebody has not completed."""

from __future__ import annotations

from collections.abc import Iterable

from tests.sandbox.answers import Answer, Refusal, object_list_page, utc
from tests.sandbox.content_model import Topic
from tests.sandbox.permissions import MANAGE_CONTENT, allowed, audits, require_person
from tests.sandbox.routing import Call, action
from tests.sandbox.world import Person


@action("GET", "/d2l/api/le/(version)/overdueItems/")
def overdue_items(call: Call) -> Answer:
    """A person's overdue items: one's own, an auditee's, or in courses one manages."""
    person_id = call.number("userId")
    if person_id is None:
        raise Refusal.invalid_parameters("userId is required.")
    person, caller, world = require_person(call, person_id), call.person(), call.world
    units = _asked_units(call, person)
    if person is not caller and not audits(world, caller, person):
        units = [unit for unit in units if allowed(world, caller, MANAGE_CONTENT, unit)]
        if not units:
            raise Refusal.not_authorized(MANAGE_CONTENT)
    return _page(call, person, units)


@action("GET", "/d2l/api/le/(version)/overdueItems/myItems")
def my_overdue_items(call: Call) -> Answer:
    """The caller's own overdue items."""
    return _page(call, call.person(), _asked_units(call, call.person()))


def _asked_units(call: Call, person: Person) -> list[int]:
    """The courses asked for (or all) that the person is enrolled in and does not manage.

    The reference says for myItems that units *without* Manage Content are left out, which would
    leave learners nothing; the sister action words it the other way round, and that is done here.
    """
    asked = call.ids_csv("orgUnitIdsCSV")
    return [
        unit
        for unit in sorted(call.world.enrolments_of(person.person_id))
        if unit in call.world.outlines
        and (not asked or unit in asked)
        and not allowed(call.world, person, MANAGE_CONTENT, unit)
    ]


def _page(call: Call, person: Person, units: list[int]) -> Answer:
    items = [(unit, topic) for unit in units for topic in _overdue(call, person, unit)]
    return object_list_page(
        call,
        items,
        limit=call.world.switches.page_size,
        key=lambda item: f"{item[0]}-{item[1].topic_id}",
        render=lambda item: {
            "UserId": person.person_id,
            "OrgUnitId": item[0],
            "ItemId": item[1].topic_id,
            "ItemName": item[1].title,
            "DueDate": utc(item[1].due),
        },
    )


def _overdue(call: Call, person: Person, org_unit_id: int) -> Iterable[Topic]:
    world = call.world
    if not world.org_units[org_unit_id].is_open(world.now):
        return
    progress = world.progress_of(person.person_id, org_unit_id)
    for topic in world.outlines[org_unit_id].visible(world.now):
        done = topic.topic_id in progress and progress[topic.topic_id].completed_at is not None
        is_past = topic.due is not None and topic.due < world.now
        if is_past and not done and (person.person_id, topic.topic_id) not in world.exemptions:
            yield topic
