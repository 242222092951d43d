"""Issued awards: who holds what, issuing and revoking. Each change is sent once."""

from awards.schemas import Award, AwardType, IssuedAward, IssuedAwardCreate, IssuedAwardUpdate
from awards.services.filters import MAX_PAGE_SIZE, filters, paging
from awards.validators import validate_dates, validate_issue
from portal.brightspace import Read, Route, Write, action, d2l_id
from portal.brightspace.endpoints.validators import validate_flag

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
    limit: int = MAX_PAGE_SIZE,
    offset: int = 0,
) -> Read[list[IssuedAward]]:
    """``GET bas/issued/users/(userId)/``: a person's awards.

    Scope ``core:*:*``, BAS 1.2. Raises NotPermitted, Refused (filters, or not enrolled in the org unit).
    """
    org_unit = None if org_unit_id is None else d2l_id(org_unit_id, "orgUnitId")
    query = filters(award_type, search, orgUnitId=org_unit, includeExpired=include_expired, **paging(limit, offset))
    return Read(OF_PERSON, list[IssuedAward], ids=(("userId", person_id),), query=query)


@action("GET", REVOCABLE)
def revocable_in(
    org_unit_id: int, *, award_type: Kind = None, search: str | None = None, limit: int = MAX_PAGE_SIZE, offset: int = 0
) -> Read[list[Award]]:
    """``GET bas/orgunits/(orgUnitId)/revocableawards/``: awards of which the caller may revoke issues.

    Scope ``core:*:*``, BAS 1.2. Raises NotPermitted, Refused (filters).
    """
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

    Scope ``core:*:*``, BAS 1.2. Raises NotPermitted, NotFound (not enrolled), Refused (filters).
    """
    query = filters(award_type, search, includeExpired=include_expired)
    ids = (("orgUnitId", org_unit_id), ("userId", person_id))
    return Read(REVOCABLE_OF_PERSON, list[IssuedAward], ids=ids, query=query)


@action("POST", ISSUE)
def issue(
    org_unit_id: int, new: IssuedAwardCreate, *, expiry_from_issue_date: bool | None = None
) -> Write[IssuedAward]:
    """``POST bas/orgunits/(orgUnitId)/issued/``: issue an award to a person, now or as of ``new.issued_date``.

    The expiry counts from now unless ``expiry_from_issue_date``.
    Scope ``core:*:*``, BAS 1.2.
    Raises Refused (held already, not attached to the org unit, person not enrolled), NotPermitted (may not issue,
    person cannot earn it, oneself), NotFound (no such award).
    """
    from_issue = (
        None if expiry_from_issue_date is None else validate_flag(expiry_from_issue_date, "expiry from date of issue")
    )
    query = (("useIssueDateToCalcExpiry", from_issue),)
    return Write("POST", ISSUE, IssuedAward, ids=(("orgUnitId", org_unit_id),), query=query, body=validate_issue(new))


@action("PUT", IN_ORG_UNIT)
def update(org_unit_id: int, issued_id: int, changed: IssuedAwardUpdate) -> Write[IssuedAward]:
    """``PUT bas/orgunits/(orgUnitId)/issued/(issuedId)``: new dates; without an expiry it never expires.

    Scope ``core:*:*``, BAS 1.2. Raises NotPermitted, NotFound (not in this org unit), Gone (revoked), Refused.
    """
    ids = (("orgUnitId", org_unit_id), ("issuedId", issued_id))
    return Write("PUT", IN_ORG_UNIT, IssuedAward, ids=ids, body=validate_dates(changed))


@action("DELETE", ONE)
def revoke(issued_id: int) -> Write[None]:
    """``DELETE bas/issued/(issuedId)``: Brightspace takes no reason, so keep that elsewhere.

    Scope ``core:*:*``, BAS 1.2. Raises NotPermitted, NotFound, Refused (revoked already).
    """
    return Write("DELETE", ONE, ids=(("issuedId", issued_id),))
