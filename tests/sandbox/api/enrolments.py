"""Who is enrolled where, with which role, and whether a course is finished as a whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from tests.sandbox.answers import Answer, Refusal, paged_result_set, utc
from tests.sandbox.permissions import (
    SEE_ENROLMENTS,
    SET_COMPLETION,
    allowed,
    audits,
    require,
    require_org_unit,
    require_person,
    require_user,
)
from tests.sandbox.routing import Call, action, utc_date
from tests.sandbox.world import TYPE_NAMES, Enrolment, OrgUnit, Role

_OF_UNIT = "/d2l/api/lp/(version)/enrollments/orgUnits/(orgUnitId)/users/"
_COMPLETION = f"{_OF_UNIT}(userId)/completion"
_SORTS: dict[str, Callable[[OrgUnit], Any]] = {
    "EndDate": lambda unit: utc(unit.end) or "",
    # Nobody has pinned anything here, so that pins leave the order alone.
    "PinDate": lambda unit: "",
    "OrgUnitTypeId": lambda unit: unit.type_id,
    "OrgUnitName": lambda unit: unit.name.lower(),
    "StartDate": lambda unit: utc(unit.start) or "",
}


@action(
    "GET",
    "/d2l/api/lp/(version)/enrollments/myenrollments/",
    scopes=("enrollment:own_enrollment:read",),
)
def my_enrollments(call: Call) -> Answer:
    """The caller's own enrolments, filtered and sorted, in pages."""
    mine = call.world.enrolments_of(call.person().person_id)
    units = [unit for unit in _units(call, mine) if _matches(call, unit)]
    sort = call.text("sortBy")
    if sort:
        if sort.removeprefix("-") not in _SORTS:
            raise Refusal.invalid_parameters(f"The value '{sort}' is not valid for sortBy.")
        units.sort(key=_SORTS[sort.removeprefix("-")], reverse=sort.startswith("-"))
    return paged_result_set(
        call,
        units,
        key=lambda unit: unit.org_unit_id,
        page_size=call.world.switches.page_size,
        render=lambda unit: _my_unit(call, unit, _role(call, mine[unit.org_unit_id])),
    )


@action(
    "GET",
    "/d2l/api/lp/(version)/enrollments/users/(userId)/orgUnits/",
    scopes=("enrollment:orgunit:read",),
)
def org_units_of_user(call: Call) -> Answer:
    """Another person's enrolments with the roles held there, in pages."""
    person = require_user(call, call.id("userId"))
    theirs = call.world.enrolments_of(person.person_id)
    role_id = call.number("roleId")
    types = call.ids_csv("orgUnitTypeId")
    units = [
        unit
        for unit in _units(call, theirs)
        if (not types or unit.type_id in types) and role_id in (None, _role(call, theirs[unit.org_unit_id]).role_id)
    ]
    return paged_result_set(
        call,
        units,
        key=lambda unit: unit.org_unit_id,
        page_size=call.world.switches.page_size,
        render=lambda unit: {
            "OrgUnit": _org_unit(call, unit),
            "Role": _role_block(_role(call, theirs[unit.org_unit_id])),
        },
    )


@action("GET", _OF_UNIT, scopes=("enrollment:orgunit:read",))
def users_of_org_unit(call: Call) -> Answer:
    """Everybody enrolled in an org unit, in pages ordered by id."""
    unit = require_org_unit(call)
    require(call, SEE_ENROLMENTS, unit.org_unit_id)
    role_id, is_active = call.number("roleId"), call.boolean("isActive")
    listed = [
        enrolment
        for _, enrolment in sorted(call.world.enrolled_in(unit.org_unit_id).items())
        if role_id in (None, _role(call, enrolment).role_id)
        and is_active in (None, call.world.people[enrolment.person_id].is_active)
    ]
    return paged_result_set(
        call,
        listed,
        key=lambda enrolment: enrolment.person_id,
        page_size=call.world.switches.page_size,
        render=lambda enrolment: {
            "User": _user(call, enrolment.person_id),
            "Role": _role_block(_role(call, enrolment)),
        },
    )


@action("GET", f"{_OF_UNIT}(userId)", scopes=("enrollment:orgunit:read",))
def enrolment_of_user(call: Call) -> Answer:
    """One enrolment; 404 when the person is not enrolled there."""
    enrolment = _enrolment(call, SEE_ENROLMENTS)
    return Answer(
        {
            "OrgUnitId": enrolment.org_unit_id,
            "UserId": enrolment.person_id,
            "RoleId": _role(call, enrolment).role_id,
            "IsCascading": False,
        }
    )


