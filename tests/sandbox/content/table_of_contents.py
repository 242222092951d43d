"""The table of contents of a course, as one person sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.sandbox.api.calls import Call
from tests.sandbox.api.dates import format_utc
from tests.sandbox.api.permissions import (
    MANAGE_CONTENT,
    has_permission,
    may_see_progress,
    require_membership,
    require_org_unit,
    require_person,
)
from tests.sandbox.api.responses import ApiError, Response
from tests.sandbox.api.routing import action
from tests.sandbox.content.blocks import activity_id
from tests.sandbox.content.permissions import ContentReader, outline_of
from tests.sandbox.models.content import LINK, NONE, Module, Outline, Topic
from tests.sandbox.models.content_files import course_path
from tests.sandbox.models.people import Person
from tests.sandbox.world import World

AVAILABLE_WITHIN_DATES = 0


@dataclass(frozen=True)
class TocView:
    """One person's view of an outline; ``title`` is a text that titles must contain."""

    world: World
    viewer: Person
    outline: Outline
    sees_all: bool
    is_unstable: bool
    ignores_dates: bool = False
    ignores_module_dates: bool = False
    title: str = ""

    @classmethod
    def of(cls, call: Call, reader: ContentReader) -> TocView:
        """A reader's view without options of the query."""
        return cls(call.world, reader.person, reader.outline, reader.sees_all, call.version == "unstable")

    def shows(self, part: Module | Topic) -> bool:
        """Whether the viewer sees this, given that they see the modules it is in."""
        if self.sees_all:
            return True
        no_dates = self.ignores_dates or (self.ignores_module_dates and isinstance(part, Module))
        return not part.is_hidden and (no_dates or part.is_open(self.world.now))


@action("GET", "/d2l/api/le/(version)/(orgUnitId)/content/toc", scopes=("content:toc:read",))
def table_of_contents(call: Call) -> Response:
    """The outline for the caller, or for ``userId`` as an auditor or content manager.

    From LE 1.67 on ``ignoreDateRestrictions`` replaces ``ignoreModuleDateRestrictions``.
    """
    viewer, unit = _viewer(call), require_org_unit(call)
    ignores_dates = call.boolean("ignoreDateRestrictions", False)
    ignores_module_dates = call.boolean("ignoreModuleDateRestrictions", False)
    has_new_parameter = call.is_at_least("1.67")
    view = TocView(
        call.world,
        viewer,
        outline_of(call.world, unit),
        sees_all=has_permission(call.world, viewer, MANAGE_CONTENT, unit.org_unit_id),
        is_unstable=call.version == "unstable",
        ignores_dates=ignores_dates and has_new_parameter,
        ignores_module_dates=ignores_module_dates and not has_new_parameter,
        title=call.text("title").lower(),
    )
    modules = view.outline.modules
    if (module_id := call.number("moduleId")) is not None:
        modules = [_find(view, modules, module_id)]
    return Response({"Modules": _modules(view, modules, view.title == "")})


def topic_entry(view: TocView, topic: Topic, order: int) -> dict[str, Any]:
    """A topic's entry as the viewer sees it; ``order`` is its index among its siblings."""
    key = (view.viewer.person_id, topic.topic_id)
    is_exempt = key in view.world.exemptions
    progress = view.world.progress_of(view.viewer.person_id, view.outline.org_unit_id).get(topic.topic_id)
    block = {
        "TopicId": topic.topic_id,
        "Identifier": str(topic.topic_id),
        "TypeIdentifier": "Link" if topic.activity_type == LINK or topic.tool_id else "File",
        "Title": topic.title,
        "Bookmarked": key in view.world.bookmarks,
        "Unread": progress is None or not progress.is_read,
        "Url": topic.url,
        "SortOrder": order,
        "StartDateTime": format_utc(topic.start),
        "EndDateTime": format_utc(topic.end),
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
        "LastModifiedDate": format_utc(topic.last_modified),
    }
    if view.is_unstable:
        block["StartDateAvailabilityType"] = AVAILABLE_WITHIN_DATES if topic.start else None
        block["EndDateAvailabilityType"] = AVAILABLE_WITHIN_DATES if topic.end else None
    return block


def _viewer(call: Call) -> Person:
    person_id = call.number("userId")
    if person_id is None or person_id == call.person().person_id:
        require_membership(call)
        return call.person()
    unit, person = require_org_unit(call), require_person(call, person_id)
    if not may_see_progress(call, person, unit.org_unit_id, MANAGE_CONTENT):
        raise ApiError.not_authorized(MANAGE_CONTENT, unit.org_unit_id)
    if call.world.role_in(person.person_id, unit.org_unit_id) is None:
        raise ApiError.not_authorized("OrgUnit.Access", unit.org_unit_id)
    return person


def _find(view: TocView, modules: list[Module], module_id: int) -> Module:
    queue = [module for module in modules if view.shows(module)]
    for module in queue:
        if module.module_id == module_id:
            return module
        below = (child for child in module.children if isinstance(child, Module))
        queue += [child for child in below if view.shows(child)]
    raise ApiError.not_found()


def _modules(view: TocView, modules: list[Module], keep_all: bool) -> list[dict[str, Any]]:
    """The modules shown; unless ``keep_all``, only those whose titles match or that contain a match."""
    blocks = (_module(view, module, order, keep_all) for order, module in enumerate(modules))
    return [block for block in blocks if block is not None]


def _module(view: TocView, module: Module, order: int, keep_all: bool) -> dict[str, Any] | None:
    if not view.shows(module):
        return None
    keeps_children = keep_all or view.title in module.title.lower()
    topics: list[dict[str, Any]] = []
    modules: list[dict[str, Any]] = []
    # Topics and modules are in two lists here but share one order.
    for number, child in enumerate(module.children):
        if isinstance(child, Module):
            below = _module(view, child, number, keeps_children)
            modules += [below] if below else []
        elif view.shows(child) and (keeps_children or view.title in child.title.lower()):
            topics.append(topic_entry(view, child, number))
    if not keeps_children and not topics and not modules:
        return None
    return _module_block(view, module, order, modules, topics)


def _module_block(
    view: TocView, module: Module, order: int, modules: list[dict[str, Any]], topics: list[dict[str, Any]]
) -> dict[str, Any]:
    unit = view.world.org_units[view.outline.org_unit_id]
    return {
        "ModuleId": module.module_id,
        "Title": module.title,
        "SortOrder": order,
        "StartDateTime": format_utc(module.start),
        "EndDateTime": format_utc(module.end),
        "Modules": modules,
        "Topics": topics,
        "IsHidden": module.is_hidden,
        "IsLocked": module.is_locked,
        "PacingStartDate": module.pacing_start.isoformat() if module.pacing_start else None,
        "PacingEndDate": module.pacing_end.isoformat() if module.pacing_end else None,
        "DefaultPath": course_path(unit.org_unit_id, unit.code),
        "LastModifiedDate": format_utc(module.last_modified),
    }
