"""Who may do what with awards: by award type, in an org unit or in any role held anywhere."""

from __future__ import annotations

from collections.abc import Iterable

from tests.sandbox.answers import Refusal
from tests.sandbox.award_rights import (
    AWARD_TYPES,
    BADGE,
    CERTIFICATE,
    EARN,
    MANAGE,
    MANAGE_OWN,
    SEE,
    at_organisation,
    right,
    variable,
)
from tests.sandbox.permissions import allowed
from tests.sandbox.routing import Call
from tests.sandbox.world import OrgUnit, Person, World

BOTH = (BADGE, CERTIFICATE)


def holds(world: World, person: Person, permission: str, org_unit_id: int | None = None) -> bool:
    """Whether a person has a right in an org unit, or without one in any role held anywhere."""
    if org_unit_id is not None:
        return allowed(world, person, permission, org_unit_id)
    held = world.enrolments_of(person.person_id).values()
    return any(permission in world.roles[enrolment.role].permissions for enrolment in held)


def refusal(call: Call, permission: str, org_unit_id: int | None = None) -> Refusal:
    """The 403 that names a right; one of the organisation is named with its id."""
    name, at_the_organisation = variable(permission)
    return Refusal.not_authorized(name, call.world.organisation.org_unit_id if at_the_organisation else org_unit_id)


def demand(call: Call, permission: str, org_unit_id: int | None = None) -> None:
    """403 unless the caller has the right."""
    if not holds(call.world, call.person(), permission, org_unit_id):
        raise refusal(call, permission, org_unit_id)


def demand_any(call: Call, permissions: Iterable[str]) -> None:
    """403 that names the first right unless the caller has one of them somewhere."""
    asked = tuple(permissions)
    if not any(holds(call.world, call.person(), permission) for permission in asked):
        raise refusal(call, asked[0])


def demand_verbs(call: Call, award_type: int, *verbs: str, org_unit_id: int | None = None) -> None:
    """403 unless the caller has every verb for this type."""
    for verb in verbs:
        demand(call, right(verb, award_type), org_unit_id)


def permitted(
    call: Call, *verbs: str, org_unit_id: int | None = None, types: Iterable[int] = BOTH, at_org: bool = False
) -> frozenset[int]:
    """Those of ``types`` for which the caller has every verb; 403 when there is none.

    ``at_org`` asks for the rights of the organisation.
    """
    asked = tuple(types)
    wanted = {one: [_named(verb, one, at_org) for verb in verbs] for one in asked}
    person, world = call.person(), call.world
    found = frozenset(one for one in asked if all(holds(world, person, name, org_unit_id) for name in wanted[one]))
    if not found:
        names = wanted[asked[0]]
        lacking = next(name for name in names if not holds(world, person, name, org_unit_id))
        raise refusal(call, lacking, org_unit_id)
    return found


def seen_anywhere(call: Call, types: Iterable[int] = BOTH) -> frozenset[int]:
    """Those of ``types`` the caller may see in some course or at the organisation."""
    person, world = call.person(), call.world
    return frozenset(
        one
        for one in types
        if holds(world, person, right(SEE, one)) or holds(world, person, at_organisation(right(SEE, one)))
    )


def asked_types(call: Call) -> tuple[int, ...]:
    """The types the ``awardType`` parameter asks for, by name or number; both when absent."""
    value = call.text("awardType")
    if value == "":
        return BOTH
    for name, number in AWARD_TYPES.items():
        if value.lower() == name.lower() or value == str(number):
            return (number,)
    raise Refusal.invalid_parameters(f"The value '{value}' is not valid for awardType.")


def demand_management(call: Call, award_type: int, created_by: int | None = None) -> None:
    """403 unless the caller may see and manage awards of this type, or this one of their own."""
    demand_verbs(call, award_type, SEE)
    person = call.person()
    if holds(call.world, person, right(MANAGE, award_type)):
        return
    if created_by not in (None, person.person_id):
        raise refusal(call, right(MANAGE, award_type))
    demand(call, right(MANAGE_OWN, award_type))


def demand_management_of_some(call: Call) -> None:
    """403 unless the caller may see and manage awards of at least one type."""
    person, world = call.person(), call.world
    for award_type in BOTH:
        managing = (right(MANAGE, award_type), right(MANAGE_OWN, award_type))
        if holds(world, person, right(SEE, award_type)) and any(holds(world, person, one) for one in managing):
            return
    raise refusal(call, right(MANAGE_OWN, BADGE))


def can_earn(world: World, person_id: int, org_unit_id: int, award_type: int) -> bool:
    """Whether the role held in the org unit earns awards of this type."""
    role = world.role_in(person_id, org_unit_id)
    return role is not None and right(EARN, award_type) in role.permissions


def reachable_unit(call: Call) -> OrgUnit:
    """The org unit of the path where the reference lists no 404: an unknown one is a 403."""
    unit = call.world.org_units.get(call.id("orgUnitId"))
    if unit is None:
        raise Refusal.not_authorized(right(SEE, BADGE), call.id("orgUnitId"))
    return unit


def library_readers(award_types: Iterable[int], *library_rights: str) -> list[str]:
    """The rights of the organisation of which one is enough to read a library."""
    verbs = (SEE, MANAGE_OWN, MANAGE)
    named = [right(verb, award_type) for award_type in award_types for verb in verbs]
    return [at_organisation(permission) for permission in (*named, *library_rights)]


def _named(verb: str, award_type: int, at_org: bool) -> str:
    permission = right(verb, award_type)
    return at_organisation(permission) if at_org else permission
