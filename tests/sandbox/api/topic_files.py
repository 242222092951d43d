"""The file behind a file topic."""

from __future__ import annotations

from tests.sandbox.answers import Answer, Refusal
from tests.sandbox.content_access import Reader, manager, reader
from tests.sandbox.content_model import FILE_TOPIC, Topic
from tests.sandbox.content_store import ContentFile, folder_of, is_file_name, type_of
from tests.sandbox.multipart import upload_of
from tests.sandbox.routing import Call, action

_FILE = "/d2l/api/le/(version)/(orgUnitId)/content/topics/(topicId)/file"


@action("GET", _FILE, scopes=("content:file:read",))
def topic_file(call: Call) -> Answer:
    """The file, as an attachment or with ``stream`` inline."""
    view = reader(call)
    topic = _file_topic(call, view)
    file = view.outline.files.get(topic.url)
    if file is None:
        raise Refusal.not_found()
    return Answer.file(file.content, file.name, file.content_type, inline=call.boolean("stream", False))


@action("PUT", _FILE, scopes=("content:file:write",))
def replace_topic_file(call: Call) -> Answer:
    """Puts an uploaded file in the old one's folder and points the topic to it; the old one stays."""
    view = manager(call)
    topic = _file_topic(call, view)
    part = upload_of(call)
    name = part.file_name or ""
    if not is_file_name(name):
        raise Refusal.invalid_parameters("The file name is not valid.")
    path = folder_of(topic.url) + name
    view.outline.files[path] = ContentFile(path, part.content, type_of(path, part.content_type))
    topic.url, topic.is_broken, topic.last_modified = path, False, call.world.now
    return Answer.empty()


def _file_topic(call: Call, view: Reader) -> Topic:
    topic = view.topic(call.id("topicId"))
    if topic.topic_type != FILE_TOPIC:
        raise Refusal.invalid_parameters("Content topic is not a file")
    return topic
