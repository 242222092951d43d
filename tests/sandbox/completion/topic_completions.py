"""Completions of single topics: reading and setting them."""

from __future__ import annotations

from typing import Any

from tests.sandbox.api.calls import Call
from tests.sandbox.api.dates import format_utc, parse_utc
from tests.sandbox.api.paging import object_list_page
from tests.sandbox.api.permissions import (
    MANAGE_CONTENT,
    has_permission,
    may_see_progress,
    require_org_unit,
    require_person,
)
from tests.sandbox.api.responses import ApiError, Response
from tests.sandbox.api.routing import action
from tests.sandbox.content.permissions import outline_of
from tests.sandbox.models.content import MANUAL, NONE, Outline, Topic, TopicProgress
from tests.sandbox.models.people import Person

_COMPLETIONS = "/d2l/api/le/(version)/(orgUnitId)/content/topics/(topicId)/completions/"
_OF_USER = f"{_COMPLETIONS}users/(userId)"
_READ_SCOPES = ("content:completions:read",)
DEFAULT_PAGE_SIZE = 20
MAX_PAGE_SIZE = 100


@action("GET", _COMPLETIONS, scopes=_READ_SCOPES)
def topic_completions(call: Call) -> Response:
    """The completion of everybody the caller may see, whether completed or not, in pages."""
    outline, topic = _topic(call)
    size = call.number("pageSize", DEFAULT_PAGE_SIZE)
    if size < 1:
        raise ApiError.invalid_parameters("pageSize is at least 1.")
    ids = _person_ids(call, outline)
    if not call.boolean("isAscendingSort", True):
        ids.reverse()
    return object_list_page(
        call,
        ids,
        limit=min(size, MAX_PAGE_SIZE),
        cursor="userBookmark",
        key=lambda person_id: person_id,
        render=lambda person_id: _block(call, outline, topic, person_id),
    )


@action("GET", _OF_USER, scopes=_READ_SCOPES)
def topic_completion(call: Call) -> Response:
    """One person's completion: one's own, an auditee's, or in a course one manages."""
    outline, topic = _topic(call)
    person = require_person(call, call.id("userId"))
    _require_access_to(call, outline, person)
    return Response(_block(call, outline, topic, person.person_id))


@action("PUT", _OF_USER, scopes=("content:completions:write",))
def set_topic_completion(call: Call) -> Response:
    """Sets when a person completed the topic; null removes the completion."""
    outline, topic = _topic(call)
    person = require_person(call, call.id("userId"))
    _require_write_access(call, outline, topic, person)
    if call.world.role_in(person.person_id, outline.org_unit_id) is None:
        raise ApiError.invalid_parameters("The user is not in the classlist.")
    body = call.json()
    if not isinstance(body, dict) or "CompletedDate" not in body:
        raise ApiError.invalid_parameters("A ContentTopicCompletionUpdate is expected.")
    date = body["CompletedDate"]
    completed_at = None if date is None else parse_utc(date, "CompletedDate")
    progress = call.world.progress_of(person.person_id, outline.org_unit_id)
    if completed_at is not None or topic.topic_id in progress:
        unvisited = TopicProgress(topic.topic_id, person.person_id, is_read=False, visits=0)
        progress.setdefault(topic.topic_id, unvisited).completed_at = completed_at
    return Response.empty()


def _topic(call: Call) -> tuple[Outline, Topic]:
    outline = outline_of(call.world, require_org_unit(call))
    topic = outline.topic(call.id("topicId"))
    if topic is None:
        raise ApiError.not_found()
    return outline, topic


def _person_ids(call: Call, outline: Outline) -> list[int]:
    """The ids of those the caller may see and who are no content managers, sorted; only ``userId`` if given."""
    world, unit_id, caller = call.world, outline.org_unit_id, call.person()
    person_id = call.number("userId")
    if person_id is not None:
        _require_access_to(call, outline, require_person(call, person_id))
        return [person_id]
    if has_permission(world, caller, MANAGE_CONTENT, unit_id):
        seen = set(world.enrolled_in(unit_id))
    else:
        seen = {caller.person_id, *world.auditees.get(caller.person_id, ())} & set(world.enrolled_in(unit_id))
        if not seen:
            raise ApiError.not_authorized(MANAGE_CONTENT, unit_id)
    return sorted(each for each in seen if not has_permission(world, world.people[each], MANAGE_CONTENT, unit_id))


def _require_access_to(call: Call, outline: Outline, person: Person) -> None:
    is_enrolled = call.world.role_in(person.person_id, outline.org_unit_id) is not None
    if not is_enrolled or not may_see_progress(call, person, outline.org_unit_id, MANAGE_CONTENT):
        raise ApiError.not_authorized(MANAGE_CONTENT, outline.org_unit_id)


def _require_write_access(call: Call, outline: Outline, topic: Topic, person: Person) -> None:
    """403 unless the caller manages content, or is the person and the topic's completion type is Manual."""
    caller = call.person()
    if has_permission(call.world, caller, MANAGE_CONTENT, outline.org_unit_id):
        return
    is_exempt = (person.person_id, topic.topic_id) in call.world.exemptions
    if person is not caller or topic.completion_type != MANUAL or is_exempt:
        raise ApiError.not_authorized(MANAGE_CONTENT, outline.org_unit_id)


def _block(call: Call, outline: Outline, topic: Topic, person_id: int) -> dict[str, Any]:
    progress = call.world.progress_of(person_id, outline.org_unit_id).get(topic.topic_id)
    is_exempt = (person_id, topic.topic_id) in call.world.exemptions
    return {
        "UserId": person_id,
        "OrgUnitId": outline.org_unit_id,
        "TopicId": topic.topic_id,
        "CompletionType": NONE if is_exempt else topic.completion_type,
        "CompletionDate": format_utc(progress.completed_at if progress else None),
    }
