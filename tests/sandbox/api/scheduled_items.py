"""A person's dated topics: in several courses or in one, as items or as counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from tests.sandbox.answers import Answer, Refusal, object_list_page, utc
from tests.sandbox.content_model import NONE
from tests.sandbox.permissions import MANAGE_CONTENT, allowed, audits, require_member, require_person
from tests.sandbox.routing import Call, action
from tests.sandbox.scheduled import Filter, Item, has_content_for, is_between, is_due, items_of

_ACROSS = "/d2l/api/le/(version)/content"
_MINE = f"{_ACROSS}/myItems/"
_IN_ONE = "/d2l/api/le/(version)/(orgUnitId)/content/myItems/"
TOPIC_ITEM = 1
LATEST = datetime.max.replace(tzinfo=UTC)
Sort = Callable[[Item], datetime | None]


def _by_earliest(item: Item) -> datetime | None:
    return item.topic.earliest


def _by_due(item: Item) -> datetime | None:
    return item.topic.due


def _by_completion(item: Item) -> datetime | None:
    return item.completed_at


@action("GET", _MINE)
def my_items(call: Call) -> Answer:
    """The caller's scheduled items in the courses named."""
    return _page(call, _mine(call, _asked(call)), _by_earliest)


@action("GET", f"{_MINE}due/")
def my_due_items(call: Call) -> Answer:
    """Those of them that are due."""
    return _page(call, _due(call, _mine(call, _asked(call))), _by_due)


@action("GET", f"{_ACROSS}/items/(userId)")
def items_of_user(call: Call) -> Answer:
    """A person's scheduled items: one's own, an auditee's, or in courses one manages."""
    person, caller, world = require_person(call, call.id("userId")), call.person(), call.world
    units, wanted = _asked(call), Filter.of(call, by_exemption=True)
    if person is not caller and not audits(world, caller, person):
        units = [unit for unit in units if allowed(world, caller, MANAGE_CONTENT, unit)]
        if not units:
            raise Refusal.not_authorized(MANAGE_CONTENT)
    return _page(call, filter(wanted.keeps, items_of(world, person, units)), _by_earliest)


@action("GET", f"{_MINE}itemCounts/")
def my_counts(call: Call) -> Answer:
    """How many scheduled items the caller has in each of the courses named."""
    return _counts(call, lambda unit: _mine(call, [unit]))


@action("GET", f"{_MINE}due/itemCounts/")
def my_due_counts(call: Call) -> Answer:
    """How many of them are due."""
    return _counts(call, lambda unit: _due(call, _mine(call, [unit])))


@action("GET", f"{_MINE}completions/")
def my_completions(call: Call) -> Answer:
    """The caller's completed scheduled items in the courses named."""
    return _page(call, _completed(call), _by_completion)


@action("GET", f"{_MINE}completions/due/")
def my_due_completions(call: Call) -> Answer:
    """Those of them that have a due date."""
    dated = (item for item in _completed(call) if item.topic.due is not None and not item.is_exempt)
    return _page(call, dated, _by_completion)


@action("GET", _IN_ONE)
def my_items_in_course(call: Call) -> Answer:
    """The caller's scheduled items in one course."""
    return _page(call, _mine(call, [require_member(call).org_unit_id]), _by_earliest)


@action("GET", f"{_IN_ONE}due/")
def my_due_items_in_course(call: Call) -> Answer:
    """Those of them that are due."""
    return _page(call, _due(call, _mine(call, [require_member(call).org_unit_id])), _by_due)


@action("GET", f"{_IN_ONE}itemCount")
def my_count_in_course(call: Call) -> Answer:
    """How many scheduled items the caller has in one course."""
    unit = require_member(call).org_unit_id
    return Answer(_count_block(call, unit, _mine(call, [unit])))


@action("GET", f"{_IN_ONE}due/itemCount")
def my_due_count_in_course(call: Call) -> Answer:
    """How many of them are due."""
    unit = require_member(call).org_unit_id
    return Answer(_count_block(call, unit, _due(call, _mine(call, [unit]))))


def _asked(call: Call) -> list[int]:
    """The courses named; 400 when none is, since a list is required."""
    units = call.ids_csv("orgUnitIdsCSV")
    if not units:
        raise Refusal.invalid_parameters("orgUnitIdsCSV is required.")
    return list(dict.fromkeys(units))


def _mine(call: Call, units: list[int]) -> Iterable[Item]:
    return filter(Filter.of(call).keeps, items_of(call.world, call.person(), units))


def _due(call: Call, items: Iterable[Item]) -> Iterable[Item]:
    return (item for item in items if is_due(call.world, item))


def _completed(call: Call) -> Iterable[Item]:
    first, last = call.date("completedFromDateTime"), call.date("completedToDateTime")
    items = items_of(call.world, call.person(), _asked(call))
    return (item for item in items if item.completed_at and is_between(item.completed_at, first, last))


def _page(call: Call, items: Iterable[Item], by: Sort) -> Answer:
    return object_list_page(
        call,
        sorted(items, key=lambda item: (by(item) or LATEST, item.topic.topic_id)),
        limit=call.world.switches.page_size,
        key=lambda item: f"{item.org_unit_id}-{item.topic.topic_id}",
        render=lambda item: _item_block(call, item),
    )


def _counts(call: Call, items_in: Callable[[int], Iterable[Item]]) -> Answer:
    units = [unit for unit in _asked(call) if has_content_for(call.world, call.person(), unit)]
    return object_list_page(
        call,
        units,
        limit=call.world.switches.page_size,
        key=lambda unit: unit,
        render=lambda unit: _count_block(call, unit, items_in(unit)),
    )


def _count_block(call: Call, org_unit_id: int, items: Iterable[Item]) -> dict[str, Any]:
    count = sum(1 for _ in items)
    return {"OrgUnitId": str(org_unit_id), "UserId": str(call.person().person_id), "ItemCount": count}


def _item_block(call: Call, item: Item) -> dict[str, Any]:
    topic = item.topic
    return {
        "UserId": str(item.person_id),
        "OrgUnitId": str(item.org_unit_id),
        "ItemId": topic.topic_id,
        "ItemName": topic.title,
        "ItemType": TOPIC_ITEM,
        "ItemUrl": f"{call.host_url}/d2l/le/content/{item.org_unit_id}/viewContent/{topic.topic_id}/View",
        "StartDate": utc(topic.start),
        "EndDate": utc(topic.end),
        "DueDate": utc(topic.due),
        "CompletionType": NONE if item.is_exempt else topic.completion_type,
        "DateCompleted": utc(item.completed_at),
        "ActivityType": topic.activity_type,
        "IsExempt": item.is_exempt,
    }
