"""User attributes, such as *Manager*. Every shape here is a guess: see the switch ``attributes_shape``."""

from __future__ import annotations

from typing import Any

from tests.sandbox.api.calls import Call
from tests.sandbox.api.permissions import SEE_ATTRIBUTES, has_permission, is_related, require_person
from tests.sandbox.api.responses import ApiError, Response
from tests.sandbox.api.routing import action
from tests.sandbox.models.people import Person
from tests.sandbox.world import World

_NAMES = {"7001": "Manager", "7002": "Job Title", "7003": "Department"}


@action("GET", "/d2l/api/lp/(version)/attributes/schemas/", scopes=("attributes:schemas:read",))
def schemas(call: Call) -> Response:
    """The attributes that exist."""
    _require_attribute_access(call, call.person())
    return Response([{"AttributeId": key, "Name": name, "Type": _type(name)} for key, name in _NAMES.items()])


@action("GET", "/d2l/api/lp/(version)/attributes/users/(userId)", scopes=("attributes:users:read",))
def user_attributes(call: Call) -> Response:
    """One person's attributes that have a value."""
    person = require_person(call, call.id("userId"))
    _require_attribute_access(call, person)
    values = {key: value for key in _NAMES if (value := _value(call.world, person, _NAMES[key]))}
    return Response(_in_shape(call, person, values))


def _require_attribute_access(call: Call, person: Person) -> None:
    caller, world = call.person(), call.world
    if has_permission(world, caller, SEE_ATTRIBUTES):
        return
    may_read = world.switches.managers_read_attributes and caller.role == "manager"
    if not may_read or not is_related(world, caller, person):
        raise ApiError.not_authorized(SEE_ATTRIBUTES, world.organisation.org_unit_id)


def _in_shape(call: Call, person: Person, values: dict[str, str]) -> Any:
    by_name = [{"Name": _NAMES[key], "Value": value} for key, value in values.items()]
    match call.world.switches.attributes_shape:
        case "by_name":
            return {"UserId": person.person_id, "Attributes": by_name}
        case "object":
            return {_NAMES[key]: value for key, value in values.items()}
        case "bare":
            return by_name
    by_id = [{"AttributeId": key, "Value": [value]} for key, value in values.items()]
    return {"UserId": str(person.person_id), "Attributes": by_id}


def _value(world: World, person: Person, name: str) -> str:
    if name == "Manager":
        manager = world.people.get(person.manager_id or 0)
        return manager.user_name if manager else ""
    return person.job_title if name == "Job Title" else "Nursing"


def _type(name: str) -> str:
    return "user" if name == "Manager" else "string"
