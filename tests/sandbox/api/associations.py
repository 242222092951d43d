"""Awards in use: which award is associated with which org unit."""

from __future__ import annotations

from tests.sandbox.answers import Answer, Refusal
from tests.sandbox.api import award_fields as read
from tests.sandbox.api.award_blocks import association_block, award_block, award_page
from tests.sandbox.award_permissions import asked_types, demand_verbs, permitted, reachable_unit
from tests.sandbox.award_rights import ASSOCIATE, SEE
from tests.sandbox.award_search import contains, matches_association
from tests.sandbox.awards_model import Association, Award
from tests.sandbox.routing import Call, action

_OF_UNIT = "/d2l/api/bas/(version)/orgunits/(orgUnitId)/associations/"
_ONE = f"{_OF_UNIT}(associationId)"


@action("GET", _OF_UNIT, since="1.1")
def associations(call: Call) -> Answer:
    """An org unit's associations with awards of the types the caller may see."""
    unit_id = reachable_unit(call).org_unit_id
    types = permitted(call, SEE, org_unit_id=unit_id, types=asked_types(call))
    found = [
        one
        for one in call.world.awards.of_unit(unit_id)
        if _award(call, one).award_type in types and matches_association(call, one)
    ]
    return award_page(call, found, lambda one: association_block(call, one))


@action("GET", f"{_OF_UNIT}availableToManage/", since="1.1")
def available_to_manage(call: Call) -> Answer:
    """Every award that is, or could be, associated with the org unit."""
    unit = reachable_unit(call)
    types = permitted(call, SEE, ASSOCIATE, org_unit_id=unit.org_unit_id, types=asked_types(call))
    used = {one.award_id: one for one in call.world.awards.of_unit(unit.org_unit_id)}
    mine = call.person().person_id if call.boolean("showMine", False) else None
    found = [
        award
        for award in call.world.awards.awards.values()
        if not award.is_deleted
        and award.award_type in types
        and mine in (None, award.created_by)
        and contains(call, award.title, award.description, unit.name if award.award_id in used else None)
    ]
    return award_page(
        call,
        found,
        lambda award: {
            "AssociationId": used[award.award_id].association_id if award.award_id in used else None,
            "Award": award_block(call, award),
        },
    )


@action("GET", _ONE, since="1.1")
def association(call: Call) -> Answer:
    """One association."""
    return Answer(association_block(call, _of_path(call, SEE)))


@action("POST", _OF_UNIT, since="1.1")
def associate(call: Call) -> Answer:
    """Associates an award with the org unit; 201, or 400 when it already is."""
    unit_id = reachable_unit(call).org_unit_id
    permitted(call, SEE, ASSOCIATE, org_unit_id=unit_id)
    body = read.body_block(call, "AssociationCreate")
    award_id, credit, is_hidden = read.d2lid(body, "AwardId"), read.credit(body), read.flag(body, "HiddenAward")
    book = call.world.awards
    award = book.awards.get(award_id)
    if award is None or award.is_deleted:
        raise Refusal.not_found()
    demand_verbs(call, award.award_type, SEE, ASSOCIATE, org_unit_id=unit_id)
    if book.association(unit_id, award_id) is not None:
        read.refuse("AwardId: the award is already associated with this org unit.")
    made = Association(book.next_id(book.associations), unit_id, award_id, credit, is_hidden)
    book.associations[made.association_id] = made
    return Answer(association_block(call, made), 201)


@action("PUT", _ONE, since="1.1")
def update_association(call: Call) -> Answer:
    """Changes credit and hiding of an association; null takes the credit away."""
    kept = _of_path(call, SEE, ASSOCIATE)
    body = read.body_block(call, "AssociationUpdate")
    credit, is_hidden = read.credit(body), read.flag(body, "HiddenAward")
    kept.credit, kept.is_hidden = credit, is_hidden
    return Answer(association_block(call, kept))


@action("DELETE", _ONE, since="1.1")
def delete_association(call: Call) -> Answer:
    """Ends the use of an award in the org unit; what was issued there stays issued."""
    kept = _of_path(call, SEE, ASSOCIATE)
    del call.world.awards.associations[kept.association_id]
    return Answer.empty()


def _of_path(call: Call, *verbs: str) -> Association:
    """The association of the path, of a type for which the caller has the verbs there."""
    unit_id = reachable_unit(call).org_unit_id
    permitted(call, *verbs, org_unit_id=unit_id)
    wanted = call.id("associationId")
    for one in call.world.awards.of_unit(unit_id):
        if one.association_id == wanted:
            demand_verbs(call, _award(call, one).award_type, *verbs, org_unit_id=unit_id)
            return one
    raise Refusal.not_found()


def _award(call: Call, one: Association) -> Award:
    return call.world.awards.awards[one.award_id]
