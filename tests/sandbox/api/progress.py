"""Progress through content topic by topic; these actions exist in ``unstable`` only."""

from __future__ import annotations

from typing import Any

from tests.sandbox.answers import Answer, Refusal, object_list_page, utc
from tests.sandbox.content_access import outline_of
from tests.sandbox.content_model import Topic, TopicProgress
from tests.sandbox.permissions import (
    SEE_PROGRESS,
    allowed,
    may_see_progress,
    require_member,
    require_org_unit,
    require_person,
)
from tests.sandbox.routing import Call, action, utc_date
from tests.sandbox.world import OrgUnit, Person

_PROGRESS = "/d2l/api/le/(version)/(orgUnitId)/content/userprogress/"
DEFAULT_PAGE_SIZE = 20
LARGEST_PAGE_SIZE = 100


@action("GET", _PROGRESS, only_unstable=True)
def user_progress(call: Call) -> Answer:
    """Progress of people through topics, only where there is some, in pages."""
    unit, topic_ids = require_org_unit(call), call.ids_list("objectId")
    size = call.number("pageSize", DEFAULT_PAGE_SIZE)
    if size < 1:
        raise Refusal.invalid_parameters("pageSize is at least 1.")
    rows = _rows(call, unit, set(topic_ids), min(size, LARGEST_PAGE_SIZE))
    return object_list_page(
        call,
        rows,
        limit=min(size, LARGEST_PAGE_SIZE),
        key=lambda kept: f"{kept.person_id}-{kept.topic_id}",
        render=lambda kept: _block(call, kept),
    )


@action("GET", f"{_PROGRESS}(topicId)", only_unstable=True)
def user_progress_of_topic(call: Call) -> Answer:
    """One person's progress through one topic, also when there is none yet."""
    unit = require_org_unit(call)
    topic = _topic(call, unit, call.id("topicId"))
    person = require_person(call, call.number("userId", call.person().person_id))
    _require_progress_of(call, person, unit)
    kept = call.world.progress_of(person.person_id, unit.org_unit_id).get(topic.topic_id)
    return Answer(_block(call, kept or _untouched(person, topic)))


@action("POST", _PROGRESS, only_unstable=True)
def update_user_progress(call: Call) -> Answer:
    """Updates the caller's own progress; time spent never goes down."""
    unit, person, body = require_member(call), call.person(), call.json()
    if not isinstance(body, dict) or not isinstance(body.get("ObjectId"), int):
        raise Refusal.invalid_parameters("The request body is not a UserProgressData.")
    if body.get("UserId") != person.person_id:
        raise Refusal.not_authorized(SEE_PROGRESS, unit.org_unit_id)
    topic = _topic(call, unit, body["ObjectId"])
    progress = call.world.progress_of(person.person_id, unit.org_unit_id)
    kept = progress.get(topic.topic_id) or _untouched(person, topic)
    _update(call, kept, body)
    progress[topic.topic_id] = kept
    return Answer(_block(call, kept))


def _update(call: Call, kept: TopicProgress, body: dict[str, Any]) -> None:
    visits, seconds = body.get("NumVisits", 0), body.get("TotalTime", 0)
    if not isinstance(visits, int) or not isinstance(seconds, int | float):
        raise Refusal.invalid_parameters("NumVisits and TotalTime are numbers.")
    completed, visited = body.get("CompletedDate"), body.get("LastVisited")
    completed_at = utc_date(completed, "CompletedDate") if completed is not None else None
    visited_at = utc_date(visited, "LastVisited") if visited is not None else kept.last_visited
    if completed_at is None and body.get("Completed") is not False:
        completed_at = kept.completed_at or (call.world.now if body.get("Completed") else None)
    kept.completed_at, kept.last_visited = completed_at, visited_at
    kept.is_read = bool(body.get("IsRead", kept.is_read))
    kept.visits, kept.seconds = max(visits, kept.visits), max(int(seconds), kept.seconds)


def _rows(call: Call, unit: OrgUnit, topic_ids: set[int], size: int) -> list[TopicProgress]:
    """What there is from the bookmark's person on, and no more than a page needs.

    In a large course most people come before or after the page; theirs need not be made.
    """
    first = call.text("bookmark").partition("-")[0]
    skipped = int(first) if first.isdecimal() else 0
    kept_topics = {topic.topic_id for _, topic in outline_of(call.world, unit).walk()}
    wanted = kept_topics & topic_ids if topic_ids else kept_topics
    rows: list[TopicProgress] = []
    needed = size + 1
    for person in _asked_people(call, unit):
        if person.person_id < skipped:
            continue
        progress = call.world.progress_of(person.person_id, unit.org_unit_id)
        mine = [kept for topic_id, kept in sorted(progress.items()) if topic_id in wanted]
        rows += mine
        # Rows up to the bookmark do not count towards the page.
        needed += len(mine) if person.person_id == skipped else 0
        if len(rows) >= needed:
            break
    return rows


def _asked_people(call: Call, unit: OrgUnit) -> list[Person]:
    asked = call.ids_list("userId")
    if asked:
        people = [require_person(call, person_id) for person_id in sorted(set(asked))]
        for person in people:
            _require_progress_of(call, person, unit)
        return people
    caller, world = call.person(), call.world
    seen = set(world.enrolled_in(unit.org_unit_id))
    if not allowed(world, caller, SEE_PROGRESS, unit.org_unit_id):
        seen &= {caller.person_id, *world.auditees.get(caller.person_id, ())}
    return [world.people[person_id] for person_id in sorted(seen)]


def _require_progress_of(call: Call, person: Person, unit: OrgUnit) -> None:
    if not may_see_progress(call, person, unit.org_unit_id, SEE_PROGRESS):
        raise Refusal.not_authorized(SEE_PROGRESS, unit.org_unit_id)


def _topic(call: Call, unit: OrgUnit, topic_id: int) -> Topic:
    topic = outline_of(call.world, unit).topic(topic_id)
    if topic is None:
        raise Refusal.not_found()
    return topic


def _untouched(person: Person, topic: Topic) -> TopicProgress:
    return TopicProgress(topic.topic_id, person.person_id, is_read=False, visits=0)


def _block(call: Call, kept: TopicProgress) -> dict[str, Any]:
    return {
        "ObjectId": kept.topic_id,
        "UserId": kept.person_id,
        "CompletedDate": utc(kept.completed_at),
        "IsRead": kept.is_read,
        "NumVisits": kept.visits,
        "TotalTime": kept.seconds,
        "LastVisited": utc(kept.last_visited),
        "Visited": kept.visits > 0,
        "Completed": kept.completed_at is not None,
        "IsExempt": (kept.person_id, kept.topic_id) in call.world.exemptions,
    }
