"""ContentObject blocks: modules with their structure, and topics."""

from __future__ import annotations

from typing import Any

from tests.sandbox.answers import utc
from tests.sandbox.content_access import Reader, at_least
from tests.sandbox.content_model import Module, RichText, Topic
from tests.sandbox.routing import Call

MODULE_TYPE = 0
TOPIC_TYPE = 1


def object_block(call: Call, view: Reader, found: Module | Topic, parent_id: int | None) -> dict[str, Any]:
    """The block of a module or a topic, as this reader sees it."""
    if isinstance(found, Module):
        return module_block(call, view, found, parent_id)
    return topic_block(call, view, found, parent_id)


def structure_of(call: Call, view: Reader, module: Module) -> list[dict[str, Any]]:
    """The blocks of a module's children that this reader sees, in order."""
    return [object_block(call, view, child, module.module_id) for child in module.children if view.shows(child)]


def module_block(call: Call, view: Reader, module: Module, parent_id: int | None) -> dict[str, Any]:
    """A ContentObject of type Module."""
    return {
        "Structure": _inner_structure(call, view, module),
        "ModuleStartDate": utc(module.start),
        "ModuleEndDate": utc(module.end),
        "ModuleDueDate": utc(module.due),
        "IsHidden": module.is_hidden,
        "IsLocked": module.is_locked,
        "Id": module.module_id,
        "Title": module.title,
        "ShortTitle": module.short_title,
        "Type": MODULE_TYPE,
        "Description": description_block(module.description),
        "ParentModuleId": parent_id,
        "Duration": module.duration,
        "LastModifiedDate": utc(module.last_modified),
    }


def topic_block(call: Call, view: Reader, topic: Topic, parent_id: int | None) -> dict[str, Any]:
    """A ContentObject of type Topic; newer fields from the version on that has them."""
    block = {
        "TopicType": topic.topic_type,
        "Url": topic.url,
        "StartDate": utc(topic.start),
        "EndDate": utc(topic.end),
        "DueDate": utc(topic.due),
        "IsHidden": topic.is_hidden,
        "IsLocked": topic.is_locked,
        "OpenAsExternalResource": topic.opens_outside,
        "Id": topic.topic_id,
        "Title": topic.title,
        "ShortTitle": topic.short_title,
        "Type": TOPIC_TYPE,
        "Description": description_block(topic.description),
        "ParentModuleId": parent_id,
        "ActivityId": activity_id(topic),
        "IsExempt": (view.person.person_id, topic.topic_id) in view.world.exemptions,
        "ToolId": topic.tool_id,
        "ToolItemId": topic.tool_item_id,
        "ActivityType": topic.activity_type,
        "GradeItemId": topic.grade_item_id,
        "LastModifiedDate": utc(topic.last_modified),
        "AssociatedGradeItemIds": [] if topic.grade_item_id is None else [topic.grade_item_id],
    }
    if at_least(call, "1.72"):
        block["IsBroken"] = view.outline.is_broken(topic)
    if call.version == "unstable":
        block["Duration"] = topic.duration
    return block


def description_block(description: RichText | None) -> dict[str, str] | None:
    """A RichText block, or null."""
    return None if description is None else {"Text": description.text, "Html": description.markup}


def activity_id(topic: Topic) -> str | None:
    """What identifies the activity behind a topic; None when there is none."""
    if topic.tool_id is None:
        return None
    return f"https://ids.brightspace.com/activities/{topic.tool_id}/{topic.tool_item_id}"


def _inner_structure(call: Call, view: Reader, module: Module) -> list[dict[str, Any]]:
    if view.world.switches.module_structure == "full":
        return structure_of(call, view, module)
    return [_brief(child) for child in module.children if view.shows(child)]


def _brief(child: Module | Topic) -> dict[str, Any]:
    return {
        "Id": child.object_id,
        "Title": child.title,
        "ShortTitle": child.short_title,
        "Type": MODULE_TYPE if isinstance(child, Module) else TOPIC_TYPE,
        "LastModifiedDate": utc(child.last_modified),
    }
