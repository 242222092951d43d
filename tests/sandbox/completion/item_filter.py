"""Scheduled items, the dated topics of a person's courses, and the filter by which calls select them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from tests.sandbox.api.calls import Call
from tests.sandbox.api.dates import is_between
from tests.sandbox.api.permissions import MANAGE_CONTENT, has_permission
from tests.sandbox.api.responses import ApiError
from tests.sandbox.models.content import Topic
from tests.sandbox.models.people import Person
from tests.sandbox.world import World

# Values of the parameters ``completion`` and ``exemption``: all items, only those that are, only those that are not.
ALL, ONLY, NOT = 1, 2, 3


@dataclass(frozen=True)
class ScheduledItem:
    """One dated topic for one person."""

    person_id: int
    org_unit_id: int
    topic: Topic
    completed_at: datetime | None
    is_exempt: bool


@dataclass(frozen=True)
class ItemFilter:
    """The items a call asks for, by completion, exemption and due date; None leaves a bound open."""

    completion: int = ALL
    exemption: int | None = None
    first: datetime | None = None
    last: datetime | None = None

    @classmethod
    def of(cls, call: Call, *, by_exemption: bool = False) -> ItemFilter:
        """The filter of a call's query; 400 for a value the reference does not have."""
        return cls(
            _parameter(call, "completion") or ALL,
            _parameter(call, "exemption") if by_exemption else None,
            call.date("startDateTime"),
            call.date("endDateTime"),
        )

    def matches(self, item: ScheduledItem) -> bool:
        """Whether an item matches."""
        return (
            _matches(self.completion, item.completed_at is not None)
            and _matches(self.exemption or ALL, item.is_exempt)
            and self._is_due_between(item)
        )

    def _is_due_between(self, item: ScheduledItem) -> bool:
        if self.first is None and self.last is None:
            return True
        # Exempt items have no due date, unless the call asks about exemption.
        if item.topic.due is None or (item.is_exempt and self.exemption is None):
            return False
        return is_between(item.topic.due, self.first, self.last)


def items_of(world: World, person: Person, org_unit_ids: Iterable[int]) -> Iterator[ScheduledItem]:
    """A person's scheduled items in these org units, except those they cannot enter or whose content they manage."""
    for org_unit_id in org_unit_ids:
        if not has_content_for(world, person, org_unit_id):
            continue
        by_topic = world.progress_of(person.person_id, org_unit_id)
        for topic in world.outlines[org_unit_id].visible(world.now):
            if topic.earliest_date is not None:
                progress = by_topic.get(topic.topic_id)
                is_exempt = (person.person_id, topic.topic_id) in world.exemptions
                completed_at = progress.completed_at if progress else None
                yield ScheduledItem(person.person_id, org_unit_id, topic, completed_at, is_exempt)


def has_content_for(world: World, person: Person, org_unit_id: int) -> bool:
    """Whether the org unit is open to a person whose role there can be assigned content."""
    return (
        org_unit_id in world.outlines
        and world.role_in(person.person_id, org_unit_id) is not None
        and world.org_units[org_unit_id].is_open(world.now)
        and not has_permission(world, person, MANAGE_CONTENT, org_unit_id)
    )


def is_due(world: World, item: ScheduledItem) -> bool:
    """Whether an item counts as due: never when exempt; past its due date by the switch ``due_items``."""
    due = item.topic.due
    if due is None or item.is_exempt:
        return False
    return world.switches.due_items == "dated" or due >= world.now


def _matches(parameter: int, value: bool) -> bool:
    return parameter == ALL or value == (parameter == ONLY)


def _parameter(call: Call, name: str) -> int | None:
    value = call.number(name)
    if value not in (None, ALL, ONLY, NOT):
        raise ApiError.invalid_parameters(f"{name} is 1, 2 or 3.")
    return value
