"""Issued awards: finding, listing and issuing them."""

from __future__ import annotations

from collections.abc import Iterable

from tests.sandbox.awards_model import FIRST_NEW_ISSUE, IssuedAward, issued_id_in
from tests.sandbox.world import World

OLDEST_SHOWN = 10


def standing(issued: Iterable[IssuedAward]) -> list[IssuedAward]:
    """Those that are not revoked, oldest first."""
    return sorted((one for one in issued if not one.is_revoked), key=lambda one: (one.issued_at, one.issued_id))


def held_by(
    world: World,
    person_id: int,
    types: Iterable[int],
    *,
    org_unit_id: int | None = None,
    with_expired: bool = False,
) -> list[IssuedAward]:
    """A person's awards of these types, oldest first, in one org unit or everywhere."""
    wanted, now, awards = set(types), world.now, world.awards.awards
    return [
        one
        for one in standing(world.issued_to(person_id))
        if org_unit_id in (None, one.org_unit_id)
        and awards[one.award_id].award_type in wanted
        and (with_expired or one.is_current(now))
    ]


def is_held(world: World, person_id: int, org_unit_id: int, award_id: int) -> bool:
    """Whether an award counts as issued already; an expired one by switch no longer does."""
    again = world.switches.award_reissue == "after_expiry"
    return any(
        one.award_id == award_id and one.org_unit_id == org_unit_id and not (again and not one.is_current(world.now))
        for one in standing(world.issued_to(person_id))
    )


def add(world: World, issued: IssuedAward) -> None:
    """Puts a newly issued award among its holder's."""
    world.awards.issued_anew[issued.issued_id] = issued
    world.issued_to(issued.person_id).append(issued)


def new_id(world: World) -> int:
    """An id no issued award has."""
    return FIRST_NEW_ISSUE + len(world.awards.issued_anew)


def of_certificate(world: World, certificate_id: str) -> IssuedAward | None:
    """The issued award whose certificate has this id, or None."""
    issued_id = issued_id_in(certificate_id)
    found = None if issued_id is None else world.issued(issued_id)
    return found if found is not None and found.certificate_id == certificate_id else None
