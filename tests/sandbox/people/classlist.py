"""The classlist of an org unit, whole or in pages; it is an action of ``le``, not of ``lp``."""

from __future__ import annotations

from typing import Any

from tests.sandbox.api.calls import Call
from tests.sandbox.api.dates import format_utc
from tests.sandbox.api.paging import object_list_page
from tests.sandbox.api.permissions import require_membership
from tests.sandbox.api.responses import Response
from tests.sandbox.api.routing import action
from tests.sandbox.models.people import Enrolment, OrgUnit

_CLASSLIST = "/d2l/api/le/(version)/(orgUnitId)/classlist/"


@action("GET", _CLASSLIST, scopes=("enrollment:orgunit:read",))
def classlist(call: Call) -> Response:
    """Everybody in the org unit, as a bare list."""
    unit = require_membership(call)
    return Response([_classlist_user(call, enrolment) for enrolment in _enrolments(call, unit)])


@action("GET", f"{_CLASSLIST}paged/", scopes=("enrollment:orgunit:read",))
def classlist_paged(call: Call) -> Response:
    """The classlist in pages, by display name and id, filtered by role and search term."""
    unit = require_membership(call)
    role_id, term = call.number("roleId"), call.text("searchTerm").lower()
    graded_only = call.boolean("onlyShowShownInGrades", False)
    found = [
        enrolment
        for enrolment in _enrolments(call, unit)
        if role_id in (None, call.world.roles[enrolment.role].role_id)
        and (not graded_only or enrolment.role == "learner")
        and term in call.world.people[enrolment.person_id].display_name.lower()
    ]
    return object_list_page(
        call,
        found,
        limit=call.world.switches.page_size,
        key=lambda enrolment: enrolment.person_id,
        render=lambda enrolment: _classlist_user(call, enrolment),
    )


def _enrolments(call: Call, unit: OrgUnit) -> list[Enrolment]:
    people = call.world.people
    return sorted(
        call.world.enrolled_in(unit.org_unit_id).values(),
        key=lambda enrolment: (people[enrolment.person_id].display_name, str(enrolment.person_id)),
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
        "LastAccessed": format_utc(person.last_accessed),
        "IsOnline": False,
        "ClasslistRoleDisplayName": role.name,
        "Pronouns": person.pronouns,
        **person.extra,
    }
