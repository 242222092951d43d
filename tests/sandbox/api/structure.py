"""Adding to a module: a child module, a link, or a file with or without its content."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any

from tests.sandbox.answers import Answer, Refusal
from tests.sandbox.api.content_data import (
    apply,
    check_dates,
    content_data,
    module_changes,
    topic_changes,
    topic_type_of,
    url_of,
)
from tests.sandbox.api.content_objects import MODULE_TYPE, TOPIC_TYPE, object_block
from tests.sandbox.api.modules import MANAGING
from tests.sandbox.api.topics import check_url
from tests.sandbox.content_access import Reader, manager
from tests.sandbox.content_model import FILE, FILE_TOPIC, LINK, Module, Topic
from tests.sandbox.content_store import ContentFile, free_path, type_of
from tests.sandbox.multipart import Part, is_multipart, parts_of
from tests.sandbox.routing import Call, action


@action("POST", "/d2l/api/le/(version)/(orgUnitId)/content/modules/(moduleId)/structure/", scopes=MANAGING)
def add_to_structure(call: Call) -> Answer:
    """Adds a module or topic at the end of a module, and answers its block."""
    view = manager(call)
    parent = view.place(call.id("moduleId")).found
    if not isinstance(parent, Module):
        raise Refusal.invalid_parameters("The parent is not a module.")
    body, file = _posted(call)
    child: Module | Topic
    if isinstance(body, dict) and body.get("Type") == MODULE_TYPE:
        child = _module(call, view, body, file)
    else:
        child = _topic(call, view, content_data(body, TOPIC_TYPE), file)
    parent.children.append(child)
    return Answer(object_block(call, view, child, parent.module_id))


def _posted(call: Call) -> tuple[object, Part | None]:
    if not is_multipart(call):
        return call.json(), None
    parts = parts_of(call)
    if not parts[0].is_json or len(parts) > 2:
        raise Refusal.invalid_parameters("The first part is the JSON block, the second the file.")
    try:
        return json.loads(parts[0].content), parts[1] if len(parts) == 2 else None
    except ValueError:
        raise Refusal.invalid_parameters("The first part is not valid JSON.") from None


def _module(call: Call, view: Reader, body: Mapping[str, Any], file: Part | None) -> Module:
    changes = module_changes(call, content_data(body, MODULE_TYPE))
    check_dates(changes)
    if file is not None:
        raise Refusal.invalid_parameters("A module has no file.")
    module = Module(next(view.outline.ids), changes["title"])
    apply(changes, module, call.world.now)
    return module


def _topic(call: Call, view: Reader, data: Mapping[str, Any], file: Part | None) -> Topic:
    topic_type = topic_type_of(data)
    changes = topic_changes(call, data, topic_type)
    check_dates(changes)
    url = url_of(data)
    check_url(call, topic_type, url)
    is_file = topic_type == FILE_TOPIC
    if file is not None:
        if not is_file:
            raise Refusal.invalid_parameters("A link topic has no file.")
        url = _keep(call, view, url, file)
    elif is_file and url not in view.outline.files:
        raise Refusal.not_found()
    kind = FILE if is_file else LINK
    topic = Topic(next(view.outline.ids), changes["title"], kind, url=url)
    apply(changes, topic, call.world.now)
    return topic


def _keep(call: Call, view: Reader, path: str, file: Part) -> str:
    """Stores the file; its path, which is another one when nothing may be overwritten."""
    content = _decoded(file.content) if call.boolean("base64", False) else file.content
    files = view.outline.files
    if call.boolean("renameFileIfExists", False):
        path = free_path(path, files)
    files[path] = ContentFile(path, content, type_of(path, file.content_type))
    return path


def _decoded(content: bytes) -> bytes:
    try:
        return base64.b64decode(b"".join(content.split()), validate=True)
    except binascii.Error:
        raise Refusal.invalid_parameters("The file is not base64.") from None
