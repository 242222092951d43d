"""Associations: awards attached to org units."""

from msgspec.structs import replace

from awards.schemas import Association, AssociationCreate, AssociationUpdate, AwardAssociated, AwardType, MyAssociation
from awards.services.filters import MAX_PAGE_SIZE, filters, paging
from awards.validators import validate_association
from portal.brightspace import Read, Route, Write, action, d2l_id

IN_ORG_UNIT = Route("bas", "/orgunits/(orgUnitId)/associations/", since="1.2")
ONE = Route("bas", "/orgunits/(orgUnitId)/associations/(associationId)", since="1.2")
TO_EARN = Route("bas", "/associations/availableToEarn/", since="1.2")
TO_MANAGE = Route("bas", "/orgunits/(orgUnitId)/associations/availableToManage/", since="1.2")

Kind = AwardType | int | str | None


@action("GET", IN_ORG_UNIT)
def associations_in(
    org_unit_id: int, *, award_type: Kind = None, search: str | None = None, limit: int = MAX_PAGE_SIZE, offset: int = 0
) -> Read[list[Association]]:
    """``GET bas/orgunits/(orgUnitId)/associations/``: the awards attached to an org unit.

    Scope ``core:*:*``, BAS 1.2. Raises NotPermitted, Refused (filters).
    """
    query = filters(award_type, search, **paging(limit, offset))
    return Read(IN_ORG_UNIT, list[Association], ids=(("orgUnitId", org_unit_id),), query=query)


@action("GET", ONE)
def association(org_unit_id: int, association_id: int) -> Read[Association]:
    """``GET bas/orgunits/(orgUnitId)/associations/(associationId)``: one of them.

    Scope ``core:*:*``, BAS 1.2. Raises NotPermitted, NotFound.
    """
    return Read(ONE, Association, ids=_one(org_unit_id, association_id))


@action("GET", TO_EARN)
def available_to_earn(
    *,
    org_unit_id: int | None = None,
    award_type: Kind = None,
    search: str | None = None,
    limit: int = MAX_PAGE_SIZE,
    offset: int = 0,
) -> Read[list[MyAssociation]]:
    """``GET bas/associations/availableToEarn/``: awards the caller may earn or has earned.

    Scope ``core:*:*``, BAS 1.2. Raises NotPermitted, Refused (filters).
    """
    org_unit = None if org_unit_id is None else d2l_id(org_unit_id, "orgUnitId")
    query = filters(award_type, search, orgUnitId=org_unit, **paging(limit, offset))
    return Read(TO_EARN, list[MyAssociation], query=query)


@action("GET", TO_MANAGE)
def available_to_manage(
    org_unit_id: int,
    *,
    award_type: Kind = None,
    search: str | None = None,
    mine_only: bool | None = None,
    limit: int = MAX_PAGE_SIZE,
    offset: int = 0,
) -> Read[list[AwardAssociated]]:
    """``GET bas/orgunits/(orgUnitId)/associations/availableToManage/``: awards that are or could be attached.

    ``mine_only`` leaves out awards that others created.
    Scope ``core:*:*``, BAS 1.2. Raises NotPermitted, Refused (filters).
    """
    query = filters(award_type, search, showMine=mine_only, **paging(limit, offset))
    return Read(TO_MANAGE, list[AwardAssociated], ids=(("orgUnitId", org_unit_id),), query=query)


@action("POST", IN_ORG_UNIT)
def associate(org_unit_id: int, new: AssociationCreate) -> Write[Association]:
    """``POST bas/orgunits/(orgUnitId)/associations/``: attach an award to an org unit.

    Scope ``core:*:*``, BAS 1.2. Raises NotPermitted, NotFound (no such award), Refused (attached already).
    """
    body = replace(validate_association(new), award_id=d2l_id(new.award_id, "Award"))
    return Write("POST", IN_ORG_UNIT, Association, ids=(("orgUnitId", org_unit_id),), body=body)


@action("PUT", ONE)
def update(org_unit_id: int, association_id: int, changed: AssociationUpdate) -> Write[Association]:
    """``PUT bas/orgunits/(orgUnitId)/associations/(associationId)``: credit and visibility; None erases the credit.

    Scope ``core:*:*``, BAS 1.2. Raises NotPermitted, NotFound, Refused.
    """
    return Write("PUT", ONE, Association, ids=_one(org_unit_id, association_id), body=validate_association(changed))


@action("DELETE", ONE)
def remove(org_unit_id: int, association_id: int) -> Write[None]:
    """``DELETE bas/orgunits/(orgUnitId)/associations/(associationId)``: detach the award; what was issued stays.

    Scope ``core:*:*``, BAS 1.2. Raises NotPermitted, NotFound.
    """
    return Write("DELETE", ONE, ids=_one(org_unit_id, association_id))


def _one(org_unit_id: int, association_id: int) -> tuple[tuple[str, int], ...]:
    return (("orgUnitId", org_unit_id), ("associationId", association_id))