@action("GET", _COMPLETION, scopes=("enrollment:completion:read",))
def course_completion(call: Call) -> Answer:
    """Whether the course is marked finished for a person."""
    enrolment = _enrolment(call, SEE_ENROLMENTS)
    return _completion(call, enrolment)


@action("PUT", _COMPLETION, scopes=("enrollment:completion:update",))
def set_course_completion(call: Call) -> Answer:
    """Marks the course finished or not; without a date, now."""
    enrolment = _enrolment(call, SET_COMPLETION)
    body = call.json()
    if not isinstance(body, dict) or not isinstance(body.get("Completion"), bool):
        raise Refusal.invalid_parameters("Completion is true or false.")
    moment: datetime = call.world.now
    if body.get("CompletionDate") is not None:
        moment = utc_date(body["CompletionDate"], "CompletionDate")
    key = (enrolment.org_unit_id, enrolment.person_id)
    if body["Completion"]:
        call.world.course_completions[key] = moment
    else:
        call.world.course_completions.pop(key, None)
    return _completion(call, enrolment)


def _enrolment(call: Call, permission: str) -> Enrolment:
    unit, person = require_org_unit(call), require_person(call, call.id("userId"))
    caller = call.person()
    own = permission == SEE_ENROLMENTS and (person is caller or audits(call.world, caller, person))
    if not own and not allowed(call.world, caller, permission, unit.org_unit_id):
        raise Refusal.not_authorized(permission, unit.org_unit_id)
    enrolment = call.world.enrolled_in(unit.org_unit_id).get(person.person_id)
    if enrolment is None:
        raise Refusal.not_found()
    return enrolment


def _completion(call: Call, enrolment: Enrolment) -> Answer:
    key = (enrolment.org_unit_id, enrolment.person_id)
    moment = call.world.course_completions.get(key)
    return Answer({"Completion": moment is not None, "CompletionDate": utc(moment)})


def _units(call: Call, enrolments: dict[int, Enrolment]) -> list[OrgUnit]:
    return [call.world.org_units[unit_id] for unit_id in sorted(enrolments)]


def _matches(call: Call, unit: OrgUnit) -> bool:
    types = call.ids_csv("orgUnitTypeId")
    after, before = call.date("startDateTime"), call.date("endDateTime")
    return (
        (not types or unit.type_id in types)
        and call.boolean("isActive") in (None, unit.is_active)
        and call.boolean("canAccess") in (None, unit.is_open(call.world.now))
        and (after is None or unit.end is None or unit.end >= after)
        and (before is None or unit.start is None or unit.start <= before)
    )


def _my_unit(call: Call, unit: OrgUnit, role: Role) -> dict[str, Any]:
    return {
        "OrgUnit": _org_unit(call, unit),
        "Access": {
            "IsActive": unit.is_active,
            "StartDate": utc(unit.start),
            "EndDate": utc(unit.end),
            "CanAccess": unit.is_open(call.world.now),
            "ClasslistRoleName": role.name,
            "LISRoles": list(role.lis_roles),
            "LastAccessed": utc(call.person().last_accessed),
        },
        "PinDate": None,
    }


def _org_unit(call: Call, unit: OrgUnit) -> dict[str, Any]:
    name = TYPE_NAMES[unit.type_id]
    return {
        "Id": unit.org_unit_id,
        "Type": {"Id": unit.type_id, "Code": name, "Name": name},
        "Name": unit.name,
        "Code": unit.code,
        "HomeUrl": f"{call.host_url}/d2l/home/{unit.org_unit_id}",
        "ImageUrl": None,
    }


def _user(call: Call, person_id: int) -> dict[str, Any]:
    person = call.world.people[person_id]
    return {
        "Identifier": str(person.person_id),
        "DisplayName": person.display_name,
        "EmailAddress": person.email,
        "OrgDefinedId": person.org_defined_id,
        "ProfileBadgeUrl": None,
        "ProfileIdentifier": person.profile_identifier,
        "UserName": person.user_name,
    }


def _role(call: Call, enrolment: Enrolment) -> Role:
    return call.world.roles[enrolment.role]


def _role_block(role: Role) -> dict[str, Any]:
    return {"Id": role.role_id, "Code": role.name.replace(" ", ""), "Name": role.name}
