"""Credit of the caller's own awards."""

from awards.schemas import AwardType, CreditSummary
from awards.services.filters import filters
from portal.brightspace import Read, Route, action, d2l_id

SUMMARY = Route("bas", "/creditSummary", since="1.2")


@action("GET", SUMMARY)
def credit_summary(
    *,
    org_unit_id: int | None = None,
    award_type: AwardType | int | str | None = None,
    include_expired: bool | None = None,
    search: str | None = None,
) -> Read[CreditSummary]:
    """``GET bas/creditSummary``: credit by type of award.

    Scope ``core:*:*``, BAS 1.2. Raises Refused (filters).
    """
    org_unit = None if org_unit_id is None else d2l_id(org_unit_id, "orgUnitId")
    query = filters(award_type, search, orgUnitId=org_unit, includeExpired=include_expired)
    return Read(SUMMARY, CreditSummary, query=query)
