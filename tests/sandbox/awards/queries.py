"""Queries over awards: what a ``search`` finds, and which awards a person holds."""

from __future__ import annotations

from collections.abc import Iterable

from tests.sandbox.api.calls import Call
from tests.sandbox.models.awards import Association, Award, IssuedAward
from tests.sandbox.world import World


def contains(call: Call, *texts: str | None) -> bool:
    """Whether the ``search`` parameter is part of one of the texts, in any case; always true without a search."""
    wanted = call.text("search").lower()
    return not wanted or any(wanted in text.lower() for text in texts if text)


def matches_award(call: Call, award: Award) -> bool:
    """Whether title, description, or the name of an org unit that uses the award matches the search."""
    associations = call.world.awards.associations.values()
    unit_ids = [found.org_unit_id for found in associations if found.award_id == award.award_id]
    return contains(call, award.title, award.description, *(_name(call, unit_id) for unit_id in unit_ids))


def matches_association(call: Call, association: Association) -> bool:
    """Whether the award's title or description, or the org unit's name matches the search."""
    award = call.world.awards.awards[association.award_id]
    return contains(call, award.title, award.description, _name(call, association.org_unit_id))


def matches_issued(call: Call, issued: IssuedAward, *, with_unit: bool = True) -> bool:
    """Whether the award's title or description, or the name of the org unit it was issued in matches the search."""
    award = call.world.awards.awards[issued.award_id]
    unit_name = _name(call, issued.org_unit_id) if with_unit else None
    return contains(call, award.title, award.description, unit_name)


def not_revoked(issued: Iterable[IssuedAward]) -> list[IssuedAward]:
    """Those that are not revoked, oldest first."""
    return sorted(
        (award for award in issued if not award.is_revoked), key=lambda award: (award.issued_at, award.issued_id)
    )


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
        issued
        for issued in not_revoked(world.issued_to(person_id))
        if org_unit_id in (None, issued.org_unit_id)
        and awards[issued.award_id].award_type in wanted
        and (with_expired or issued.is_current(now))
    ]


def _name(call: Call, org_unit_id: int) -> str:
    return call.world.org_units[org_unit_id].name
