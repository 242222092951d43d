"""Topics with a start, an end or a due date. No scope of their own (``core:*:*``), LE 1.67.

The caller's own (``my_…``) in up to any number of org units, or in one (``…_in``); those still due
(``due``); their numbers (``counts``). ``completion`` is one of `CompletionFilter`, by name or number;
``start`` and ``end`` bound the due date, or the date of completion. Org units that the person cannot see
are left out silently. May raise NotPermitted and Refused; those in one org unit NotFound.
"""

from collections.abc import Iterable
from datetime import datetime

from content.schemas import ScheduledItem, ScheduledItemCount
from content.services.filters import Completion, Exemption, by_completion, by_due, by_earliest, completed, dated
from portal.brightspace import Read, Route, action

MINE = Route("le", "/content/myItems/", since="1.67")
OF_PERSON = Route("le", "/content/items/(userId)", since="1.67")
DUE = Route("le", "/content/myItems/due/", since="1.67")
COUNTS = Route("le", "/content/myItems/itemCounts/", since="1.67")
DUE_COUNTS = Route("le", "/content/myItems/due/itemCounts/", since="1.67")
COMPLETED = Route("le", "/content/myItems/completions/", since="1.67")
COMPLETED_DUE = Route("le", "/content/myItems/completions/due/", since="1.67")
IN_ONE = Route("le", "/(orgUnitId)/content/myItems/", since="1.67")
DUE_IN_ONE = Route("le", "/(orgUnitId)/content/myItems/due/", since="1.67")
COUNT_IN_ONE = Route("le", "/(orgUnitId)/content/myItems/itemCount", since="1.67")
DUE_COUNT_IN_ONE = Route("le", "/(orgUnitId)/content/myItems/due/itemCount", since="1.67")

Units = Iterable[int]
Moment = datetime | None


@action("GET", MINE)
def my_items(
    org_unit_ids: Units, *, completion: Completion = None, start: Moment = None, end: Moment = None
) -> Read[list[ScheduledItem]]:
    """``GET le/content/myItems/``: by the first of their dates."""
    query = dated(completion, start, end, org_unit_ids=org_unit_ids)
    return Read(MINE, list[ScheduledItem], query=query, order=by_earliest)


@action("GET", OF_PERSON)
def items_of(
    person_id: int,
    org_unit_ids: Units,
    *,
    completion: Completion = None,
    start: Moment = None,
    end: Moment = None,
    exemption: Exemption = None,
) -> Read[list[ScheduledItem]]:
    """``GET le/content/items/(userId)``: somebody's, by the first of their dates.

    Exempt items have no due date, unless ``exemption`` (of `ExemptionFilter`) asks for them.
    """
    query = dated(completion, start, end, org_unit_ids=org_unit_ids, exemption=exemption)
    return Read(OF_PERSON, list[ScheduledItem], ids=(("userId", person_id),), query=query, order=by_earliest)


@action("GET", DUE)
def my_due_items(
    org_unit_ids: Units, *, completion: Completion = None, start: Moment = None, end: Moment = None
) -> Read[list[ScheduledItem]]:
    """``GET le/content/myItems/due/``: by due date, without exempt ones."""
    query = dated(completion, start, end, org_unit_ids=org_unit_ids)
    return Read(DUE, list[ScheduledItem], query=query, order=by_due)


@action("GET", COUNTS)
def my_counts(
    org_unit_ids: Units, *, completion: Completion = None, start: Moment = None, end: Moment = None
) -> Read[list[ScheduledItemCount]]:
    """``GET le/content/myItems/itemCounts/``: how many in each org unit."""
    query = dated(completion, start, end, org_unit_ids=org_unit_ids)
    return Read(COUNTS, list[ScheduledItemCount], query=query)


@action("GET", DUE_COUNTS)
def my_due_counts(
    org_unit_ids: Units, *, completion: Completion = None, start: Moment = None, end: Moment = None
) -> Read[list[ScheduledItemCount]]:
    """``GET le/content/myItems/due/itemCounts/``: how many in each org unit, without exempt ones."""
    query = dated(completion, start, end, org_unit_ids=org_unit_ids)
    return Read(DUE_COUNTS, list[ScheduledItemCount], query=query)


@action("GET", COMPLETED)
def my_completed_items(org_unit_ids: Units, *, start: Moment = None, end: Moment = None) -> Read[list[ScheduledItem]]:
    """``GET le/content/myItems/completions/``: by date of completion."""
    query = completed(org_unit_ids, start, end)
    return Read(COMPLETED, list[ScheduledItem], query=query, order=by_completion)


@action("GET", COMPLETED_DUE)
def my_completed_due_items(
    org_unit_ids: Units, *, start: Moment = None, end: Moment = None
) -> Read[list[ScheduledItem]]:
    """``GET le/content/myItems/completions/due/``: those with a due date, by date of completion."""
    query = completed(org_unit_ids, start, end)
    return Read(COMPLETED_DUE, list[ScheduledItem], query=query, order=by_completion)


@action("GET", IN_ONE)
def my_items_in(
    org_unit_id: int, *, completion: Completion = None, start: Moment = None, end: Moment = None
) -> Read[list[ScheduledItem]]:
    """``GET le/(orgUnitId)/content/myItems/``: by the first of their dates."""
    query = dated(completion, start, end)
    return Read(IN_ONE, list[ScheduledItem], ids=(("orgUnitId", org_unit_id),), query=query)


@action("GET", DUE_IN_ONE)
def my_due_items_in(
    org_unit_id: int, *, completion: Completion = None, start: Moment = None, end: Moment = None
) -> Read[list[ScheduledItem]]:
    """``GET le/(orgUnitId)/content/myItems/due/``: by due date, without exempt ones."""
    query = dated(completion, start, end)
    return Read(DUE_IN_ONE, list[ScheduledItem], ids=(("orgUnitId", org_unit_id),), query=query)


@action("GET", COUNT_IN_ONE)
def my_count_in(
    org_unit_id: int, *, completion: Completion = None, start: Moment = None, end: Moment = None
) -> Read[ScheduledItemCount]:
    """``GET le/(orgUnitId)/content/myItems/itemCount``: how many there are."""
    query = dated(completion, start, end)
    return Read(COUNT_IN_ONE, ScheduledItemCount, ids=(("orgUnitId", org_unit_id),), query=query)


@action("GET", DUE_COUNT_IN_ONE)
def my_due_count_in(
    org_unit_id: int, *, completion: Completion = None, start: Moment = None, end: Moment = None
) -> Read[ScheduledItemCount]:
    """``GET le/(orgUnitId)/content/myItems/due/itemCount``: how many there are, without exempt ones."""
    query = dated(completion, start, end)
    return Read(DUE_COUNT_IN_ONE, ScheduledItemCount, ids=(("orgUnitId", org_unit_id),), query=query)
