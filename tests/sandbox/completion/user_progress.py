"""Progress of people through topics; these actions exist in ``unstable`` only."""

from __future__ import annotations

from typing import Any

from tests.sandbox.api.calls import Call
from tests.sandbox.api.dates import format_utc, parse_utc
from tests.sandbox.api.paging import object_list_page
from tests.sandbox.api.permissions import (
    SEE_PROGRESS,
    has_permission,
    may_see_progress,
    require_membership,
    require_org_unit,
    require_person,
)
from tests.sandbox.api.responses import ApiError, Response
from tests.sandbox.api.routing import action
from tests.sandbox.content.permissions import outline_of
from tests.sandbox.models.content import Topic, TopicProgress
from tests.sandbox.models.people import OrgUnit, Person

_PROGRESS = "/d2l/api/le/(version)/(orgUnitId)/content/userprogress/"
DEFAULT_PAGE_SIZE = 20
MAX_PAGE_SIZE = 100


@action("GET", _PROGRESS, only_unstable=True)
def user_progress(call: Call) -> Response:
    """Progress of people through topics, without topics never visited, in pages."""
    unit, topic_ids = require_org_unit(call), call.ids_list("objectId")
    size = call.number("pageSize", DEFAULT_PAGE_SIZE)
    if size < 1:
        raise ApiError.invalid_parameters("pageSize is at least 1.")
    rows = _rows(call, unit, set(topic_ids), min(size, MAX_PAGE_SIZE))
    return object_list_page(
        call,
        rows,
        limit=min(size, MAX_PAGE_SIZE),
        key=lambda progress: f"{progress.person_id}-{progress.topic_id}",
        render=lambda progress: _block(call, progress),
    )


@action("GET", f"{_PROGRESS}(topicId)", only_unstable=True)
def user_progress_of_topic(call: Call) -> Response:
    """One person's progress through one topic, visited or not."""
    unit = require_org_unit(call)
    topic = _topic(call, unit, call.id("topicId"))
    person = require_person(call, call.number("userId", call.person().person_id))
    _require_progress_of(call, person, unit)
    progress = call.world.progress_of(person.person_id, unit.org_unit_id).get(topic.topic_id)
    return Response(_block(call, progress or _unvisited(person, topic)))


@action("POST", _PROGRESS, only_unstable=True)
def update_user_progress(call: Call) -> Response:
    """Updates the caller's own progress; time spent never goes down."""
    unit, person, body = require_membership(call), call.person(), call.json()
    if not isinstance(body, dict) or not isinstance(body.get("ObjectId"), int):
        raise ApiError.invalid_parameters("The request body is not a UserProgressData.")
    if body.get("UserId") != person.person_id:
        raise ApiError.not_authorized(SEE_PROGRESS, unit.org_unit_id)
    topic = _topic(call, unit, body["ObjectId"])
    by_topic = call.world.progress_of(person.person_id, unit.org_unit_id)
    progress = by_topic.get(topic.topic_id) or _unvisited(person, topic)
    _update(call, progress, body)
    by_topic[topic.topic_id] = progress
    return Response(_block(call, progress))


def _update(call: Call, progress: TopicProgress, body: dict[str, Any]) -> None:
    visits, seconds = body.get("NumVisits", 0), body.get("TotalTime", 0)
    if not isinstance(visits, int) or not isinstance(seconds, int | float):
        raise ApiError.invalid_parameters("NumVisits and TotalTime are numbers.")
    completed, visited = body.get("CompletedDate"), body.get("LastVisited")
    completed_at = parse_utc(completed, "CompletedDate") if completed is not None else None
    visited_at = parse_utc(visited, "LastVisited") if visited is not None else progress.last_visited
    if completed_at is None and body.get("Completed") is not False:
        completed_at = progress.completed_at or (call.world.now if body.get("Completed") else None)
    progress.completed_at, progress.last_visited = completed_at, visited_at
    progress.is_read = bool(body.get("IsRead", progress.is_read))
    progress.visits, progress.seconds = max(visits, progress.visits), max(int(seconds), progress.seconds)


def _rows(call: Call, unit: OrgUnit, topic_ids: set[int], size: int) -> list[TopicProgress]:
    """The progress from the bookmark's person on, no more than a page needs.

    In a large course most people come before or after the page; their progress need not be made.
    """
    first = call.text("bookmark").partition("-")[0]
    bookmarked_id = int(first) if first.isdecimal() else 0
    existing = {topic.topic_id for _, topic in outline_of(call.world, unit).walk()}
    wanted = existing & topic_ids if topic_ids else existing
    rows: list[TopicProgress] = []
    needed = size + 1
    for person in _people(call, unit):
        if person.person_id < bookmarked_id:
            continue
        by_topic = call.world.progress_of(person.person_id, unit.org_unit_id)
        found = [progress for topic_id, progress in sorted(by_topic.items()) if topic_id in wanted]
        rows += found
        # Rows up to the bookmark do not count towards the page.
        needed += len(found) if person.person_id == bookmarked_id else 0
        if len(rows) >= needed:
            break
    return rows


def _people(call: Call, unit: OrgUnit) -> list[Person]:
    """The people asked for, or everybody in the org unit whose progress the caller may see, by id."""
    requested_ids = call.ids_list("userId")
    if requested_ids:
        people = [require_person(call, person_id) for person_id in sorted(set(requested_ids))]
        for person in people:
            _require_progress_of(call, person, unit)
        return people
    caller, world = call.person(), call.world
    visible_ids = set(world.enrolled_in(unit.org_unit_id))
    if not has_permission(world, caller, SEE_PROGRESS, unit.org_unit_id):
        visible_ids &= {caller.person_id, *world.auditees.get(caller.person_id, ())}
    return [world.people[person_id] for person_id in sorted(visible_ids)]


def _require_progress_of(call: Call, person: Person, unit: OrgUnit) -> None:
    if not may_see_progress(call, person, unit.org_unit_id, SEE_PROGRESS):
        raise ApiError.not_authorized(SEE_PROGRESS, unit.org_unit_id)


def _topic(call: Call, unit: OrgUnit, topic_id: int) -> Topic:
    topic = outline_of(call.world, unit).topic(topic_id)
    if topic is None:
        raise ApiError.not_found()
    return topic


def _unvisited(person: Person, topic: Topic) -> TopicProgress:
    return TopicProgress(topic.topic_id, person.person_id, is_read=False, visits=0)


def _block(call: Call, progress: TopicProgress) -> dict[str, Any]:
    return {
        "ObjectId": progress.topic_id,
        "UserId": progress.person_id,
        "CompletedDate": format_utc(progress.completed_at),
        "IsRead": progress.is_read,
        "NumVisits": progress.visits,
        "TotalTime": progress.seconds,
        "LastVisited": format_utc(progress.last_visited),
        "Visited": progress.visits > 0,
        "Completed": progress.completed_at is not None,
        "IsExempt": (progress.person_id, progress.topic_id) in call.world.exemptions,
    }
