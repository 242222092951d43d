"""Topics the caller has bookmarked or recently visited, as entries of a table of contents."""

from __future__ import annotations

from collections.abc import Iterable

from tests.sandbox.api.calls import Call
from tests.sandbox.api.responses import Response
from tests.sandbox.api.routing import action
from tests.sandbox.content.permissions import ContentReader, content_reader
from tests.sandbox.content.table_of_contents import TocView, topic_entry
from tests.sandbox.models.content import Topic

_CONTENT = "/d2l/api/le/(version)/(orgUnitId)/content"
_SCOPES = ("content:toc:read",)
MAX_RECENT_TOPICS = 10


@action("GET", f"{_CONTENT}/bookmarks", scopes=_SCOPES)
def bookmarks(call: Call) -> Response:
    """The caller's bookmarked topics, in the order of the outline."""
    reader, person_id = content_reader(call), call.person().person_id
    bookmarked = (topic for topic in reader.visible_topics() if (person_id, topic.topic_id) in call.world.bookmarks)
    return _entries(call, reader, bookmarked)


@action("GET", f"{_CONTENT}/recent", scopes=_SCOPES)
def recent(call: Call) -> Response:
    """The topics the caller visited last, latest first."""
    reader = content_reader(call)
    by_topic = call.world.progress_of(reader.person.person_id, reader.outline.org_unit_id)
    visits = {topic_id: progress.last_visited for topic_id, progress in by_topic.items() if progress.last_visited}
    visited = [topic for topic in reader.visible_topics() if topic.topic_id in visits]
    visited.sort(key=lambda topic: visits[topic.topic_id], reverse=True)
    return _entries(call, reader, visited[:MAX_RECENT_TOPICS])


def _entries(call: Call, reader: ContentReader, topics: Iterable[Topic]) -> Response:
    view = TocView.of(call, reader)
    return Response([topic_entry(view, topic, reader.place(topic.topic_id).siblings.index(topic)) for topic in topics])
