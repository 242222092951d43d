"""An org unit's classlist, whole or in pages; it lives under ``le``, not ``lp``."""

from __future__ import annotations

from typing import Any

from tests.sandbox.answers import Answer, object_list_page, utc
from tests.sandbox.permissions import require_member
from tests.sandbox.routing import Call, action
from tests.sandbox.world import Enrolment, OrgUnit

_CLASSLIST = "/d2l/api/le/(version)/(orgUnitId)/classlist/"


@action("GET", _CLASSLIST, scopes=("enrollment:orgunit:read",))
def classlist(call: Call) -> Answer:
    """Everybody in the org unit, as a bare list."""
    unit = require_member(call)
    return Answer([_classlist_user(call, enrolment) for enrolment in _listed(call, unit)])


@action("GET", f"{_CLASSLIST}paged/", scopes=("enrollment:orgunit:read",))
def classlist_paged(call: Call) -> Answer:
    """The classlist in pages, by display name and id; can be searched."""
    unit = require_member(call)
    role_id, term = call.number("roleId"), call.text("searchTerm").lower()
    graded_only = call.boolean("onlyShowShownInGrades", False)
    listed = [
        enrolment
        for enrolment in _listed(call, unit)
        if role_id in (None, call.world.roles[enrolment.role].role_id)
        and (not graded_only or enrolment.role == "learner")
        and term in call.world.people[enrolment.person_id].display_name.lower()
    ]
    return object_list_page(
        call,
        listed,
        limit=call.world.switches.page_size,
        key=lambda enrolment: enrolment.person_id,
        render=lambda enrolment: _classlist_user(call, enrolment),
    )


def _listed(call: Call, unit: OrgUnit) -> list[Enrolment]:
    people = call.world.people
    return sorted(
        call.world.enrolled_in(unit.org_unit_id).values(),
        key=lambda one: (people[one.person_id].display_name, str(one.person_id)),
    )


def _classlist_user(call: Call, enrolment: Enrolment) -> dict[str, Any]:
    person, role = call.world.people[enrolment.person_id], call.world.roles[enrolment.role]
    return {
        "Identifier": str(person.person_id),
        "ProfileIdentifier": person.profile_identifier,
        "DisplayName": person.display_name,
        "Username": person.user_name,
        "OrgDefinedId": person.org_defined_id,
        "Email": person.email,
        "FirstName": person.first_name,
        "LastName": person.last_name,
        "RoleId": role.role_id,
        "LastAccessed": utc(person.last_accessed),
        "IsOnline": False,
        "ClasslistRoleDisplayName": role.name,
        "Pronouns": person.pronouns,
        **person.extra,
    }
