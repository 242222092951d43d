"""Who may see and do what: roles' permissions, the management line and the auditor relation.

The ``require_*`` functions raise the refusal Brightspace would answer with.
"""

from __future__ import annotations

from tests.sandbox import award_rights
from tests.sandbox.answers import Refusal
from tests.sandbox.routing import Call
from tests.sandbox.world import OrgUnit, Person, World

MANAGE_CONTENT = "Content.ManageContent"
SEE_PROGRESS = "UserProgress.SeeUserProgress"
SEE_ENROLMENTS = "Enrollments.SeeEnrollments"
SET_COMPLETION = "Enrollments.SetCourseCompletion"
SEARCH_USERS = "Users.SearchUsers"
SEE_USERS = "Users.SeeUserInformation"
AUDIT = "Auditors.AuditUsers"
VIEW_AUDITORS = "Auditors.ViewAuditors"
MANAGE_AUDITORS = "Auditors.ManageAuditors"
OWN_CPD = "CPD.ManagePersonalRecords"
CPD_OF_REPORTS = "CPD.ManageDirectReports"
CPD_OF_ALL = "CPD.ManageAllRecords"
SEE_ATTRIBUTES = "Attributes.SeeUserAttributes"

OF_LEARNERS = award_rights.OF_LEARNERS
OF_MANAGERS = frozenset({AUDIT, SEE_USERS, SEE_ENROLMENTS, CPD_OF_REPORTS}) | award_rights.OF_MANAGERS
OF_COURSE_LEADS = OF_MANAGERS | {MANAGE_CONTENT, SEE_PROGRESS, SET_COMPLETION} | award_rights.OF_COURSE_LEADS
OF_INSTRUCTORS = (
    frozenset({AUDIT, SEE_USERS, SEE_ENROLMENTS, SET_COMPLETION, MANAGE_CONTENT, SEE_PROGRESS})
    | award_rights.OF_INSTRUCTORS
)
EVERY = (
    frozenset({SEARCH_USERS, VIEW_AUDITORS, MANAGE_AUDITORS, CPD_OF_ALL, SEE_ATTRIBUTES})
    | OF_MANAGERS
    | OF_INSTRUCTORS
    | award_rights.OF_ADMINISTRATORS
)


def allowed(world: World, person: Person, permission: str, org_unit_id: int | None = None) -> bool:
    """Whether the organisation-wide role of an admin, or the role held in a unit, permits it.

    Without ``org_unit_id`` the organisation-wide role alone counts.
    """
    if person.role == "admin" or org_unit_id is None:
        return permission in world.roles[person.role].permissions
    role = world.role_in(person.person_id, org_unit_id)
    return role is not None and permission in role.permissions


def in_line(world: World, manager: Person, person: Person) -> bool:
    """Whether ``manager`` stands above ``person`` in the line (next above only, by switch)."""
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
    """Whether ``auditor`` audits ``person``; never follows from the management line."""
    return person.person_id in world.auditees.get(auditor.person_id, ())


def shares_course(world: World, caller: Person, person: Person) -> bool:
    """Whether ``caller`` sees progress in some org unit ``person`` is enrolled in."""
    return any(
        allowed(world, caller, SEE_PROGRESS, org_unit_id)
        for org_unit_id in world.enrolments_of(person.person_id)
        if org_unit_id in world.outlines
    )


def require(call: Call, permission: str, org_unit_id: int | None = None) -> None:
    """403 that names the permission unless the caller has it."""
    if not allowed(call.world, call.person(), permission, org_unit_id):
        raise Refusal.not_authorized(permission, org_unit_id)


def require_person(call: Call, person_id: int) -> Person:
    """The person with this id; 404 when there is none."""
    person = call.world.people.get(person_id)
    if person is None:
        raise Refusal.not_found()
    return person


def require_org_unit(call: Call) -> OrgUnit:
    """The org unit of the path; 404 when there is none."""
    unit = call.world.org_units.get(call.id("orgUnitId"))
    if unit is None:
        raise Refusal.not_found()
    return unit


def require_member(call: Call) -> OrgUnit:
    """The org unit of the path; 403 unless the caller is enrolled there or an admin."""
    unit, caller = require_org_unit(call), call.person()
    enrolled = call.world.role_in(caller.person_id, unit.org_unit_id) is not None
    if not enrolled and caller.role != "admin":
        raise Refusal.not_authorized("OrgUnit.Access", unit.org_unit_id)
    return unit


def require_cpd_of(call: Call, person_id: int) -> Person:
    """The person whose CPD is asked for: oneself, one's line, or anyone for an admin."""
    person, caller = require_person(call, person_id), call.person()
    if person.person_id == caller.person_id or allowed(call.world, caller, CPD_OF_ALL):
        return person
    if allowed(call.world, caller, CPD_OF_REPORTS) and in_line(call.world, caller, person):
        return person
    raise Refusal.not_authorized(CPD_OF_REPORTS, call.world.organisation.org_unit_id)


def may_see_progress(call: Call, person: Person, org_unit_id: int, permission: str) -> bool:
    """Own progress, an auditee's, or with ``permission`` that of anyone enrolled in the unit."""
    caller = call.person()
    if person.person_id == caller.person_id or audits(call.world, caller, person):
        return True
    enrolled = call.world.role_in(person.person_id, org_unit_id) is not None
    return enrolled and allowed(call.world, caller, permission, org_unit_id)


def require_user(call: Call, person_id: int) -> Person:
    """A person whose profile or enrolments the caller may read; learners may read nobody's."""
    person, caller, world = require_person(call, person_id), call.person(), call.world
    if not allowed(world, caller, SEE_USERS):
        raise Refusal.not_authorized(SEE_USERS, world.organisation.org_unit_id)
    near = person is caller or in_line(world, caller, person) or audits(world, caller, person)
    if near or caller.role == "admin" or shares_course(world, caller, person):
        return person
    raise Refusal.not_authorized(SEE_USERS, world.organisation.org_unit_id)
