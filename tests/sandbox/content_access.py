"""Who may read and who may change a course's content, and what a path's ids mean there."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

from tests.sandbox.answers import Refusal
from tests.sandbox.content_model import Module, Outline, Place, Topic, is_visible
from tests.sandbox.permissions import MANAGE_CONTENT, allowed, require, require_member, require_org_unit
from tests.sandbox.routing import Call, version_key
from tests.sandbox.world import OrgUnit, Person, World

# Ids start with the org unit's own, so that one says where it belongs.
IDS_PER_ORG_UNIT = 1000


@dataclass(frozen=True)
class Reader:
    """A person reading one outline; content managers see also what is hidden or out of its dates."""

    world: World
    person: Person
    outline: Outline
    sees_all: bool

    def shows(self, found: Module | Topic) -> bool:
        """Whether the reader sees this, given that everything above it is seen."""
        return self.sees_all or is_visible(found, (), self.world.now)

    def place(self, object_id: int) -> Place:
        """Where this topic or module is; 404 when it is not there or not shown."""
        place = self.outline.place(object_id)
        if place is None or not all(self.shows(one) for one in (*place.above, place.found)):
            raise Refusal.not_found()
        return place

    def topic(self, topic_id: int) -> Topic:
        """The topic with this id; 404 when there is none or it is not shown."""
        found = self.place(topic_id).found
        if not isinstance(found, Topic):
            raise Refusal.not_found()
        return found

    def module(self, module_id: int) -> Module:
        """The module with this id; 404 when there is none or it is not shown."""
        found = self.place(module_id).found
        if not isinstance(found, Module):
            raise Refusal.not_found()
        return found


def reader(call: Call) -> Reader:
    """The caller as a reader of the path's course; 403 unless enrolled there or an admin."""
    unit, caller = require_member(call), call.person()
    sees_all = allowed(call.world, caller, MANAGE_CONTENT, unit.org_unit_id)
    return Reader(call.world, caller, outline_of(call.world, unit), sees_all)


def manager(call: Call) -> Reader:
    """The caller as a manager of the path's content; 403 that names the permission otherwise."""
    unit = require_org_unit(call)
    require(call, MANAGE_CONTENT, unit.org_unit_id)
    return Reader(call.world, call.person(), outline_of(call.world, unit), sees_all=True)


def outline_of(world: World, unit: OrgUnit) -> Outline:
    """The content of an org unit; an empty one, not yet kept, where there is none."""
    first_id = unit.org_unit_id * IDS_PER_ORG_UNIT + 1
    return world.outlines.get(unit.org_unit_id) or Outline(unit.org_unit_id, [], count(first_id))


def at_least(call: Call, version: str) -> bool:
    """Whether the call is made at this version of the API, a newer one, or ``unstable``."""
    return call.version == "unstable" or version_key(call.version) >= version_key(version)
