"""Topics the caller has bookmarked or lately visited, as entries of a table of contents."""

from __future__ import annotations

from collections.abc import Iterable

from tests.sandbox.answers import Answer
from tests.sandbox.api.toc import View, topic_entry
from tests.sandbox.content_access import Reader, reader
from tests.sandbox.content_model import Topic
from tests.sandbox.routing import Call, action

_CONTENT = "/d2l/api/le/(version)/(orgUnitId)/content"
_SCOPES = ("content:toc:read",)
MOST_RECENT = 10


@action("GET", f"{_CONTENT}/bookmarks", scopes=_SCOPES)
def bookmarks(call: Call) -> Answer:
    """The caller's bookmarked topics, in the order of the outline."""
    view, person_id = reader(call), call.person().person_id
    return _entries(call, view, (topic for topic in _seen(view) if (person_id, topic.topic_id) in call.world.bookmarks))


@action("GET", f"{_CONTENT}/recent", scopes=_SCOPES)
def recent(call: Call) -> Answer:
    """The topics the caller visited last, the latest first."""
    view = reader(call)
    progress = call.world.progress_of(view.person.person_id, view.outline.org_unit_id)
    visits = {topic_id: kept.last_visited for topic_id, kept in progress.items() if kept.last_visited}
    visited = [topic for topic in _seen(view) if topic.topic_id in visits]
    visited.sort(key=lambda topic: visits[topic.topic_id], reverse=True)
    return _entries(call, view, visited[:MOST_RECENT])


def _seen(view: Reader) -> Iterable[Topic]:
    for above, topic in view.outline.walk():
        if view.shows(topic) and all(map(view.shows, above)):
            yield topic


def _entries(call: Call, view: Reader, topics: Iterable[Topic]) -> Answer:
    toc_view = View.of(call, view)
    return Answer([topic_entry(toc_view, topic, view.place(topic.topic_id).siblings.index(topic)) for topic in topics])
