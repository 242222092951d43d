"""A course's table of contents, as one person sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.sandbox.answers import Answer, Refusal, utc
from tests.sandbox.api.content_objects import activity_id
from tests.sandbox.content_access import Reader, at_least, outline_of
from tests.sandbox.content_model import LINK, NONE, Module, Outline, Topic
from tests.sandbox.content_store import course_path
from tests.sandbox.permissions import (
    MANAGE_CONTENT,
    allowed,
    may_see_progress,
    require_member,
    require_org_unit,
    require_person,
)
from tests.sandbox.routing import Call, action
from tests.sandbox.world import Person, World

AVAILABLE_WITHIN_DATES = 0


@dataclass(frozen=True)
class View:
    """What decides which parts of an outline are shown, and how."""

    world: World
    viewer: Person
    outline: Outline
    sees_all: bool
    is_unstable: bool
    ignores_dates: bool = False
    ignores_module_dates: bool = False
    title: str = ""

    @classmethod
    def of(cls, call: Call, reader: Reader) -> View:
        """What a reader sees, without anything left out or put in by the query."""
        return cls(call.world, reader.person, reader.outline, reader.sees_all, call.version == "unstable")

    def shows(self, part: Module | Topic) -> bool:
        """Whether the viewer gets to see this part at all."""
        if self.sees_all:
            return True
        no_dates = self.ignores_dates or (self.ignores_module_dates and isinstance(part, Module))
        return not part.is_hidden and (no_dates or part.is_open(self.world.now))


@action("GET", "/d2l/api/le/(version)/(orgUnitId)/content/toc", scopes=("content:toc:read",))
def table_of_contents(call: Call) -> Answer:
    """The outline for the caller, or for ``userId`` as an auditor or content manager.

    From LE 1.67 on ``ignoreDateRestrictions`` takes the place of ``ignoreModuleDateRestrictions``.
    """
    viewer, unit = _viewer(call), require_org_unit(call)
    ignores = call.boolean("ignoreDateRestrictions", False)
    ignores_modules = call.boolean("ignoreModuleDateRestrictions", False)
    is_new = at_least(call, "1.67")
    view = View(
        call.world,
        viewer,
        outline_of(call.world, unit),
        sees_all=allowed(call.world, viewer, MANAGE_CONTENT, unit.org_unit_id),
        is_unstable=call.version == "unstable",
        ignores_dates=is_new and ignores,
        ignores_module_dates=not is_new and ignores_modules,
        title=call.text("title").lower(),
    )
    modules = view.outline.modules
    if (module_id := call.number("moduleId")) is not None:
        modules = [_find(view, modules, module_id)]
    return Answer({"Modules": _modules(view, modules, view.title == "")})


def topic_entry(view: View, topic: Topic, order: int) -> dict[str, Any]:
    """A topic's entry, as the viewer sees it; ``order`` is its place among its siblings."""
    key = (view.viewer.person_id, topic.topic_id)
    is_exempt = key in view.world.exemptions
    kept = view.world.progress_of(view.viewer.person_id, view.outline.org_unit_id).get(topic.topic_id)
    block = {
        "TopicId": topic.topic_id,
        "Identifier": str(topic.topic_id),
        "TypeIdentifier": "Link" if topic.activity_type == LINK or topic.tool_id else "File",
        "Title": topic.title,
        "Bookmarked": key in view.world.bookmarks,
        "Unread": kept is None or not kept.is_read,
        "Url": topic.url,
        "SortOrder": order,
        "StartDateTime": utc(topic.start),
        "EndDateTime": utc(topic.end),
        "ActivityId": activity_id(topic),
        "CompletionType": NONE if is_exempt else topic.completion_type,
        "IsExempt": is_exempt,
        "IsHidden": topic.is_hidden,
        "IsLocked": topic.is_locked,
        "IsBroken": view.outline.is_broken(topic),
        "ToolId": topic.tool_id,
        "ToolItemId": topic.tool_item_id,
        "ActivityType": topic.activity_type,
        "GradeItemId": topic.grade_item_id,
        "LastModifiedDate": utc(topic.last_modified),
    }
    if view.is_unstable:
        block["StartDateAvailabilityType"] = AVAILABLE_WITHIN_DATES if topic.start else None
        block["EndDateAvailabilityType"] = AVAILABLE_WITHIN_DATES if topic.end else None
    return block


def _viewer(call: Call) -> Person:
    person_id = call.number("userId")
    if person_id is None or person_id == call.person().person_id:
        require_member(call)
        return call.person()
    unit, person = require_org_unit(call), require_person(call, person_id)
    if not may_see_progress(call, person, unit.org_unit_id, MANAGE_CONTENT):
        raise Refusal.not_authorized(MANAGE_CONTENT, unit.org_unit_id)
    if call.world.role_in(person.person_id, unit.org_unit_id) is None:
        raise Refusal.not_authorized("OrgUnit.Access", unit.org_unit_id)
    return person


def _find(view: View, modules: list[Module], module_id: int) -> Module:
    waiting = [module for module in modules if view.shows(module)]
    for module in waiting:
        if module.module_id == module_id:
            return module
        below = (child for child in module.children if isinstance(child, Module))
        waiting += [child for child in below if view.shows(child)]
    raise Refusal.not_found()


def _modules(view: View, modules: list[Module], keep_all: bool) -> list[dict[str, Any]]:
    """The shown root modules; with a title wanted, only matching ones and those above a match."""
    blocks = (_module(view, module, order, keep_all) for order, module in enumerate(modules))
    return [block for block in blocks if block is not None]


def _module(view: View, module: Module, order: int, keep_all: bool) -> dict[str, Any] | None:
    if not view.shows(module):
        return None
    whole = keep_all or view.title in module.title.lower()
    topics: list[dict[str, Any]] = []
    modules: list[dict[str, Any]] = []
    # Topics and modules share one order, though they are told apart here.
    for number, child in enumerate(module.children):
        if isinstance(child, Module):
            below = _module(view, child, number, whole)
            modules += [below] if below else []
        elif view.shows(child) and (whole or view.title in child.title.lower()):
            topics.append(topic_entry(view, child, number))
    if not whole and not topics and not modules:
        return None
    return _module_block(view, module, order, modules, topics)


def _module_block(
    view: View, module: Module, order: int, modules: list[dict[str, Any]], topics: list[dict[str, Any]]
) -> dict[str, Any]:
    unit = view.world.org_units[view.outline.org_unit_id]
    return {
        "ModuleId": module.module_id,
        "Title": module.title,
        "SortOrder": order,
        "StartDateTime": utc(module.start),
        "EndDateTime": utc(module.end),
        "Modules": modules,
        "Topics": topics,
        "IsHidden": module.is_hidden,
        "IsLocked": module.is_locked,
        "PacingStartDate": module.pacing_start.isoformat() if module.pacing_start else None,
        "PacingEndDate": module.pacing_end.isoformat() if module.pacing_end else None,
        "DefaultPath": course_path(unit.org_unit_id, unit.code),
        "LastModifiedDate": utc(module.last_modified),
    }
