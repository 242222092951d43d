"""Overdue items: own, of people one audits, or of learners whose content one manages.

No scope of their own (``core:*:*``), LE 1.67; may raise NotPermitted and NotFound. Exempt ones are not overdue.
"""

from collections.abc import Iterable

from content.schemas import OverdueItem
from portal.brightspace import Query, Read, Route, action, d2l_id
from portal.brightspace.endpoints.validators import validate_ids

OVERDUE = Route("le", "/overdueItems/", since="1.67")
MINE = Route("le", "/overdueItems/myItems", since="1.67")


@action("GET", OVERDUE)
def overdue_items_of(person_id: int, org_unit_ids: Iterable[int] | None = None) -> Read[list[OverdueItem]]:
    """``GET le/overdueItems/?userId=``: what a person should have completed by now, in all or these org units."""
    query = (("userId", d2l_id(person_id, "userId")), *_in(org_unit_ids))
    return Read(OVERDUE, list[OverdueItem], query=query)


@action("GET", MINE)
def my_overdue_items(org_unit_ids: Iterable[int] | None = None) -> Read[list[OverdueItem]]:
    """``GET le/overdueItems/myItems``: what the caller should have completed by now."""
    return Read(MINE, list[OverdueItem], query=_in(org_unit_ids))


def _in(org_unit_ids: Iterable[int] | None) -> Query:
    return () if org_unit_ids is None else (("orgUnitIdsCSV", validate_ids(org_unit_ids, "org units")),)
