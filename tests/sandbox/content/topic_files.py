"""The file of a file topic: downloading and replacing it."""

from __future__ import annotations

from tests.sandbox.api.calls import Call
from tests.sandbox.api.multipart import upload_of
from tests.sandbox.api.responses import ApiError, Response
from tests.sandbox.api.routing import action
from tests.sandbox.content.permissions import ContentReader, content_manager, content_reader
from tests.sandbox.models.content import FILE_TOPIC, Topic
from tests.sandbox.models.content_files import ContentFile, folder_of, is_file_name, type_of

_FILE = "/d2l/api/le/(version)/(orgUnitId)/content/topics/(topicId)/file"


@action("GET", _FILE, scopes=("content:file:read",))
def topic_file(call: Call) -> Response:
    """The file, as an attachment or inline with ``stream``."""
    reader = content_reader(call)
    topic = _file_topic(call, reader)
    file = reader.outline.files.get(topic.url)
    if file is None:
        raise ApiError.not_found()
    return Response.file(file.content, file.name, file.content_type, inline=call.boolean("stream", False))


@action("PUT", _FILE, scopes=("content:file:write",))
def replace_topic_file(call: Call) -> Response:
    """Stores an uploaded file in the old one's folder and gives its path to the topic; the old file stays."""
    reader = content_manager(call)
    topic = _file_topic(call, reader)
    part = upload_of(call)
    name = part.file_name or ""
    if not is_file_name(name):
        raise ApiError.invalid_parameters("The file name is not valid.")
    path = folder_of(topic.url) + name
    reader.outline.files[path] = ContentFile(path, part.content, type_of(path, part.content_type))
    topic.url, topic.is_broken, topic.last_modified = path, False, call.world.now
    return Response.empty()


def _file_topic(call: Call, reader: ContentReader) -> Topic:
    topic = reader.topic(call.id("topicId"))
    if topic.topic_type != FILE_TOPIC:
        raise ApiError.invalid_parameters("Content topic is not a file")
    return topic
