"""What the ``search`` parameter of the awards lists finds: part of a text, in any case."""

from __future__ import annotations

from tests.sandbox.awards_model import Association, Award, IssuedAward
from tests.sandbox.routing import Call


def contains(call: Call, *texts: str | None) -> bool:
    """Whether one of the texts contains the searched one; everything matches no search."""
    wanted = call.text("search").lower()
    return not wanted or any(wanted in text.lower() for text in texts if text)


def matches_award(call: Call, award: Award) -> bool:
    """Title, description, or the name of an org unit that uses the award."""
    used_in = [one.org_unit_id for one in call.world.awards.associations.values() if one.award_id == award.award_id]
    return contains(call, award.title, award.description, *(_name(call, unit_id) for unit_id in used_in))


def matches_association(call: Call, association: Association) -> bool:
    """Title and description of the award, or the name of the org unit."""
    award = call.world.awards.awards[association.award_id]
    return contains(call, award.title, award.description, _name(call, association.org_unit_id))


def matches_issued(call: Call, issued: IssuedAward, *, with_unit: bool = True) -> bool:
    """Title and description of the award, or the name of the org unit it was issued in."""
    award = call.world.awards.awards[issued.award_id]
    unit = _name(call, issued.org_unit_id) if with_unit else None
    return contains(call, award.title, award.description, unit)


def _name(call: Call, org_unit_id: int) -> str:
    return call.world.org_units[org_unit_id].name
