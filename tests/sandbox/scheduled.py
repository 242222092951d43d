"""Scheduled items: the dated topics of somebody's courses, and which of them a call asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from tests.sandbox.answers import Refusal
from tests.sandbox.content_model import Topic
from tests.sandbox.permissions import MANAGE_CONTENT, allowed
from tests.sandbox.routing import Call
from tests.sandbox.world import Person, World

ANY = 1
# Of what completion filters by, and of what exemption does.
ONLY, NOT = 2, 3


@dataclass(frozen=True)
class Item:
    """One dated topic as it stands for one person."""

    person_id: int
    org_unit_id: int
    topic: Topic
    completed_at: datetime | None
    is_exempt: bool


@dataclass(frozen=True)
class Filter:
    """What a call asks for; None leaves a bound open."""

    completion: int = ANY
    exemption: int | None = None
    first: datetime | None = None
    last: datetime | None = None

    @classmethod
    def of(cls, call: Call, *, by_exemption: bool = False) -> Filter:
        """From the query; 400 for a value that is none of the reference's."""
        return cls(
            _choice(call, "completion") or ANY,
            _choice(call, "exemption") if by_exemption else None,
            call.date("startDateTime"),
            call.date("endDateTime"),
        )

    def keeps(self, item: Item) -> bool:
        """Whether an item passes."""
        return (
            _passes(self.completion, item.completed_at is not None)
            and _passes(self.exemption or ANY, item.is_exempt)
            and self._in_window(item)
        )

    def _in_window(self, item: Item) -> bool:
        if self.first is None and self.last is None:
            return True
        # Exempt items have no due date, unless the call asks about exemption.
        if item.topic.due is None or (item.is_exempt and self.exemption is None):
            return False
        return is_between(item.topic.due, self.first, self.last)


def items_of(world: World, person: Person, org_unit_ids: Iterable[int]) -> Iterator[Item]:
    """A person's scheduled items in these org units; those they cannot enter or manage give none."""
    for org_unit_id in org_unit_ids:
        if not has_content_for(world, person, org_unit_id):
            continue
        progress = world.progress_of(person.person_id, org_unit_id)
        for topic in world.outlines[org_unit_id].visible(world.now):
            if topic.earliest is not None:
                kept = progress.get(topic.topic_id)
                is_exempt = (person.person_id, topic.topic_id) in world.exemptions
                completed_at = kept.completed_at if kept else None
                yield Item(person.person_id, org_unit_id, topic, completed_at, is_exempt)


def has_content_for(world: World, person: Person, org_unit_id: int) -> bool:
    """Whether the org unit is open to a person whose role there can be assigned content."""
    return (
        org_unit_id in world.outlines
        and world.role_in(person.person_id, org_unit_id) is not None
        and world.org_units[org_unit_id].is_open(world.now)
        and not allowed(world, person, MANAGE_CONTENT, org_unit_id)
    )


def is_due(world: World, item: Item) -> bool:
    """Whether an item counts as due: never when exempt; what is past, by switch."""
    due = item.topic.due
    if due is None or item.is_exempt:
        return False
    return world.switches.due_items == "dated" or due >= world.now


def is_between(moment: datetime, first: datetime | None, last: datetime | None) -> bool:
    """Whether a moment lies between two bounds, each of which may be open."""
    return (first is None or first <= moment) and (last is None or moment <= last)


def _passes(choice: int, holds: bool) -> bool:
    return choice == ANY or holds == (choice == ONLY)


def _choice(call: Call, name: str) -> int | None:
    value = call.number(name)
    if value not in (None, ANY, ONLY, NOT):
        raise Refusal.invalid_parameters(f"{name} is 1, 2 or 3.")
    return value
