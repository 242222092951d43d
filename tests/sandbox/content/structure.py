"""Adding to a module: a child module, a link topic, or a file topic with or without its file."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any

from tests.sandbox.api.calls import Call
from tests.sandbox.api.multipart import Part, is_multipart, parts_of
from tests.sandbox.api.responses import ApiError, Response
from tests.sandbox.api.routing import action
from tests.sandbox.content.blocks import MODULE_TYPE, TOPIC_TYPE, object_block
from tests.sandbox.content.modules import MANAGE_SCOPES
from tests.sandbox.content.permissions import ContentReader, content_manager
from tests.sandbox.content.request_data import (
    apply,
    check_dates,
    content_data,
    module_changes,
    topic_changes,
    topic_type_of,
    url_of,
)
from tests.sandbox.content.topics import check_url
from tests.sandbox.models.content import FILE, FILE_TOPIC, LINK, Module, Topic
from tests.sandbox.models.content_files import ContentFile, free_path, type_of


@action("POST", "/d2l/api/le/(version)/(orgUnitId)/content/modules/(moduleId)/structure/", scopes=MANAGE_SCOPES)
def add_to_structure(call: Call) -> Response:
    """Adds a module or topic at the end of a module; the response is its block."""
    reader = content_manager(call)
    parent = reader.place(call.id("moduleId")).found
    if not isinstance(parent, Module):
        raise ApiError.invalid_parameters("The parent is not a module.")
    body, file = _block_and_file(call)
    child: Module | Topic
    if isinstance(body, dict) and body.get("Type") == MODULE_TYPE:
        child = _module(call, reader, body, file)
    else:
        child = _topic(call, reader, content_data(body, TOPIC_TYPE), file)
    parent.children.append(child)
    return Response(object_block(call, reader, child, parent.module_id))


def _block_and_file(call: Call) -> tuple[object, Part | None]:
    """The JSON block and the file of the body; 400 for other parts."""
    if not is_multipart(call):
        return call.json(), None
    parts = parts_of(call)
    if not parts[0].is_json or len(parts) > 2:
        raise ApiError.invalid_parameters("The first part is the JSON block, the second the file.")
    try:
        return json.loads(parts[0].content), parts[1] if len(parts) == 2 else None
    except ValueError:
        raise ApiError.invalid_parameters("The first part is not valid JSON.") from None


def _module(call: Call, reader: ContentReader, body: Mapping[str, Any], file: Part | None) -> Module:
    changes = module_changes(call, content_data(body, MODULE_TYPE))
    check_dates(changes)
    if file is not None:
        raise ApiError.invalid_parameters("A module has no file.")
    module = Module(next(reader.outline.ids), changes["title"])
    apply(changes, module, call.world.now)
    return module


def _topic(call: Call, reader: ContentReader, data: Mapping[str, Any], file: Part | None) -> Topic:
    topic_type = topic_type_of(data)
    changes = topic_changes(call, data, topic_type)
    check_dates(changes)
    url = url_of(data)
    check_url(call, topic_type, url)
    is_file = topic_type == FILE_TOPIC
    if file is not None:
        if not is_file:
            raise ApiError.invalid_parameters("A link topic has no file.")
        url = _store(call, reader, url, file)
    elif is_file and url not in reader.outline.files:
        raise ApiError.not_found()
    activity_type = FILE if is_file else LINK
    topic = Topic(next(reader.outline.ids), changes["title"], activity_type, url=url)
    apply(changes, topic, call.world.now)
    return topic


def _store(call: Call, reader: ContentReader, path: str, file: Part) -> str:
    """Stores the file and returns its path, which differs with ``renameFileIfExists`` when ``path`` is taken."""
    content = _decoded(file.content) if call.boolean("base64", False) else file.content
    files = reader.outline.files
    if call.boolean("renameFileIfExists", False):
        path = free_path(path, files)
    files[path] = ContentFile(path, content, type_of(path, file.content_type))
    return path


def _decoded(content: bytes) -> bytes:
    try:
        return base64.b64decode(b"".join(content.split()), validate=True)
    except binascii.Error:
        raise ApiError.invalid_parameters("The file is not base64.") from None
