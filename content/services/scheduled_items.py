"""Scheduled items: topics with a start, an end or a due date."""

from collections.abc import Iterable
from datetime import datetime

from content.schemas import ScheduledItem, ScheduledItemCount
from content.services.filters import (
    Completion,
    Exemption,
    by_completion,
    by_due,
    by_earliest,
    completed_between,
    due_between,
)
from portal.brightspace import Read, Service, get

OrgUnits = Iterable[int]
Moment = datetime | None


class ScheduledItemService(Service):
    """Scheduled items: topics with a start, an end or a due date. What begins with ``my_`` is about the caller.

    ``completion`` is one of `CompletionFilter`, as member, name or number. ``start`` and ``end``, both included, bound
    the due date; of completed items the date of completion. *Due* items are still to be done: exempt items, which have
    no due date, are not among them. Org units that the person cannot see are left out. Every action may raise
    NotPermitted and Refused; those for one course NotFound too.
    """

    product, since, source = "le", "1.67", "https://docs.valence.desire2learn.com/res/content.html"

    @get("/content/myItems/")
    def my_items(
        self, org_unit_ids: OrgUnits, *, completion: Completion = None, start: Moment = None, end: Moment = None
    ) -> Read[list[ScheduledItem]]:
        """The caller's items, sorted by the first of their dates."""
        query = due_between(start, end, completion=completion, org_unit_ids=org_unit_ids)
        return self.read(list[ScheduledItem], query=query, order=by_earliest)

    @get("/content/items/(userId)")
    def of_person(
        self,
        person_id: int,
        org_unit_ids: OrgUnits,
        *,
        completion: Completion = None,
        start: Moment = None,
        end: Moment = None,
        exemption: Exemption = None,
    ) -> Read[list[ScheduledItem]]:
        """A person's items, sorted by the first of their dates.

        ``exemption`` is one of `ExemptionFilter`, as member, name or number. With it, ``start`` and ``end`` find exempt
        items too, although these are not due.
        """
        query = due_between(start, end, completion=completion, org_unit_ids=org_unit_ids, exemption=exemption)
        return self.read(list[ScheduledItem], query=query, order=by_earliest, userId=person_id)

    @get("/content/myItems/due/")
    def my_due_items(
        self, org_unit_ids: OrgUnits, *, completion: Completion = None, start: Moment = None, end: Moment = None
    ) -> Read[list[ScheduledItem]]:
        """The caller's due items, sorted by due date."""
        query = due_between(start, end, completion=completion, org_unit_ids=org_unit_ids)
        return self.read(list[ScheduledItem], query=query, order=by_due)

    @get("/content/myItems/itemCounts/")
    def my_counts(
        self, org_unit_ids: OrgUnits, *, completion: Completion = None, start: Moment = None, end: Moment = None
    ) -> Read[list[ScheduledItemCount]]:
        """The number of the caller's items in each org unit."""
        query = due_between(start, end, completion=completion, org_unit_ids=org_unit_ids)
        return self.read(list[ScheduledItemCount], query=query)

    @get("/content/myItems/due/itemCounts/")
    def my_due_counts(
        self, org_unit_ids: OrgUnits, *, completion: Completion = None, start: Moment = None, end: Moment = None
    ) -> Read[list[ScheduledItemCount]]:
        """The number of the caller's due items in each org unit."""
        query = due_between(start, end, completion=completion, org_unit_ids=org_unit_ids)
        return self.read(list[ScheduledItemCount], query=query)

    @get("/content/myItems/completions/")
    def my_completed_items(
        self, org_unit_ids: OrgUnits, *, start: Moment = None, end: Moment = None
    ) -> Read[list[ScheduledItem]]:
        """The caller's completed items, sorted by date of completion."""
        query = completed_between(org_unit_ids, start, end)
        return self.read(list[ScheduledItem], query=query, order=by_completion)

    @get("/content/myItems/completions/due/")
    def my_completed_due_items(
        self, org_unit_ids: OrgUnits, *, start: Moment = None, end: Moment = None
    ) -> Read[list[ScheduledItem]]:
        """The caller's completed items that have a due date, sorted by date of completion."""
        query = completed_between(org_unit_ids, start, end)
        return self.read(list[ScheduledItem], query=query, order=by_completion)

    @get("/(orgUnitId)/content/myItems/")
    def my_items_in_course(
        self, org_unit_id: int, *, completion: Completion = None, start: Moment = None, end: Moment = None
    ) -> Read[list[ScheduledItem]]:
        """The caller's items in one course, sorted by the first of their dates."""
        query = due_between(start, end, completion=completion)
        return self.read(list[ScheduledItem], query=query, orgUnitId=org_unit_id)

    @get("/(orgUnitId)/content/myItems/due/")
    def my_due_items_in_course(
        self, org_unit_id: int, *, completion: Completion = None, start: Moment = None, end: Moment = None
    ) -> Read[list[ScheduledItem]]:
        """The caller's due items in one course, sorted by due date."""
        query = due_between(start, end, completion=completion)
        return self.read(list[ScheduledItem], query=query, orgUnitId=org_unit_id)

    @get("/(orgUnitId)/content/myItems/itemCount")
    def my_count_in_course(
        self, org_unit_id: int, *, completion: Completion = None, start: Moment = None, end: Moment = None
    ) -> Read[ScheduledItemCount]:
        """The number of the caller's items in one course."""
        query = due_between(start, end, completion=completion)
        return self.read(ScheduledItemCount, query=query, orgUnitId=org_unit_id)

    @get("/(orgUnitId)/content/myItems/due/itemCount")
    def my_due_count_in_course(
        self, org_unit_id: int, *, completion: Completion = None, start: Moment = None, end: Moment = None
    ) -> Read[ScheduledItemCount]:
        """The number of the caller's due items in one course."""
        query = due_between(start, end, completion=completion)
        return self.read(ScheduledItemCount, query=query, orgUnitId=org_unit_id)
