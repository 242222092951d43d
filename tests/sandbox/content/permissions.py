"""Readers and managers of a course's content, and the modules and topics they can find."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from tests.sandbox.api.calls import Call
from tests.sandbox.api.permissions import (
    MANAGE_CONTENT,
    has_permission,
    require_membership,
    require_org_unit,
    require_permission,
)
from tests.sandbox.api.responses import ApiError
from tests.sandbox.models.content import IDS_PER_ORG_UNIT, Module, Outline, Place, Topic, is_visible
from tests.sandbox.models.people import OrgUnit, Person
from tests.sandbox.world import World


@dataclass(frozen=True)
class ContentReader:
    """A person reading one course; content managers also see what is hidden or outside its dates."""

    world: World
    person: Person
    outline: Outline
    sees_all: bool

    def shows(self, item: Module | Topic) -> bool:
        """Whether the reader sees this, given that they see the modules it is in."""
        return self.sees_all or is_visible(item, (), self.world.now)

    def visible_topics(self) -> Iterator[Topic]:
        """The topics the reader sees, in the order of the outline."""
        for ancestors, topic in self.outline.walk():
            if self.shows(topic) and all(map(self.shows, ancestors)):
                yield topic

    def place(self, object_id: int) -> Place:
        """Where this topic or module is; 404 when it does not exist or the reader does not see it."""
        place = self.outline.place(object_id)
        if place is None or not all(self.shows(part) for part in (*place.ancestors, place.found)):
            raise ApiError.not_found()
        return place

    def topic(self, topic_id: int) -> Topic:
        """The topic with this id; 404 when it does not exist or the reader does not see it."""
        found = self.place(topic_id).found
        if not isinstance(found, Topic):
            raise ApiError.not_found()
        return found

    def module(self, module_id: int) -> Module:
        """The module with this id; 404 when it does not exist or the reader does not see it."""
        found = self.place(module_id).found
        if not isinstance(found, Module):
            raise ApiError.not_found()
        return found


def content_reader(call: Call) -> ContentReader:
    """The caller as a reader of the path's course; 403 unless enrolled there or an admin."""
    unit, caller = require_membership(call), call.person()
    sees_all = has_permission(call.world, caller, MANAGE_CONTENT, unit.org_unit_id)
    return ContentReader(call.world, caller, outline_of(call.world, unit), sees_all)


def content_manager(call: Call) -> ContentReader:
    """The caller as a manager of the path's content; 403 that names the permission otherwise."""
    unit = require_org_unit(call)
    require_permission(call, MANAGE_CONTENT, unit.org_unit_id)
    return ContentReader(call.world, call.person(), outline_of(call.world, unit), sees_all=True)


def outline_of(world: World, unit: OrgUnit) -> Outline:
    """The content of an org unit; for one without content an empty outline, which is not stored."""
    first_id = unit.org_unit_id * IDS_PER_ORG_UNIT + 1
    return world.outlines.get(unit.org_unit_id) or Outline(unit.org_unit_id, [], count(first_id))
