"""ContentObject blocks as the sandbox sends them: modules with their structure, and topics."""

from __future__ import annotations

from typing import Any

from tests.sandbox.api.calls import Call
from tests.sandbox.api.dates import format_utc
from tests.sandbox.content.permissions import ContentReader
from tests.sandbox.models.content import Module, RichText, Topic

MODULE_TYPE = 0
TOPIC_TYPE = 1


def object_block(call: Call, reader: ContentReader, item: Module | Topic, parent_id: int | None) -> dict[str, Any]:
    """The block of a module or a topic, as this reader sees it."""
    if isinstance(item, Module):
        return module_block(call, reader, item, parent_id)
    return topic_block(call, reader, item, parent_id)


def structure_of(call: Call, reader: ContentReader, module: Module) -> list[dict[str, Any]]:
    """The blocks of a module's children that this reader sees, in order."""
    return [object_block(call, reader, child, module.module_id) for child in module.children if reader.shows(child)]


def module_block(call: Call, reader: ContentReader, module: Module, parent_id: int | None) -> dict[str, Any]:
    """A ContentObject of type Module."""
    return {
        "Structure": _inner_structure(call, reader, module),
        "ModuleStartDate": format_utc(module.start),
        "ModuleEndDate": format_utc(module.end),
        "ModuleDueDate": format_utc(module.due),
        "IsHidden": module.is_hidden,
        "IsLocked": module.is_locked,
        "Id": module.module_id,
        "Title": module.title,
        "ShortTitle": module.short_title,
        "Type": MODULE_TYPE,
        "Description": description_block(module.description),
        "ParentModuleId": parent_id,
        "Duration": module.duration,
        "LastModifiedDate": format_utc(module.last_modified),
    }


def topic_block(call: Call, reader: ContentReader, topic: Topic, parent_id: int | None) -> dict[str, Any]:
    """A ContentObject of type Topic; newer fields only in versions that have them."""
    block = {
        "TopicType": topic.topic_type,
        "Url": topic.url,
        "StartDate": format_utc(topic.start),
        "EndDate": format_utc(topic.end),
        "DueDate": format_utc(topic.due),
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
        "IsExempt": (reader.person.person_id, topic.topic_id) in reader.world.exemptions,
        "ToolId": topic.tool_id,
        "ToolItemId": topic.tool_item_id,
        "ActivityType": topic.activity_type,
        "GradeItemId": topic.grade_item_id,
        "LastModifiedDate": format_utc(topic.last_modified),
        "AssociatedGradeItemIds": [] if topic.grade_item_id is None else [topic.grade_item_id],
    }
    if call.is_at_least("1.72"):
        block["IsBroken"] = reader.outline.is_broken(topic)
    if call.version == "unstable":
        block["Duration"] = topic.duration
    return block


def description_block(description: RichText | None) -> dict[str, str] | None:
    """A RichText block, or null."""
    return None if description is None else {"Text": description.text, "Html": description.markup}


def activity_id(topic: Topic) -> str | None:
    """The id of the activity behind a topic; None when there is none."""
    if topic.tool_id is None:
        return None
    return f"https://ids.brightspace.com/activities/{topic.tool_id}/{topic.tool_item_id}"


def _inner_structure(call: Call, reader: ContentReader, module: Module) -> list[dict[str, Any]]:
    if reader.world.switches.module_structure == "full":
        return structure_of(call, reader, module)
    return [_brief(child) for child in module.children if reader.shows(child)]


def _brief(child: Module | Topic) -> dict[str, Any]:
    return {
        "Id": child.object_id,
        "Title": child.title,
        "ShortTitle": child.short_title,
        "Type": MODULE_TYPE if isinstance(child, Module) else TOPIC_TYPE,
        "LastModifiedDate": format_utc(child.last_modified),
    }
