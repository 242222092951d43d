"""Topics: reading, changing and deleting them."""

from __future__ import annotations

import re

from tests.sandbox.api.calls import Call
from tests.sandbox.api.permissions import require_org_unit
from tests.sandbox.api.responses import ApiError, Response
from tests.sandbox.api.routing import action
from tests.sandbox.content.blocks import TOPIC_TYPE, topic_block
from tests.sandbox.content.modules import remove_references
from tests.sandbox.content.permissions import content_manager, content_reader
from tests.sandbox.content.request_data import (
    apply,
    check_dates,
    content_data,
    resets_completion,
    topic_changes,
    topic_type_of,
    url_of,
)
from tests.sandbox.models.content import FILE_TOPIC
from tests.sandbox.models.content_files import course_path, is_inside

_TOPIC = "/d2l/api/le/(version)/(orgUnitId)/content/topics/(topicId)"
# The last scope of each is deprecated but still accepted.
_READ_SCOPES = ("content:topics:readonly", "content:topics:read")
_MANAGE_SCOPES = ("content:topics:manage", "content:topics:read")
_LINK = re.compile(r"(https?://[^\s/]|/(?!/))\S*", re.IGNORECASE)


@action("GET", _TOPIC, scopes=_READ_SCOPES)
def topic(call: Call) -> Response:
    """One topic."""
    reader = content_reader(call)
    found = reader.topic(call.id("topicId"))
    return Response(topic_block(call, reader, found, reader.place(found.topic_id).parent_id))


@action("PUT", _TOPIC, scopes=_MANAGE_SCOPES)
def update_topic(call: Call) -> Response:
    """Changes a topic; a new Url is checked for its form, not for a file at it."""
    reader = content_manager(call)
    found = reader.topic(call.id("topicId"))
    data = content_data(call.json(), TOPIC_TYPE)
    if topic_type_of(data) != found.topic_type:
        raise ApiError.invalid_parameters("A topic keeps its TopicType.")
    changes = topic_changes(call, data, found.topic_type)
    check_dates(changes, found)
    url = url_of(data) if "Url" in data else found.url
    if url != found.url:
        check_url(call, found.topic_type, url)
        changes["url"] = url
    if resets_completion(data):
        _reset_completion(call, found.topic_id)
    apply(changes, found, call.world.now)
    return Response.empty()


@action("DELETE", _TOPIC, scopes=_MANAGE_SCOPES)
def delete_topic(call: Call) -> Response:
    """Deletes a topic; its file stays in the content store."""
    reader = content_manager(call)
    found = reader.topic(call.id("topicId"))
    reader.place(found.topic_id).siblings.remove(found)
    remove_references(call.world, {found.topic_id})
    return Response.empty()


def check_url(call: Call, topic_type: int, url: str) -> None:
    """400 unless the Url is a path in the course's folder for a file topic, an address for a link topic."""
    unit = require_org_unit(call)
    if topic_type != FILE_TOPIC:
        if not _LINK.fullmatch(url):
            raise ApiError.invalid_parameters("The Url of a link topic is an address.")
        return
    folder = course_path(unit.org_unit_id, unit.code)
    if not is_inside(url, folder):
        raise ApiError.invalid_parameters(f"The Url of a file topic is a path in {folder}.")


def _reset_completion(call: Call, topic_id: int) -> None:
    unit_id = call.id("orgUnitId")
    for person_id in call.world.enrolled_in(unit_id):
        progress = call.world.progress_of(person_id, unit_id).get(topic_id)
        if progress is not None:
            progress.completed_at = None
