"""Query parameters that several services of the content document share, checked; and the orders of their lists."""

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import IntEnum

from content.schemas.enums import CompletionFilter, ExemptionFilter
from content.schemas.scheduled import ScheduledItem
from portal.brightspace import Query, d2l_id
from portal.brightspace.endpoints.validators import (
    validate_choice,
    validate_ids,
    validate_optional_moment,
    validate_order,
)

Completion = CompletionFilter | int | str | None
Exemption = ExemptionFilter | int | str | None
_UNDATED = datetime.max.replace(tzinfo=UTC)  # sorts behind every date


def due_between(
    start: datetime | None,
    end: datetime | None,
    *,
    completion: Completion = None,
    org_unit_ids: Iterable[int] | None = None,
    exemption: Exemption = None,
) -> Query:
    """Due from ``start`` to ``end``, both included; and by completion, exemption and org units."""
    return (
        *_numbered("completion", completion, CompletionFilter),
        *in_org_units(org_unit_ids),
        *_period("startDateTime", start, "endDateTime", end),
        *_numbered("exemption", exemption, ExemptionFilter),
    )


def completed_between(org_unit_ids: Iterable[int], start: datetime | None, end: datetime | None) -> Query:
    """Completed from ``start`` to ``end``, both included, in these org units."""
    return (*in_org_units(org_unit_ids), *_period("completedFromDateTime", start, "completedToDateTime", end))


def in_org_units(org_unit_ids: Iterable[int] | None) -> Query:
    """In these org units; in all of them for None."""
    return () if org_unit_ids is None else (("orgUnitIdsCSV", validate_ids(org_unit_ids, "org units")),)


def accessible_to(person_id: int | None, role_id: int | None) -> Query:
    """Access of one person, of the people with one role, or of everybody."""
    pairs = (("userId", person_id), ("roleId", role_id))
    return tuple((name, d2l_id(value, name)) for name, value in pairs if value is not None)


def _numbered(name: str, value: int | str | None, kinds: type[IntEnum]) -> Query:
    return () if value is None else ((name, int(validate_choice(value, name, kinds))),)


def _period(start_name: str, start: datetime | None, end_name: str, end: datetime | None) -> Query:
    pairs = ((start_name, validate_optional_moment(start, "start")), (end_name, validate_optional_moment(end, "end")))
    validate_order(start, end, "start", "end")
    return tuple((name, value) for name, value in pairs if value is not None)


def by_earliest(item: ScheduledItem) -> datetime:
    """Sort key: the first of an item's dates."""
    return item.earliest or _UNDATED


def by_due(item: ScheduledItem) -> datetime:
    """Sort key: the due date."""
    return item.due_date or _UNDATED


def by_completion(item: ScheduledItem) -> datetime:
    """Sort key: the date of completion."""
    return item.date_completed or _UNDATED
