"""Issued awards: who holds which, issuing and revoking."""

from awards.filters import MAX_PAGE_SIZE, AwardTypeValue, filters, issue_options, paging
from awards.schemas import Award, IssuedAward, IssuedAwardCreate, IssuedAwardUpdate, UserIssuedAwardSummary
from awards.validators import validate_issue, validate_issue_dates
from portal.brightspace import Page, Read, Service, Write, cursor_of, delete, get, post, put


class IssuedAwardService(Service):
    """Awards that were issued to people. Every action may raise NotPermitted."""

    product, since, source = "bas", "1.2", "https://docs.valence.desire2learn.com/res/awards.html"

    @get("/issued/users/(userId)/")
    def issued_to(
        self,
        person_id: int,
        *,
        org_unit_id: int | None = None,
        award_type: AwardTypeValue | None = None,
        include_expired: bool | None = None,
        search: str | None = None,
        limit: int = MAX_PAGE_SIZE,
        offset: int = 0,
    ) -> Read[list[IssuedAward]]:
        """A person's awards. Raises Refused for a wrong filter, or for somebody who is not enrolled in the org unit."""
        narrowed = filters(
            award_type=award_type, search=search, org_unit_id=org_unit_id, include_expired=include_expired
        )
        return self.read(list[IssuedAward], query=narrowed + paging(limit, offset), userId=person_id)

    @get("/orgunits/(orgUnitId)/revocableawards/")
    def revocable_awards(
        self,
        org_unit_id: int,
        *,
        award_type: AwardTypeValue | None = None,
        search: str | None = None,
        limit: int = MAX_PAGE_SIZE,
        offset: int = 0,
    ) -> Read[list[Award]]:
        """Awards that the caller may revoke from people in an org unit. Raises Refused for a wrong filter."""
        query = filters(award_type=award_type, search=search) + paging(limit, offset)
        return self.read(list[Award], query=query, orgUnitId=org_unit_id)

    @get("/orgunits/(orgUnitId)/revocableawards/(userId)/")
    def revocable_from(
        self,
        org_unit_id: int,
        person_id: int,
        *,
        award_type: AwardTypeValue | None = None,
        include_expired: bool | None = None,
        search: str | None = None,
    ) -> Read[list[IssuedAward]]:
        """A person's awards in an org unit that the caller may revoke. Raises NotFound (not enrolled), Refused."""
        query = filters(award_type=award_type, search=search, include_expired=include_expired)
        return self.read(list[IssuedAward], query=query, orgUnitId=org_unit_id, userId=person_id)

    @post("/orgunits/(orgUnitId)/issued/")
    def issue(
        self, org_unit_id: int, new: IssuedAwardCreate, *, expiry_from_issue_date: bool | None = None
    ) -> Write[IssuedAward]:
        """Issues an award to a person, now or as of ``new.issued_date``.

        The expiry counts from now unless ``expiry_from_issue_date``. Raises Refused (held already, not attached to the
        org unit, person not enrolled), NotPermitted (may not issue, the person cannot earn it, or is the caller),
        NotFound (no such award).
        """
        query = issue_options(expiry_from_issue_date)
        return self.write(IssuedAward, query=query, body=validate_issue(new), orgUnitId=org_unit_id)

    @put("/orgunits/(orgUnitId)/issued/(issuedId)")
    def update(self, org_unit_id: int, issued_id: int, changed: IssuedAwardUpdate) -> Write[IssuedAward]:
        """Replaces both dates; without a date of expiry the award never expires.

        Raises NotFound (not in this org unit), Gone (revoked), Refused.
        """
        body = validate_issue_dates(changed)
        return self.write(IssuedAward, body=body, orgUnitId=org_unit_id, issuedId=issued_id)

    @delete("/issued/(issuedId)")
    def revoke(self, issued_id: int) -> Write[None]:
        """Revokes an award. Brightspace stores no reason. Raises NotFound, Refused (revoked already)."""
        return self.write(issuedId=issued_id)


def more_awards_of(row: UserIssuedAwardSummary) -> Read[Page[IssuedAward]] | None:
    """The person's awards after the ten in a row of the classlist; None if there are no more.

    It is a page of `IssuedAwardService.issued_to`, which some people may not read who may read the classlist. After the
    ``latest`` ten it may have those ten again.
    """
    cursor = cursor_of(row.issued_awards.next)
    return IssuedAwardService().issued_to(row.user_id).by_page(cursor) if cursor else None
