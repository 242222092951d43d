"""Associations: which award is used in which org unit."""

from __future__ import annotations

from tests.sandbox.api.calls import Call
from tests.sandbox.api.responses import ApiError, Response
from tests.sandbox.api.routing import action
from tests.sandbox.awards import request_fields
from tests.sandbox.awards.blocks import association_block, award_block, award_page
from tests.sandbox.awards.permissions import (
    ASSOCIATE,
    SEE,
    org_unit_of_path,
    permitted_types,
    requested_types,
    require_verbs,
)
from tests.sandbox.awards.queries import contains, matches_association
from tests.sandbox.models.awards import Association, Award

_OF_UNIT = "/d2l/api/bas/(version)/orgunits/(orgUnitId)/associations/"
_ONE = f"{_OF_UNIT}(associationId)"


@action("GET", _OF_UNIT, since="1.1")
def associations(call: Call) -> Response:
    """An org unit's associations with awards of the types the caller may see."""
    unit_id = org_unit_of_path(call).org_unit_id
    types = permitted_types(call, SEE, org_unit_id=unit_id, types=requested_types(call))
    found = [
        association
        for association in call.world.awards.of_unit(unit_id)
        if _award(call, association).award_type in types and matches_association(call, association)
    ]
    return award_page(call, found, lambda association: association_block(call, association))


@action("GET", f"{_OF_UNIT}availableToManage/", since="1.1")
def available_to_manage(call: Call) -> Response:
    """Every award that is, or could be, associated with the org unit, in pages."""
    unit = org_unit_of_path(call)
    types = permitted_types(call, SEE, ASSOCIATE, org_unit_id=unit.org_unit_id, types=requested_types(call))
    association_ids = {
        association.award_id: association.association_id for association in call.world.awards.of_unit(unit.org_unit_id)
    }
    created_by = call.person().person_id if call.boolean("showMine", False) else None
    found = [
        award
        for award in call.world.awards.awards.values()
        if not award.is_deleted
        and award.award_type in types
        and created_by in (None, award.created_by)
        and contains(call, award.title, award.description, unit.name if award.award_id in association_ids else None)
    ]
    return award_page(
        call,
        found,
        lambda award: {"AssociationId": association_ids.get(award.award_id), "Award": award_block(call, award)},
    )


@action("GET", _ONE, since="1.1")
def one_association(call: Call) -> Response:
    """One association."""
    return Response(association_block(call, _association_of_path(call, SEE)))


@action("POST", _OF_UNIT, since="1.1")
def create_association(call: Call) -> Response:
    """Associates an award with the org unit; 201, or 400 when it already is."""
    unit_id = org_unit_of_path(call).org_unit_id
    permitted_types(call, SEE, ASSOCIATE, org_unit_id=unit_id)
    body = request_fields.body_block(call, "AssociationCreate")
    award_id = request_fields.d2lid(body, "AwardId")
    credit, is_hidden = request_fields.credit(body), request_fields.flag(body, "HiddenAward")
    data = call.world.awards
    award = data.awards.get(award_id)
    if award is None or award.is_deleted:
        raise ApiError.not_found()
    require_verbs(call, award.award_type, SEE, ASSOCIATE, org_unit_id=unit_id)
    if data.association(unit_id, award_id) is not None:
        request_fields.refuse("AwardId: the award is already associated with this org unit.")
    association = Association(data.next_id(data.associations), unit_id, award_id, credit, is_hidden)
    data.associations[association.association_id] = association
    return Response(association_block(call, association), 201)


@action("PUT", _ONE, since="1.1")
def update_association(call: Call) -> Response:
    """Sets credit and hiding of an association; a null Credit removes it."""
    association = _association_of_path(call, SEE, ASSOCIATE)
    body = request_fields.body_block(call, "AssociationUpdate")
    credit, is_hidden = request_fields.credit(body), request_fields.flag(body, "HiddenAward")
    association.credit, association.is_hidden = credit, is_hidden
    return Response(association_block(call, association))


@action("DELETE", _ONE, since="1.1")
def delete_association(call: Call) -> Response:
    """Deletes an association; what was issued in the org unit stays issued."""
    association = _association_of_path(call, SEE, ASSOCIATE)
    del call.world.awards.associations[association.association_id]
    return Response.empty()


def _association_of_path(call: Call, *verbs: str) -> Association:
    """The association of the path; 403 unless the caller has the verbs' permissions for its type there."""
    unit_id = org_unit_of_path(call).org_unit_id
    permitted_types(call, *verbs, org_unit_id=unit_id)
    wanted = call.id("associationId")
    for association in call.world.awards.of_unit(unit_id):
        if association.association_id == wanted:
            require_verbs(call, _award(call, association).award_type, *verbs, org_unit_id=unit_id)
            return association
    raise ApiError.not_found()


def _award(call: Call, association: Association) -> Award:
    return call.world.awards.awards[association.award_id]
