"""User attributes, such as *Manager*. Every shape here is a guess: see the switch ``attributes_shape``."""

from __future__ import annotations

from typing import Any

from tests.sandbox.answers import Answer, Refusal
from tests.sandbox.permissions import SEE_ATTRIBUTES, allowed, audits, in_line, require_person
from tests.sandbox.routing import Call, action
from tests.sandbox.world import Person, World

_NAMES = {"7001": "Manager", "7002": "Job Title", "7003": "Department"}


@action("GET", "/d2l/api/lp/(version)/attributes/schemas/", scopes=("attributes:schemas:read",))
def schemas(call: Call) -> Answer:
    """What attributes there are."""
    _require_attributes(call, call.person())
    return Answer([{"AttributeId": key, "Name": name, "Type": _type(name)} for key, name in _NAMES.items()])


@action("GET", "/d2l/api/lp/(version)/attributes/users/(userId)", scopes=("attributes:users:read",))
def user_attributes(call: Call) -> Answer:
    """One person's attributes; those without a value are missing."""
    person = require_person(call, call.id("userId"))
    _require_attributes(call, person)
    values = {key: value for key in _NAMES if (value := _value(call.world, person, _NAMES[key]))}
    return Answer(_shaped(call, person, values))


def _require_attributes(call: Call, person: Person) -> None:
    caller, world = call.person(), call.world
    if allowed(world, caller, SEE_ATTRIBUTES):
        return
    near = person is caller or in_line(world, caller, person) or audits(world, caller, person)
    if caller.role != "manager" or not near or not world.switches.managers_read_attributes:
        raise Refusal.not_authorized(SEE_ATTRIBUTES, world.organisation.org_unit_id)


def _shaped(call: Call, person: Person, values: dict[str, str]) -> Any:
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
