"""ContentObjectData blocks that clients send: validated field by field, then applied.

Fields that a block leaves out stay. From LE 1.70 on a null date removes the date; before, only a module's start and
end.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tests.sandbox.api.calls import Call
from tests.sandbox.api.dates import parse_utc
from tests.sandbox.api.responses import ApiError
from tests.sandbox.models.content import FILE_TOPIC, LINK_TOPIC, Module, RichText, Topic

Changes = dict[str, Any]
NULL_REMOVES_DATES_SINCE = "1.70"


def content_data(body: object, content_type: int) -> Mapping[str, Any]:
    """The body as a block of this type (0 module, 1 topic); 400 when it is something else."""
    if not isinstance(body, dict) or type(body.get("Type")) is not int or body["Type"] != content_type:
        raise ApiError.invalid_parameters(f"A ContentObjectData of Type {content_type} is expected.")
    return body


def module_changes(call: Call, data: Mapping[str, Any]) -> Changes:
    """The fields that a module's block sets, by the names of ``Module``."""
    return {
        **_shared_changes(call, data),
        **_dates(data, {"ModuleStartDate": "start", "ModuleEndDate": "end"}, null_removes=True),
        **_dates(data, {"ModuleDueDate": "due"}, null_removes=call.is_at_least(NULL_REMOVES_DATES_SINCE)),
    }


def topic_changes(call: Call, data: Mapping[str, Any], topic_type: int) -> Changes:
    """The fields that the block of a topic of this type sets, by the names of ``Topic``; without the Url."""
    opens_outside = _optional(data, "OpenAsExternalResource", bool)
    if opens_outside and topic_type != LINK_TOPIC:
        raise ApiError.invalid_parameters("OpenAsExternalResource is for link topics only.")
    names = {"StartDate": "start", "EndDate": "end", "DueDate": "due"}
    changes = {
        **_shared_changes(call, data),
        **_dates(data, names, null_removes=call.is_at_least(NULL_REMOVES_DATES_SINCE)),
    }
    if topic_type == LINK_TOPIC and "OpenAsExternalResource" in data:
        changes["opens_outside"] = opens_outside
    return changes


def topic_type_of(data: Mapping[str, Any]) -> int:
    """File (1) or link (3); 400 for the reserved types and anything else."""
    topic_type = data.get("TopicType")
    if type(topic_type) is not int or topic_type not in (FILE_TOPIC, LINK_TOPIC):
        raise ApiError.invalid_parameters("TopicType is 1 (file) or 3 (link).")
    return topic_type


def url_of(data: Mapping[str, Any]) -> str:
    """The Url; 400 when it is blank or no text."""
    url = data.get("Url")
    if not isinstance(url, str) or not url.strip():
        raise ApiError.invalid_parameters("Url is required.")
    return url


def resets_completion(data: Mapping[str, Any]) -> bool:
    """Whether an update resets everybody's completion: a major update that asks for it."""
    is_major = _optional(data, "MajorUpdate", bool)
    _optional(data, "MajorUpdateText", str)
    return bool(_optional(data, "ResetCompletionTracking", bool) and is_major)


def check_dates(changes: Changes, current: Module | Topic | None = None) -> None:
    """400 when the end would be before the start; ``current`` has the dates that do not change."""
    start, end = (changes.get(name, getattr(current, name, None)) for name in ("start", "end"))
    if start and end and end < start:
        raise ApiError.invalid_parameters("The end date is before the start date.")


def apply(changes: Changes, target: Module | Topic, now: datetime) -> None:
    """Applies validated changes to a module or topic."""
    for name, value in changes.items():
        setattr(target, name, value)
    target.last_modified = now


def _shared_changes(call: Call, data: Mapping[str, Any]) -> Changes:
    title = data.get("Title")
    if not isinstance(title, str) or not title.strip():
        raise ApiError.invalid_parameters("Title must not be blank.")
    changes: Changes = {"title": title, **_flags(data)}
    if "ShortTitle" in data:
        changes["short_title"] = _optional(data, "ShortTitle", str) or ""
    if "Description" in data:
        changes["description"] = _description(data["Description"])
    # Numbered versions do not have this field on input, and unknown fields are ignored.
    if "Duration" in data and call.version == "unstable":
        changes["duration"] = _optional(data, "Duration", int)
    return changes


def _flags(data: Mapping[str, Any]) -> Changes:
    sent = {name: field for field, name in (("IsHidden", "is_hidden"), ("IsLocked", "is_locked")) if field in data}
    for field in sent.values():
        if not isinstance(data[field], bool):
            raise ApiError.invalid_parameters(f"{field} is true or false.")
    return {name: data[field] for name, field in sent.items()}


def _dates(data: Mapping[str, Any], names: Mapping[str, str], *, null_removes: bool) -> Changes:
    return {
        name: None if data[field] is None else parse_utc(data[field], field)
        for field, name in names.items()
        if field in data and (data[field] is not None or null_removes)
    }


def _description(value: object) -> RichText | None:
    if value is None:
        return None
    if not isinstance(value, dict) or not isinstance(value.get("Content"), str):
        raise ApiError.invalid_parameters("Description has Content and Type.")
    content = value["Content"]
    match value.get("Type"):
        case "Text":
            return RichText(content, html.escape(content))
        case "Html":
            return RichText(html.unescape(re.sub("<[^>]*>", "", content)), content)
    raise ApiError.invalid_parameters("The Type of a Description is Text or Html.")


def _optional(data: Mapping[str, Any], field: str, kind: type) -> Any:
    value = data.get(field)
    if value is not None and type(value) is not kind:
        raise ApiError.invalid_parameters(f"The value of {field} is not valid.")
    return value
