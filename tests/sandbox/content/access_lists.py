"""Access lists: who can see a module or a topic."""

from __future__ import annotations

from typing import Any

from tests.sandbox.api.calls import Call
from tests.sandbox.api.paging import object_list_page
from tests.sandbox.api.permissions import MANAGE_CONTENT, has_permission
from tests.sandbox.api.responses import Response
from tests.sandbox.api.routing import action
from tests.sandbox.content.permissions import ContentReader, content_manager
from tests.sandbox.models.content import Place, is_visible
from tests.sandbox.models.people import Enrolment

_CONTENT = "/d2l/api/le/(version)/(orgUnitId)/content"
_SCOPES = ("content:access:read",)


@action("GET", f"{_CONTENT}/modules/(moduleId)/access/", scopes=_SCOPES)
def module_access(call: Call) -> Response:
    """The people who can see a module, by id, in pages."""
    reader = content_manager(call)
    return _page(call, reader, reader.place(reader.module(call.id("moduleId")).module_id))


@action("GET", f"{_CONTENT}/topics/(topicId)/access/", scopes=_SCOPES)
def topic_access(call: Call) -> Response:
    """The people who can see a topic, by id, in pages."""
    reader = content_manager(call)
    return _page(call, reader, reader.place(reader.topic(call.id("topicId")).topic_id))


def _page(call: Call, reader: ContentReader, place: Place) -> Response:
    world, person_id, role_id = call.world, call.number("userId"), call.number("roleId")
    enrolments = [
        enrolment
        for _, enrolment in sorted(world.enrolled_in(reader.outline.org_unit_id).items())
        if person_id in (None, enrolment.person_id)
        and role_id in (None, world.roles[enrolment.role].role_id)
        and _has_access(reader, place, enrolment)
    ]
    return object_list_page(
        call,
        enrolments,
        limit=world.switches.page_size,
        key=lambda enrolment: enrolment.person_id,
        render=lambda enrolment: _block(call, enrolment),
    )


def _has_access(reader: ContentReader, place: Place, enrolment: Enrolment) -> bool:
    world, unit_id = reader.world, reader.outline.org_unit_id
    if has_permission(world, world.people[enrolment.person_id], MANAGE_CONTENT, unit_id):
        return True
    return world.org_units[unit_id].is_open(world.now) and is_visible(place.found, place.ancestors, world.now)


def _block(call: Call, enrolment: Enrolment) -> dict[str, Any]:
    role_id = call.world.roles[enrolment.role].role_id
    if call.world.switches.user_access == "user_id":
        return {"UserId": enrolment.person_id, "RoleId": role_id}
    return {"Identifier": str(enrolment.person_id), "RoleId": role_id}
