"""Associations: awards attached to org units."""

from awards.filters import MAX_PAGE_SIZE, AwardTypeValue, filters, paging
from awards.schemas import Association, AssociationCreate, AssociationUpdate, AwardAssociated, MyAssociation
from awards.validators import validate_association, validate_new_association
from portal.brightspace import Read, Service, Write, delete, get, post, put


class AssociationService(Service):
    """Awards attached to org units. Every action may raise NotPermitted."""

    product, since, source = "bas", "1.2", "https://docs.valence.desire2learn.com/res/awards.html"

    @get("/orgunits/(orgUnitId)/associations/")
    def in_org_unit(
        self,
        org_unit_id: int,
        *,
        award_type: AwardTypeValue | None = None,
        search: str | None = None,
        limit: int = MAX_PAGE_SIZE,
        offset: int = 0,
    ) -> Read[list[Association]]:
        """The awards attached to an org unit. Raises Refused for a wrong filter."""
        query = filters(award_type=award_type, search=search) + paging(limit, offset)
        return self.read(list[Association], query=query, orgUnitId=org_unit_id)

    @get("/orgunits/(orgUnitId)/associations/(associationId)")
    def association(self, org_unit_id: int, association_id: int) -> Read[Association]:
        """One association. Raises NotFound."""
        return self.read(Association, orgUnitId=org_unit_id, associationId=association_id)

    @get("/associations/availableToEarn/")
    def available_to_earn(
        self,
        *,
        org_unit_id: int | None = None,
        award_type: AwardTypeValue | None = None,
        search: str | None = None,
        limit: int = MAX_PAGE_SIZE,
        offset: int = 0,
    ) -> Read[list[MyAssociation]]:
        """Awards that the caller can earn or has earned. Raises Refused for a wrong filter."""
        query = filters(award_type=award_type, search=search, org_unit_id=org_unit_id) + paging(limit, offset)
        return self.read(list[MyAssociation], query=query)

    @get("/orgunits/(orgUnitId)/associations/availableToManage/")
    def available_to_manage(
        self,
        org_unit_id: int,
        *,
        award_type: AwardTypeValue | None = None,
        search: str | None = None,
        mine_only: bool | None = None,
        limit: int = MAX_PAGE_SIZE,
        offset: int = 0,
    ) -> Read[list[AwardAssociated]]:
        """Awards that are or could be attached to an org unit; ``mine_only`` leaves out those that others created.

        Raises Refused for a wrong filter.
        """
        query = filters(award_type=award_type, search=search, mine_only=mine_only) + paging(limit, offset)
        return self.read(list[AwardAssociated], query=query, orgUnitId=org_unit_id)

    @post("/orgunits/(orgUnitId)/associations/")
    def associate(self, org_unit_id: int, new: AssociationCreate) -> Write[Association]:
        """Attaches an award to an org unit. Raises NotFound (no such award), Refused (attached already)."""
        return self.write(Association, body=validate_new_association(new), orgUnitId=org_unit_id)

    @put("/orgunits/(orgUnitId)/associations/(associationId)")
    def update(self, org_unit_id: int, association_id: int, changed: AssociationUpdate) -> Write[Association]:
        """Replaces credit and visibility; a credit of None erases it. Raises NotFound, Refused."""
        body = validate_association(changed)
        return self.write(Association, body=body, orgUnitId=org_unit_id, associationId=association_id)

    @delete("/orgunits/(orgUnitId)/associations/(associationId)")
    def remove(self, org_unit_id: int, association_id: int) -> Write[None]:
        """Detaches an award; what was issued stays issued. Raises NotFound."""
        return self.write(orgUnitId=org_unit_id, associationId=association_id)
