"""ContentObjectData blocks as clients send them: checked field by field, then applied.

What a block leaves out stays as it is. From LE 1.70 on a date sent as null is erased; before, only
a module's start and end are.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tests.sandbox.answers import Refusal
from tests.sandbox.content_access import at_least
from tests.sandbox.content_model import FILE_TOPIC, LINK_TOPIC, Module, RichText, Topic
from tests.sandbox.routing import Call, utc_date

Changes = dict[str, Any]
ERASING_VERSION = "1.70"


def content_data(body: object, content_type: int) -> Mapping[str, Any]:
    """The body as a block of this type (0 module, 1 topic); 400 when it is something else."""
    if not isinstance(body, dict) or type(body.get("Type")) is not int or body["Type"] != content_type:
        raise Refusal.invalid_parameters(f"A ContentObjectData of Type {content_type} is expected.")
    return body


def module_changes(call: Call, data: Mapping[str, Any]) -> Changes:
    """What a module's block sets, by the model's own names."""
    return {
        **_common(call, data),
        **_dates(data, {"ModuleStartDate": "start", "ModuleEndDate": "end"}, erases=True),
        **_dates(data, {"ModuleDueDate": "due"}, erases=at_least(call, ERASING_VERSION)),
    }


def topic_changes(call: Call, data: Mapping[str, Any], topic_type: int) -> Changes:
    """What the block of a topic of this type sets, by the model's own names; the Url is not among it."""
    opens_outside = _optional(data, "OpenAsExternalResource", bool)
    if opens_outside and topic_type != LINK_TOPIC:
        raise Refusal.invalid_parameters("OpenAsExternalResource is for link topics only.")
    names = {"StartDate": "start", "EndDate": "end", "DueDate": "due"}
    changes = {**_common(call, data), **_dates(data, names, erases=at_least(call, ERASING_VERSION))}
    if topic_type == LINK_TOPIC and "OpenAsExternalResource" in data:
        changes["opens_outside"] = opens_outside
    return changes


def topic_type_of(data: Mapping[str, Any]) -> int:
    """File (1) or link (3); 400 for the reserved types and anything else."""
    topic_type = data.get("TopicType")
    if type(topic_type) is not int or topic_type not in (FILE_TOPIC, LINK_TOPIC):
        raise Refusal.invalid_parameters("TopicType is 1 (file) or 3 (link).")
    return topic_type


def url_of(data: Mapping[str, Any]) -> str:
    """The Url; 400 when it is blank or no text."""
    url = data.get("Url")
    if not isinstance(url, str) or not url.strip():
        raise Refusal.invalid_parameters("Url is required.")
    return url


def resets_completion(data: Mapping[str, Any]) -> bool:
    """Whether an update takes back everybody's completion: a major one that says so."""
    is_major = _optional(data, "MajorUpdate", bool)
    _optional(data, "MajorUpdateText", str)
    return bool(_optional(data, "ResetCompletionTracking", bool) and is_major)


def check_dates(changes: Changes, now: Module | Topic | None = None) -> None:
    """400 when the end would come before the start."""
    start, end = (changes.get(name, getattr(now, name, None)) for name in ("start", "end"))
    if start and end and end < start:
        raise Refusal.invalid_parameters("The end date is before the start date.")


def apply(changes: Changes, target: Module | Topic, moment: datetime) -> None:
    """Writes checked changes to a module or topic."""
    for name, value in changes.items():
        setattr(target, name, value)
    target.last_modified = moment


def _common(call: Call, data: Mapping[str, Any]) -> Changes:
    title = data.get("Title")
    if not isinstance(title, str) or not title.strip():
        raise Refusal.invalid_parameters("Title must not be blank.")
    changes: Changes = {"title": title}
    if "ShortTitle" in data:
        changes["short_title"] = _optional(data, "ShortTitle", str) or ""
    for field, name in (("IsHidden", "is_hidden"), ("IsLocked", "is_locked")):
        if field in data:
            if not isinstance(data[field], bool):
                raise Refusal.invalid_parameters(f"{field} is true or false.")
            changes[name] = data[field]
    if "Description" in data:
        changes["description"] = _description(data["Description"])
    # Numbered versions do not know the field on input, and what is unknown is passed over.
    if "Duration" in data and call.version == "unstable":
        changes["duration"] = _optional(data, "Duration", int)
    return changes


def _dates(data: Mapping[str, Any], names: Mapping[str, str], *, erases: bool) -> Changes:
    sent = {name: data[field] for field, name in names.items() if field in data}
    fields = {name: field for field, name in names.items()}
    return {
        name: None if value is None else utc_date(value, fields[name])
        for name, value in sent.items()
        if value is not None or erases
    }


def _description(value: object) -> RichText | None:
    if value is None:
        return None
    if not isinstance(value, dict) or not isinstance(value.get("Content"), str):
        raise Refusal.invalid_parameters("Description has Content and Type.")
    content = value["Content"]
    match value.get("Type"):
        case "Text":
            return RichText(content, html.escape(content))
        case "Html":
            return RichText(html.unescape(re.sub("<[^>]*>", "", content)), content)
    raise Refusal.invalid_parameters("The Type of a Description is Text or Html.")


def _optional(data: Mapping[str, Any], field: str, kind: type) -> Any:
    value = data.get(field)
    if value is not None and type(value) is not kind:
        raise Refusal.invalid_parameters(f"The value of {field} is not valid.")
    return value
