"""What scheduled items can be narrowed by, checked; and the documented orders of their lists."""

from collections.abc import Iterable
from datetime import UTC, datetime

from content.schemas import CompletionFilter, ExemptionFilter, ScheduledItem
from portal.brightspace import Query
from portal.brightspace.endpoints.validators import (
    validate_choice,
    validate_ids,
    validate_optional_moment,
    validate_order,
)

Completion = CompletionFilter | int | str | None
Exemption = ExemptionFilter | int | str | None
_LAST = datetime.max.replace(tzinfo=UTC)


def dated(
    completion: Completion,
    start: datetime | None,
    end: datetime | None,
    *,
    org_unit_ids: Iterable[int] | None = None,
    exemption: Exemption = None,
) -> Query:
    """By completion, exemption and org units; and due from ``start`` to ``end``."""
    return _given(
        (
            "completion",
            None if completion is None else int(validate_choice(completion, "completion", CompletionFilter)),
        ),
        ("orgUnitIdsCSV", None if org_unit_ids is None else validate_ids(org_unit_ids, "org units")),
        ("startDateTime", validate_optional_moment(start, "start")),
        ("endDateTime", validate_optional_moment(end, "end")),
        ("exemption", None if exemption is None else int(validate_choice(exemption, "exemption", ExemptionFilter))),
        in_turn=(start, end),
    )


def completed(org_unit_ids: Iterable[int], start: datetime | None, end: datetime | None) -> Query:
    """By org units, and completed from ``start`` to ``end``."""
    return _given(
        ("orgUnitIdsCSV", validate_ids(org_unit_ids, "org units")),
        ("completedFromDateTime", validate_optional_moment(start, "start")),
        ("completedToDateTime", validate_optional_moment(end, "end")),
        in_turn=(start, end),
    )


def _given(*pairs: tuple[str, object], in_turn: tuple[datetime | None, datetime | None]) -> Query:
    validate_order(*in_turn, "start", "end")
    return tuple((name, value) for name, value in pairs if value is not None)


def by_earliest(item: ScheduledItem) -> datetime:
    return item.earliest or _LAST


def by_due(item: ScheduledItem) -> datetime:
    return item.due_date or _LAST


def by_completion(item: ScheduledItem) -> datetime:
    return item.date_completed or _LAST
