"""Issued awards: who holds what, issuing and revoking. No scope of their own (``core:*:*``), BAS 1.2.

Issuing and revoking are sent once. Issuing twice and revoking twice raise Refused, changing a revoked one Gone.
"""

from awards.schemas import Award, AwardType, IssuedAward, IssuedAwardCreate, IssuedAwardUpdate
from awards.services.filters import LARGEST_PAGE, filters, paging
from portal.brightspace.actions import action
from portal.brightspace.arguments import moment, optional_moment, text
from portal.brightspace.fields import InvalidArgument, d2l_id
from portal.brightspace.reads import Read
from portal.brightspace.routes import Route
from portal.brightspace.writes import Write

OF_PERSON = Route("bas", "/issued/users/(userId)/", since="1.2")
REVOCABLE = Route("bas", "/orgunits/(orgUnitId)/revocableawards/", since="1.2")
REVOCABLE_OF_PERSON = Route("bas", "/orgunits/(orgUnitId)/revocableawards/(userId)/", since="1.2")
ISSUE = Route("bas", "/orgunits/(orgUnitId)/issued/", since="1.2")
IN_ORG_UNIT = Route("bas", "/orgunits/(orgUnitId)/issued/(issuedId)", since="1.2")
ONE = Route("bas", "/issued/(issuedId)", since="1.2")

Kind = AwardType | int | str | None


@action("GET", OF_PERSON)
def issued_to(
    person_id: int,
    *,
    org_unit_id: int | None = None,
    award_type: Kind = None,
    include_expired: bool | None = None,
    search: str | None = None,
    limit: int = LARGEST_PAGE,
    offset: int = 0,
) -> Read[list[IssuedAward]]:
    """``GET bas/issued/users/(userId)/``: a person's awards. Raises NotPermitted, Refused (filters)."""
    org_unit = None if org_unit_id is None else d2l_id(org_unit_id, "orgUnitId")
    query = filters(award_type, search, orgUnitId=org_unit, includeExpired=include_expired, **paging(limit, offset))
    return Read(OF_PERSON, list[IssuedAward], ids=(("userId", person_id),), query=query)


@action("GET", REVOCABLE)
def revocable_in(
    org_unit_id: int, *, award_type: Kind = None, search: str | None = None, limit: int = LARGEST_PAGE, offset: int = 0
) -> Read[list[Award]]:
    """``GET bas/orgunits/(orgUnitId)/revocableawards/``: awards of which the caller may revoke issues."""
    query = filters(award_type, search, **paging(limit, offset))
    return Read(REVOCABLE, list[Award], ids=(("orgUnitId", org_unit_id),), query=query)


@action("GET", REVOCABLE_OF_PERSON)
def revocable_of(
    org_unit_id: int,
    person_id: int,
    *,
    award_type: Kind = None,
    include_expired: bool | None = None,
    search: str | None = None,
) -> Read[list[IssuedAward]]:
    """``GET bas/orgunits/(orgUnitId)/revocableawards/(userId)/``: what the caller may revoke of one person.

    Raises NotFound if the person is not enrolled.
    """
    query = filters(award_type, search, includeExpired=include_expired)
    ids = (("orgUnitId", org_unit_id), ("userId", person_id))
    return Read(REVOCABLE_OF_PERSON, list[IssuedAward], ids=ids, query=query)


@action("POST", ISSUE)
def issue(
    org_unit_id: int, new: IssuedAwardCreate, *, expiry_from_issue_date: bool | None = None
) -> Write[IssuedAward]:
    """``POST bas/orgunits/(orgUnitId)/issued/``: issue an award to a person, now or as of ``new.issued_date``.

    The expiry counts from now unless ``expiry_from_issue_date``. Raises Refused (held already, not attached
    to the org unit, person not enrolled), NotPermitted (may not issue, cannot earn it, oneself), NotFound.
    """
    d2l_id(new.award_id, "AwardId")
    d2l_id(new.issued_to_user_id, "IssuedToUserId")
    text(new.criteria, "Criteria")
    text(new.evidence, "Evidence")
    optional_moment(new.issued_date, "IssuedDate")
    query = () if expiry_from_issue_date is None else (("useIssueDateToCalcExpiry", expiry_from_issue_date),)
    return Write("POST", ISSUE, IssuedAward, ids=(("orgUnitId", org_unit_id),), query=query, body=new)


@action("PUT", IN_ORG_UNIT)
def update(org_unit_id: int, issued_id: int, changed: IssuedAwardUpdate) -> Write[IssuedAward]:
    """``PUT bas/orgunits/(orgUnitId)/issued/(issuedId)``: new dates; without an expiry it never expires."""
    issued = moment(changed.issued_date, "IssuedDate")
    expires = optional_moment(changed.expiry_date, "ExpiryDate")
    if expires is not None and expires < issued:
        raise InvalidArgument("“ExpiryDate” must not be before “IssuedDate”.")
    ids = (("orgUnitId", org_unit_id), ("issuedId", issued_id))
    return Write("PUT", IN_ORG_UNIT, IssuedAward, ids=ids, body=changed)


@action("DELETE", ONE)
def revoke(issued_id: int) -> Write[None]:
    """``DELETE bas/issued/(issuedId)``. Brightspace takes no reason: keep it here."""
    return Write("DELETE", ONE, ids=(("issuedId", issued_id),))
