"""Letting somebody off topics, and taking that back. LE 1.67; may raise NotPermitted, NotFound and Refused."""

from collections.abc import Iterable

from content.schemas import ItemExemptionInfo, ItemExemptionInfoFilter
from portal.brightspace import Route, Write, action
from portal.brightspace.endpoints.validators import validate_ids, validate_optional_moment, validate_order

BY_LIST = Route("le", "/(orgUnitId)/content/exemptions/users/(userId)/byList/", since="1.67")
BY_FILTER = Route("le", "/(orgUnitId)/content/exemptions/users/(userId)/byFilter/", since="1.67")
END = Route("le", "/(orgUnitId)/content/exemptions/users/(userId)/byList/delete/", since="1.67")


@action("POST", BY_LIST, "content:exemptions:write")
def exempt(org_unit_id: int, person_id: int, topic_ids: Iterable[int]) -> Write[ItemExemptionInfo]:
    """``POST le/(orgUnitId)/content/exemptions/users/(userId)/byList/``: answers which exemptions are new.

    Scope ``content:exemptions:write``.
    """
    return Write("POST", BY_LIST, ItemExemptionInfo, ids=_of(org_unit_id, person_id), body=_listed(topic_ids))


@action("POST", BY_FILTER, "content:exemptions:write")
def exempt_by_filter(org_unit_id: int, person_id: int, which: ItemExemptionInfoFilter) -> Write[ItemExemptionInfo]:
    """``POST le/(orgUnitId)/content/exemptions/users/(userId)/byFilter/``: answers which exemptions are new.

    Scope ``content:exemptions:write``. A filter without any bound means every topic.
    """
    start = validate_optional_moment(which.exempt_start_date, "Due from")
    end = validate_optional_moment(which.exempt_end_date, "Due until")
    validate_order(start, end, "Due from", "Due until")
    return Write("POST", BY_FILTER, ItemExemptionInfo, ids=_of(org_unit_id, person_id), body=which)


@action("POST", END, "content:exemptions:delete")
def end_exemptions(org_unit_id: int, person_id: int, topic_ids: Iterable[int]) -> Write[ItemExemptionInfo]:
    """``POST le/(orgUnitId)/content/exemptions/users/(userId)/byList/delete/``: answers which there were.

    Scope ``content:exemptions:delete``.
    """
    return Write("POST", END, ItemExemptionInfo, ids=_of(org_unit_id, person_id), body=_listed(topic_ids))


def _listed(topic_ids: Iterable[int]) -> ItemExemptionInfo:
    return ItemExemptionInfo(exempt_items=validate_ids(topic_ids, "Topics"))


def _of(org_unit_id: int, person_id: int) -> tuple[tuple[str, int], ...]:
    return (("orgUnitId", org_unit_id), ("userId", person_id))
