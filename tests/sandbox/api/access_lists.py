"""Who can get at a module or a topic."""

from __future__ import annotations

from typing import Any

from tests.sandbox.answers import Answer, object_list_page
from tests.sandbox.content_access import Reader, manager
from tests.sandbox.content_model import Place, is_visible
from tests.sandbox.permissions import MANAGE_CONTENT, allowed
from tests.sandbox.routing import Call, action
from tests.sandbox.world import Enrolment

_CONTENT = "/d2l/api/le/(version)/(orgUnitId)/content"
_SCOPES = ("content:access:read",)


@action("GET", f"{_CONTENT}/modules/(moduleId)/access/", scopes=_SCOPES)
def module_access(call: Call) -> Answer:
    """The people who can see a module, by id, in pages."""
    view = manager(call)
    return _page(call, view, view.place(view.module(call.id("moduleId")).module_id))


@action("GET", f"{_CONTENT}/topics/(topicId)/access/", scopes=_SCOPES)
def topic_access(call: Call) -> Answer:
    """The people who can see a topic, by id, in pages."""
    view = manager(call)
    return _page(call, view, view.place(view.topic(call.id("topicId")).topic_id))


def _page(call: Call, view: Reader, place: Place) -> Answer:
    world, person_id, role_id = call.world, call.number("userId"), call.number("roleId")
    listed = [
        enrolment
        for _, enrolment in sorted(world.enrolled_in(view.outline.org_unit_id).items())
        if person_id in (None, enrolment.person_id)
        and role_id in (None, world.roles[enrolment.role].role_id)
        and _sees(view, place, enrolment)
    ]
    return object_list_page(
        call,
        listed,
        limit=world.switches.page_size,
        key=lambda enrolment: enrolment.person_id,
        render=lambda enrolment: _block(call, enrolment),
    )


def _sees(view: Reader, place: Place, enrolment: Enrolment) -> bool:
    world, unit_id = view.world, view.outline.org_unit_id
    if allowed(world, world.people[enrolment.person_id], MANAGE_CONTENT, unit_id):
        return True
    return world.org_units[unit_id].is_open(world.now) and is_visible(place.found, place.above, world.now)


def _block(call: Call, enrolment: Enrolment) -> dict[str, Any]:
    role_id = call.world.roles[enrolment.role].role_id
    if call.world.switches.user_access == "user_id":
        return {"UserId": enrolment.person_id, "RoleId": role_id}
    return {"Identifier": str(enrolment.person_id), "RoleId": role_id}
