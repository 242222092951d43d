"""Permissions: their names in Brightspace, who holds them, and checks that raise the matching error."""

from __future__ import annotations

from tests.sandbox.api.calls import Call
from tests.sandbox.api.responses import ApiError
from tests.sandbox.models.people import OrgUnit, Person
from tests.sandbox.world import World

MANAGE_CONTENT = "Content.ManageContent"
SEE_PROGRESS = "UserProgress.SeeUserProgress"
SEE_ENROLMENTS = "Enrollments.SeeEnrollments"
SET_COMPLETION = "Enrollments.SetCourseCompletion"
SEARCH_USERS = "Users.SearchUsers"
SEE_USERS = "Users.SeeUserInformation"
AUDIT = "Auditors.AuditUsers"
VIEW_AUDITORS = "Auditors.ViewAuditors"
MANAGE_AUDITORS = "Auditors.ManageAuditors"
CPD_OF_REPORTS = "CPD.ManageDirectReports"
CPD_OF_ALL = "CPD.ManageAllRecords"
SEE_ATTRIBUTES = "Attributes.SeeUserAttributes"


def has_permission(world: World, person: Person, permission: str, org_unit_id: int | None = None) -> bool:
    """Whether the organisation-wide role of an admin, or the role held in an org unit, has the permission.

    Without ``org_unit_id`` the organisation-wide role alone counts.
    """
    if person.role == "admin" or org_unit_id is None:
        return permission in world.roles[person.role].permissions
    role = world.role_in(person.person_id, org_unit_id)
    return role is not None and permission in role.permissions


def manages(world: World, manager: Person, person: Person) -> bool:
    """Whether ``manager`` is above ``person`` in the management line (directly above, by the switch ``cpd_line``)."""
    seen: set[int] = set()
    above = person.manager_id
    while above is not None and above not in seen:
        if above == manager.person_id:
            return True
        if world.switches.cpd_line == "direct" or above not in world.people:
            return False
        seen.add(above)
        above = world.people[above].manager_id
    return False


def audits(world: World, auditor: Person, person: Person) -> bool:
    """Whether ``auditor`` audits ``person``; this does not follow from the management line."""
    return person.person_id in world.auditees.get(auditor.person_id, ())


def is_related(world: World, caller: Person, person: Person) -> bool:
    """Whether ``person`` is the caller, or somebody the caller manages or audits."""
    return person is caller or manages(world, caller, person) or audits(world, caller, person)


def require_permission(call: Call, permission: str, org_unit_id: int | None = None) -> None:
    """403 that names the permission unless the caller has it."""
    if not has_permission(call.world, call.person(), permission, org_unit_id):
        raise ApiError.not_authorized(permission, org_unit_id)


def require_person(call: Call, person_id: int) -> Person:
    """The person with this id; 404 when there is none."""
    person = call.world.people.get(person_id)
    if person is None:
        raise ApiError.not_found()
    return person


def require_org_unit(call: Call) -> OrgUnit:
    """The org unit of the path; 404 when there is none."""
    unit = call.world.org_units.get(call.id("orgUnitId"))
    if unit is None:
        raise ApiError.not_found()
    return unit


def require_membership(call: Call) -> OrgUnit:
    """The org unit of the path; 403 unless the caller is enrolled there or an admin."""
    unit, caller = require_org_unit(call), call.person()
    enrolled = call.world.role_in(caller.person_id, unit.org_unit_id) is not None
    if not enrolled and caller.role != "admin":
        raise ApiError.not_authorized("OrgUnit.Access", unit.org_unit_id)
    return unit


def require_cpd_access(call: Call, person_id: int) -> Person:
    """A person whose CPD the caller may see: oneself, anyone one manages, or everybody for an admin; 403 otherwise."""
    person, caller = require_person(call, person_id), call.person()
    if person.person_id == caller.person_id or has_permission(call.world, caller, CPD_OF_ALL):
        return person
    if has_permission(call.world, caller, CPD_OF_REPORTS) and manages(call.world, caller, person):
        return person
    raise ApiError.not_authorized(CPD_OF_REPORTS, call.world.organisation.org_unit_id)


def may_see_progress(call: Call, person: Person, org_unit_id: int, permission: str) -> bool:
    """Own progress, an auditee's, or with ``permission`` that of anyone enrolled in the org unit."""
    caller = call.person()
    if person.person_id == caller.person_id or audits(call.world, caller, person):
        return True
    enrolled = call.world.role_in(person.person_id, org_unit_id) is not None
    return enrolled and has_permission(call.world, caller, permission, org_unit_id)


def require_user_access(call: Call, person_id: int) -> Person:
    """A person whose profile or enrolments the caller may read; 403 otherwise, to learners always."""
    person, caller, world = require_person(call, person_id), call.person(), call.world
    if has_permission(world, caller, SEE_USERS) and (
        caller.role == "admin" or is_related(world, caller, person) or _shares_course(world, caller, person)
    ):
        return person
    raise ApiError.not_authorized(SEE_USERS, world.organisation.org_unit_id)


def _shares_course(world: World, caller: Person, person: Person) -> bool:
    """Whether the caller sees progress in some course ``person`` is enrolled in."""
    return any(
        has_permission(world, caller, SEE_PROGRESS, org_unit_id)
        for org_unit_id in world.enrolments_of(person.person_id)
        if org_unit_id in world.outlines
    )
