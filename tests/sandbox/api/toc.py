"""A course's table of contents, as one person sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.sandbox.answers import Answer, Refusal, utc
from tests.sandbox.content_model import LINK, NONE, Module, Topic
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
    org_unit_id: int
    sees_all: bool
    ignores_dates: bool
    is_unstable: bool
    title: str

    def shows(self, part: Module | Topic) -> bool:
        """Whether the viewer gets to see this part at all."""
        if self.sees_all:
            return True
        return not part.is_hidden and (self.ignores_dates or part.is_open(self.world.now))


@action("GET", "/d2l/api/le/(version)/(orgUnitId)/content/toc", scopes=("content:toc:read",))
def table_of_contents(call: Call) -> Answer:
    """The outline for the caller, or for ``userId`` as an auditor or content manager.

    ``ignoreModuleDateRestrictions`` has no effect from 1.67 on, below which no version is served.
    """
    call.boolean("ignoreModuleDateRestrictions")
    viewer, unit_id = _viewer(call), call.id("orgUnitId")
    outline = call.world.outlines.get(unit_id)
    view = View(
        call.world,
        viewer,
        unit_id,
        sees_all=allowed(call.world, viewer, MANAGE_CONTENT, unit_id),
        ignores_dates=call.boolean("ignoreDateRestrictions", False),
        is_unstable=call.version == "unstable",
        title=call.text("title").lower(),
    )
    modules = outline.modules if outline else []
    if (module_id := call.number("moduleId")) is not None:
        modules = [_find(view, modules, module_id)]
    return Answer({"Modules": _modules(view, modules, view.title == "")})


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
    while waiting:
        module = waiting.pop()
        if module.module_id == module_id:
            return module
        waiting += [below for below in module.modules if view.shows(below)]
    raise Refusal.not_found()


def _modules(view: View, modules: list[Module], keep_all: bool) -> list[dict[str, Any]]:
    """The shown modules; with a title wanted, only matching ones and those above a match."""
    blocks = []
    for order, module in enumerate(modules):
        if not view.shows(module):
            continue
        whole = keep_all or view.title in module.title.lower()
        topics = [
            _topic(view, topic, number)
            for number, topic in enumerate(module.topics)
            if view.shows(topic) and (whole or view.title in topic.title.lower())
        ]
        below = _modules(view, module.modules, whole)
        if whole or topics or below:
            blocks.append(_module(module, order, below, topics))
    return blocks


def _module(module: Module, order: int, below: list[dict[str, Any]], topics: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "ModuleId": module.module_id,
        "Title": module.title,
        "SortOrder": order,
        "StartDateTime": utc(module.start),
        "EndDateTime": utc(module.end),
        "Modules": below,
        "Topics": topics,
        "IsHidden": module.is_hidden,
        "IsLocked": module.is_locked,
        "PacingStartDate": module.pacing_start.isoformat() if module.pacing_start else None,
        "PacingEndDate": module.pacing_end.isoformat() if module.pacing_end else None,
        "DefaultPath": f"/content/enforced/{module.module_id}/",
        "LastModifiedDate": utc(module.last_modified),
    }


def _topic(view: View, topic: Topic, order: int) -> dict[str, Any]:
    is_exempt = (view.viewer.person_id, topic.topic_id) in view.world.exemptions
    progress = view.world.progress_of(view.viewer.person_id, view.org_unit_id)
    kept = progress.get(topic.topic_id)
    block = {
        "TopicId": topic.topic_id,
        "Identifier": str(topic.topic_id),
        "TypeIdentifier": "Link" if topic.activity_type == LINK or topic.tool_id else "File",
        "Title": topic.title,
        "Bookmarked": False,
        "Unread": kept is None or not kept.is_read,
        "Url": topic.url,
        "SortOrder": order,
        "StartDateTime": utc(topic.start),
        "EndDateTime": utc(topic.end),
        "ActivityId": _activity(topic),
        "CompletionType": NONE if is_exempt else topic.completion_type,
        "IsExempt": is_exempt,
        "IsHidden": topic.is_hidden,
        "IsLocked": topic.is_locked,
        "IsBroken": topic.is_broken,
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


def _activity(topic: Topic) -> str | None:
    if topic.tool_id is None:
        return None
    return f"https://ids.brightspace.com/activities/{topic.tool_id}/{topic.tool_item_id}"
