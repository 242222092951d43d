"""Overdue items: topics past their due date that a person has not completed."""

from __future__ import annotations

from collections.abc import Iterable

from tests.sandbox.api.calls import Call
from tests.sandbox.api.dates import format_utc
from tests.sandbox.api.paging import object_list_page
from tests.sandbox.api.permissions import MANAGE_CONTENT, audits, has_permission, require_person
from tests.sandbox.api.responses import ApiError, Response
from tests.sandbox.api.routing import action
from tests.sandbox.models.content import Topic
from tests.sandbox.models.people import Person


@action("GET", "/d2l/api/le/(version)/overdueItems/")
def overdue_items(call: Call) -> Response:
    """A person's overdue items: one's own, an auditee's, or in courses one manages."""
    person_id = call.number("userId")
    if person_id is None:
        raise ApiError.invalid_parameters("userId is required.")
    person, caller, world = require_person(call, person_id), call.person(), call.world
    units = _requested_units(call, person)
    if person is not caller and not audits(world, caller, person):
        units = [unit for unit in units if has_permission(world, caller, MANAGE_CONTENT, unit)]
        if not units:
            raise ApiError.not_authorized(MANAGE_CONTENT)
    return _page(call, person, units)


@action("GET", "/d2l/api/le/(version)/overdueItems/myItems")
def my_overdue_items(call: Call) -> Response:
    """The caller's own overdue items."""
    return _page(call, call.person(), _requested_units(call, call.person()))


def _requested_units(call: Call, person: Person) -> list[int]:
    """The courses asked for (or all) in which the person is enrolled and does not manage content.

    The reference says of myItems that org units *without* Manage Content are left out, which would leave learners
    nothing; of the other action it says the opposite, and that is done here.
    """
    requested = call.ids_csv("orgUnitIdsCSV")
    return [
        unit
        for unit in sorted(call.world.enrolments_of(person.person_id))
        if unit in call.world.outlines
        and (not requested or unit in requested)
        and not has_permission(call.world, person, MANAGE_CONTENT, unit)
    ]


def _page(call: Call, person: Person, units: list[int]) -> Response:
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
            "DueDate": format_utc(item[1].due),
        },
    )


def _overdue(call: Call, person: Person, org_unit_id: int) -> Iterable[Topic]:
    world = call.world
    if not world.org_units[org_unit_id].is_open(world.now):
        return
    progress = world.progress_of(person.person_id, org_unit_id)
    for topic in world.outlines[org_unit_id].visible(world.now):
        is_completed = topic.topic_id in progress and progress[topic.topic_id].completed_at is not None
        is_past = topic.due is not None and topic.due < world.now
        if is_past and not is_completed and (person.person_id, topic.topic_id) not in world.exemptions:
            yield topic
