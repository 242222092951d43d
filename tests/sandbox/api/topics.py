"""Topics one by one."""

from __future__ import annotations

import re

from tests.sandbox.answers import Answer, Refusal
from tests.sandbox.api.content_data import (
    apply,
    check_dates,
    content_data,
    resets_completion,
    topic_changes,
    topic_type_of,
    url_of,
)
from tests.sandbox.api.content_objects import TOPIC_TYPE, topic_block
from tests.sandbox.api.modules import forget_topics
from tests.sandbox.content_access import manager, reader
from tests.sandbox.content_model import FILE_TOPIC
from tests.sandbox.content_store import course_path, is_inside
from tests.sandbox.permissions import require_org_unit
from tests.sandbox.routing import Call, action

_TOPIC = "/d2l/api/le/(version)/(orgUnitId)/content/topics/(topicId)"
# The last of each is deprecated, but still gives access.
_READING = ("content:topics:readonly", "content:topics:read")
_MANAGING = ("content:topics:manage", "content:topics:read")
_LINK = re.compile(r"(https?://[^\s/]|/(?!/))\S*", re.IGNORECASE)


@action("GET", _TOPIC, scopes=_READING)
def topic(call: Call) -> Answer:
    """One topic."""
    view = reader(call)
    found = view.topic(call.id("topicId"))
    return Answer(topic_block(call, view, found, view.place(found.topic_id).parent_id))


@action("PUT", _TOPIC, scopes=_MANAGING)
def update_topic(call: Call) -> Answer:
    """Changes a topic; a new Url is checked for its form, not for what is there."""
    view = manager(call)
    found = view.topic(call.id("topicId"))
    data = content_data(call.json(), TOPIC_TYPE)
    if topic_type_of(data) != found.topic_type:
        raise Refusal.invalid_parameters("A topic keeps its TopicType.")
    changes = topic_changes(call, data, found.topic_type)
    check_dates(changes, found)
    url = url_of(data) if "Url" in data else found.url
    if url != found.url:
        check_url(call, found.topic_type, url)
        changes["url"] = url
    if resets_completion(data):
        _reset_completion(call, found.topic_id)
    apply(changes, found, call.world.now)
    return Answer.empty()


@action("DELETE", _TOPIC, scopes=_MANAGING)
def delete_topic(call: Call) -> Answer:
    """Deletes a topic; its file stays in the content store."""
    view = manager(call)
    found = view.topic(call.id("topicId"))
    view.place(found.topic_id).siblings.remove(found)
    forget_topics(call.world, {found.topic_id})
    return Answer.empty()


def check_url(call: Call, topic_type: int, url: str) -> None:
    """400 unless a file's Url lies in the course's content space, or a link's is an address."""
    unit = require_org_unit(call)
    if topic_type != FILE_TOPIC:
        if not _LINK.fullmatch(url):
            raise Refusal.invalid_parameters("The Url of a link topic is an address.")
        return
    folder = course_path(unit.org_unit_id, unit.code)
    if not is_inside(url, folder):
        raise Refusal.invalid_parameters(f"The Url of a file topic is a path in {folder}.")


def _reset_completion(call: Call, topic_id: int) -> None:
    unit_id = call.id("orgUnitId")
    for person_id in call.world.enrolled_in(unit_id):
        kept = call.world.progress_of(person_id, unit_id).get(topic_id)
        if kept is not None:
            kept.completed_at = None
