"""Scheduled items: a person's dated topics, in several courses or in one, as items or as counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from tests.sandbox.api.calls import Call
from tests.sandbox.api.dates import format_utc, is_between
from tests.sandbox.api.paging import object_list_page
from tests.sandbox.api.permissions import MANAGE_CONTENT, audits, has_permission, require_membership, require_person
from tests.sandbox.api.responses import ApiError, Response
from tests.sandbox.api.routing import action
from tests.sandbox.completion.item_filter import ItemFilter, ScheduledItem, has_content_for, is_due, items_of
from tests.sandbox.models.content import NONE

_ALL_COURSES = "/d2l/api/le/(version)/content"
_MINE = f"{_ALL_COURSES}/myItems/"
_MINE_IN_COURSE = "/d2l/api/le/(version)/(orgUnitId)/content/myItems/"
_COURSES = "orgUnitIdsCSV"
TOPIC_ITEM = 1
LATEST = datetime.max.replace(tzinfo=UTC)
SortKey = Callable[[ScheduledItem], datetime | None]


def _by_earliest_date(item: ScheduledItem) -> datetime | None:
    return item.topic.earliest_date


def _by_due_date(item: ScheduledItem) -> datetime | None:
    return item.topic.due


def _by_completion(item: ScheduledItem) -> datetime | None:
    return item.completed_at


@action("GET", _MINE)
def my_items(call: Call) -> Response:
    """The caller's scheduled items in the courses named, in pages."""
    return _page(call, _mine(call, call.required_ids_csv(_COURSES)), _by_earliest_date)


@action("GET", f"{_MINE}due/")
def my_due_items(call: Call) -> Response:
    """The caller's due items in the courses named, in pages."""
    return _page(call, _due(call, _mine(call, call.required_ids_csv(_COURSES))), _by_due_date)


@action("GET", f"{_ALL_COURSES}/items/(userId)")
def items_of_user(call: Call) -> Response:
    """The caller's own scheduled items, an auditee's, or anybody's in courses whose content the caller manages."""
    person, caller, world = require_person(call, call.id("userId")), call.person(), call.world
    units, item_filter = call.required_ids_csv(_COURSES), ItemFilter.of(call, by_exemption=True)
    if person is not caller and not audits(world, caller, person):
        units = [unit for unit in units if has_permission(world, caller, MANAGE_CONTENT, unit)]
        if not units:
            raise ApiError.not_authorized(MANAGE_CONTENT)
    return _page(call, filter(item_filter.matches, items_of(world, person, units)), _by_earliest_date)


@action("GET", f"{_MINE}itemCounts/")
def my_counts(call: Call) -> Response:
    """The number of the caller's scheduled items in each of the courses named, in pages."""
    return _counts(call, lambda unit: _mine(call, [unit]))


@action("GET", f"{_MINE}due/itemCounts/")
def my_due_counts(call: Call) -> Response:
    """The number of the caller's due items in each of the courses named, in pages."""
    return _counts(call, lambda unit: _due(call, _mine(call, [unit])))


@action("GET", f"{_MINE}completions/")
def my_completions(call: Call) -> Response:
    """The caller's completed scheduled items in the courses named, in pages."""
    return _page(call, _completed(call), _by_completion)


@action("GET", f"{_MINE}completions/due/")
def my_due_completions(call: Call) -> Response:
    """The caller's completed items that have a due date, in pages."""
    with_due_date = (item for item in _completed(call) if item.topic.due is not None and not item.is_exempt)
    return _page(call, with_due_date, _by_completion)


@action("GET", _MINE_IN_COURSE)
def my_items_in_course(call: Call) -> Response:
    """The caller's scheduled items in one course, in pages."""
    return _page(call, _mine(call, [require_membership(call).org_unit_id]), _by_earliest_date)


@action("GET", f"{_MINE_IN_COURSE}due/")
def my_due_items_in_course(call: Call) -> Response:
    """The caller's due items in one course, in pages."""
    return _page(call, _due(call, _mine(call, [require_membership(call).org_unit_id])), _by_due_date)


@action("GET", f"{_MINE_IN_COURSE}itemCount")
def my_count_in_course(call: Call) -> Response:
    """The number of the caller's scheduled items in one course."""
    unit = require_membership(call).org_unit_id
    return Response(_count_block(call, unit, _mine(call, [unit])))


@action("GET", f"{_MINE_IN_COURSE}due/itemCount")
def my_due_count_in_course(call: Call) -> Response:
    """The number of the caller's due items in one course."""
    unit = require_membership(call).org_unit_id
    return Response(_count_block(call, unit, _due(call, _mine(call, [unit]))))


def _mine(call: Call, units: list[int]) -> Iterable[ScheduledItem]:
    return filter(ItemFilter.of(call).matches, items_of(call.world, call.person(), units))


def _due(call: Call, items: Iterable[ScheduledItem]) -> Iterable[ScheduledItem]:
    return (item for item in items if is_due(call.world, item))


def _completed(call: Call) -> Iterable[ScheduledItem]:
    first, last = call.date("completedFromDateTime"), call.date("completedToDateTime")
    items = items_of(call.world, call.person(), call.required_ids_csv(_COURSES))
    return (item for item in items if item.completed_at and is_between(item.completed_at, first, last))


def _page(call: Call, items: Iterable[ScheduledItem], sort_key: SortKey) -> Response:
    return object_list_page(
        call,
        sorted(items, key=lambda item: (sort_key(item) or LATEST, item.topic.topic_id)),
        limit=call.world.switches.page_size,
        key=lambda item: f"{item.org_unit_id}-{item.topic.topic_id}",
        render=lambda item: _item_block(call, item),
    )


def _counts(call: Call, items_in: Callable[[int], Iterable[ScheduledItem]]) -> Response:
    person = call.person()
    units = [unit for unit in call.required_ids_csv(_COURSES) if has_content_for(call.world, person, unit)]
    return object_list_page(
        call,
        units,
        limit=call.world.switches.page_size,
        key=lambda unit: unit,
        render=lambda unit: _count_block(call, unit, items_in(unit)),
    )


def _count_block(call: Call, org_unit_id: int, items: Iterable[ScheduledItem]) -> dict[str, Any]:
    count = sum(1 for _ in items)
    return {"OrgUnitId": str(org_unit_id), "UserId": str(call.person().person_id), "ItemCount": count}


def _item_block(call: Call, item: ScheduledItem) -> dict[str, Any]:
    topic = item.topic
    return {
        "UserId": str(item.person_id),
        "OrgUnitId": str(item.org_unit_id),
        "ItemId": topic.topic_id,
        "ItemName": topic.title,
        "ItemType": TOPIC_ITEM,
        "ItemUrl": f"{call.host_url}/d2l/le/content/{item.org_unit_id}/viewContent/{topic.topic_id}/View",
        "StartDate": format_utc(topic.start),
        "EndDate": format_utc(topic.end),
        "DueDate": format_utc(topic.due),
        "CompletionType": NONE if item.is_exempt else topic.completion_type,
        "DateCompleted": format_utc(item.completed_at),
        "ActivityType": topic.activity_type,
        "IsExempt": item.is_exempt,
    }
