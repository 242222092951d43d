"""Enrolments: the caller's, another person's, and those of an org unit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.sandbox.api.calls import Call
from tests.sandbox.api.dates import format_utc
from tests.sandbox.api.paging import paged_result_set
from tests.sandbox.api.permissions import (
    SEE_ENROLMENTS,
    audits,
    has_permission,
    require_org_unit,
    require_permission,
    require_person,
    require_user_access,
)
from tests.sandbox.api.responses import ApiError, Response
from tests.sandbox.api.routing import action
from tests.sandbox.models.people import ORG_UNIT_TYPES, Enrolment, OrgUnit, Role

_OF_UNIT = "/d2l/api/lp/(version)/enrollments/orgUnits/(orgUnitId)/users/"
_SORT_KEYS: dict[str, Callable[[OrgUnit], Any]] = {
    "EndDate": lambda unit: format_utc(unit.end) or "",
    # Nothing is pinned in the sandbox, so sorting by pin changes nothing.
    "PinDate": lambda unit: "",
    "OrgUnitTypeId": lambda unit: unit.type_id,
    "OrgUnitName": lambda unit: unit.name.lower(),
    "StartDate": lambda unit: format_utc(unit.start) or "",
}


@action(
    "GET",
    "/d2l/api/lp/(version)/enrollments/myenrollments/",
    scopes=("enrollment:own_enrollment:read",),
)
def my_enrollments(call: Call) -> Response:
    """The caller's own enrolments, filtered and sorted, in pages."""
    enrolments = call.world.enrolments_of(call.person().person_id)
    units = [unit for unit in _units(call, enrolments) if _matches(call, unit)]
    sort = call.text("sortBy")
    if sort:
        if sort.removeprefix("-") not in _SORT_KEYS:
            raise ApiError.invalid_parameters(f"The value '{sort}' is not valid for sortBy.")
        units.sort(key=_SORT_KEYS[sort.removeprefix("-")], reverse=sort.startswith("-"))
    return paged_result_set(
        call,
        units,
        key=lambda unit: unit.org_unit_id,
        page_size=call.world.switches.page_size,
        render=lambda unit: _my_unit(call, unit, _role(call, enrolments[unit.org_unit_id])),
    )


@action(
    "GET",
    "/d2l/api/lp/(version)/enrollments/users/(userId)/orgUnits/",
    scopes=("enrollment:orgunit:read",),
)
def org_units_of_user(call: Call) -> Response:
    """Another person's enrolments with the roles held there, in pages."""
    person = require_user_access(call, call.id("userId"))
    enrolments = call.world.enrolments_of(person.person_id)
    role_id = call.number("roleId")
    types = call.ids_csv("orgUnitTypeId")
    units = [
        unit
        for unit in _units(call, enrolments)
        if (not types or unit.type_id in types) and role_id in (None, _role(call, enrolments[unit.org_unit_id]).role_id)
    ]
    return paged_result_set(
        call,
        units,
        key=lambda unit: unit.org_unit_id,
        page_size=call.world.switches.page_size,
        render=lambda unit: {
            "OrgUnit": _org_unit(call, unit),
            "Role": _role_block(_role(call, enrolments[unit.org_unit_id])),
        },
    )


@action("GET", _OF_UNIT, scopes=("enrollment:orgunit:read",))
def users_of_org_unit(call: Call) -> Response:
    """Everybody enrolled in an org unit, in pages ordered by id."""
    unit = require_org_unit(call)
    require_permission(call, SEE_ENROLMENTS, unit.org_unit_id)
    role_id, is_active = call.number("roleId"), call.boolean("isActive")
    found = [
        enrolment
        for _, enrolment in sorted(call.world.enrolled_in(unit.org_unit_id).items())
        if role_id in (None, _role(call, enrolment).role_id)
        and is_active in (None, call.world.people[enrolment.person_id].is_active)
    ]
    return paged_result_set(
        call,
        found,
        key=lambda enrolment: enrolment.person_id,
        page_size=call.world.switches.page_size,
        render=lambda enrolment: {
            "User": _user(call, enrolment.person_id),
            "Role": _role_block(_role(call, enrolment)),
        },
    )


@action("GET", f"{_OF_UNIT}(userId)", scopes=("enrollment:orgunit:read",))
def get_enrolment(call: Call) -> Response:
    """One enrolment; 404 when the person is not enrolled there."""
    enrolment = enrolment_of_path(call, SEE_ENROLMENTS)
    return Response(
        {
            "OrgUnitId": enrolment.org_unit_id,
            "UserId": enrolment.person_id,
            "RoleId": _role(call, enrolment).role_id,
            "IsCascading": False,
        }
    )


def enrolment_of_path(call: Call, permission: str) -> Enrolment:
    """The enrolment of the path's person in its org unit; 404 when there is none.

    403 unless the caller has the permission; to see one's own or an auditee's enrolment nobody needs it.
    """
    unit, person = require_org_unit(call), require_person(call, call.id("userId"))
    caller = call.person()
    is_free = permission == SEE_ENROLMENTS and (person is caller or audits(call.world, caller, person))
    if not is_free and not has_permission(call.world, caller, permission, unit.org_unit_id):
        raise ApiError.not_authorized(permission, unit.org_unit_id)
    enrolment = call.world.enrolled_in(unit.org_unit_id).get(person.person_id)
    if enrolment is None:
        raise ApiError.not_found()
    return enrolment


def _units(call: Call, enrolments: dict[int, Enrolment]) -> list[OrgUnit]:
    return [call.world.org_units[unit_id] for unit_id in sorted(enrolments)]


def _matches(call: Call, unit: OrgUnit) -> bool:
    types = call.ids_csv("orgUnitTypeId")
    first, last = call.date("startDateTime"), call.date("endDateTime")
    return (
        (not types or unit.type_id in types)
        and call.boolean("isActive") in (None, unit.is_active)
        and call.boolean("canAccess") in (None, unit.is_open(call.world.now))
        and (first is None or unit.end is None or unit.end >= first)
        and (last is None or unit.start is None or unit.start <= last)
    )


def _my_unit(call: Call, unit: OrgUnit, role: Role) -> dict[str, Any]:
    return {
        "OrgUnit": _org_unit(call, unit),
        "Access": {
            "IsActive": unit.is_active,
            "StartDate": format_utc(unit.start),
            "EndDate": format_utc(unit.end),
            "CanAccess": unit.is_open(call.world.now),
            "ClasslistRoleName": role.name,
            "LISRoles": list(role.lis_roles),
            "LastAccessed": format_utc(call.person().last_accessed),
        },
        "PinDate": None,
    }


def _org_unit(call: Call, unit: OrgUnit) -> dict[str, Any]:
    name = ORG_UNIT_TYPES[unit.type_id]
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
