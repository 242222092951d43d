"""Who has completed one topic, and marking it completed or not."""

from __future__ import annotations

from typing import Any

from tests.sandbox.answers import Answer, Refusal, object_list_page, utc
from tests.sandbox.content_access import outline_of
from tests.sandbox.content_model import MANUAL, NONE, Outline, Topic, TopicProgress
from tests.sandbox.permissions import (
    MANAGE_CONTENT,
    allowed,
    may_see_progress,
    require_org_unit,
    require_person,
)
from tests.sandbox.routing import Call, action, utc_date
from tests.sandbox.world import Person

_COMPLETIONS = "/d2l/api/le/(version)/(orgUnitId)/content/topics/(topicId)/completions/"
_OF_USER = f"{_COMPLETIONS}users/(userId)"
_READING = ("content:completions:read",)
DEFAULT_PAGE_SIZE = 20
LARGEST_PAGE_SIZE = 100


@action("GET", _COMPLETIONS, scopes=_READING)
def topic_completions(call: Call) -> Answer:
    """The completion of everybody the caller may see, also of those who have not completed it."""
    outline, topic = _topic(call)
    size = call.number("pageSize", DEFAULT_PAGE_SIZE)
    if size < 1:
        raise Refusal.invalid_parameters("pageSize is at least 1.")
    ids = _listed(call, outline)
    if not call.boolean("isAscendingSort", True):
        ids.reverse()
    return object_list_page(
        call,
        ids,
        limit=min(size, LARGEST_PAGE_SIZE),
        cursor="userBookmark",
        key=lambda person_id: person_id,
        render=lambda person_id: _block(call, outline, topic, person_id),
    )


@action("GET", _OF_USER, scopes=_READING)
def topic_completion(call: Call) -> Answer:
    """One person's completion: one's own, an auditee's, or in a course one manages."""
    outline, topic = _topic(call)
    person = require_person(call, call.id("userId"))
    _require_sight_of(call, outline, person)
    return Answer(_block(call, outline, topic, person.person_id))


@action("PUT", _OF_USER, scopes=("content:completions:write",))
def set_topic_completion(call: Call) -> Answer:
    """Sets or, with null, takes back when a person completed the topic."""
    outline, topic = _topic(call)
    person = require_person(call, call.id("userId"))
    _require_change_for(call, outline, topic, person)
    if call.world.role_in(person.person_id, outline.org_unit_id) is None:
        raise Refusal.invalid_parameters("The user is not in the classlist.")
    body = call.json()
    if not isinstance(body, dict) or "CompletedDate" not in body:
        raise Refusal.invalid_parameters("A ContentTopicCompletionUpdate is expected.")
    date = body["CompletedDate"]
    moment = None if date is None else utc_date(date, "CompletedDate")
    progress = call.world.progress_of(person.person_id, outline.org_unit_id)
    untouched = TopicProgress(topic.topic_id, person.person_id, is_read=False, visits=0)
    if moment is not None or topic.topic_id in progress:
        progress.setdefault(topic.topic_id, untouched).completed_at = moment
    return Answer.empty()


def _topic(call: Call) -> tuple[Outline, Topic]:
    outline = outline_of(call.world, require_org_unit(call))
    topic = outline.topic(call.id("topicId"))
    if topic is None:
        raise Refusal.not_found()
    return outline, topic


def _listed(call: Call, outline: Outline) -> list[int]:
    """Everybody with a role content can be assigned to whom the caller may see, by id; one for ``userId``."""
    world, unit_id, caller = call.world, outline.org_unit_id, call.person()
    person_id = call.number("userId")
    if person_id is not None:
        _require_sight_of(call, outline, require_person(call, person_id))
        return [person_id]
    if allowed(world, caller, MANAGE_CONTENT, unit_id):
        seen = set(world.enrolled_in(unit_id))
    else:
        seen = {caller.person_id, *world.auditees.get(caller.person_id, ())} & set(world.enrolled_in(unit_id))
        if not seen:
            raise Refusal.not_authorized(MANAGE_CONTENT, unit_id)
    return sorted(one for one in seen if not allowed(world, world.people[one], MANAGE_CONTENT, unit_id))


def _require_sight_of(call: Call, outline: Outline, person: Person) -> None:
    is_enrolled = call.world.role_in(person.person_id, outline.org_unit_id) is not None
    if not is_enrolled or not may_see_progress(call, person, outline.org_unit_id, MANAGE_CONTENT):
        raise Refusal.not_authorized(MANAGE_CONTENT, outline.org_unit_id)


def _require_change_for(call: Call, outline: Outline, topic: Topic, person: Person) -> None:
    """Content managers for anybody; learners for themselves, where completion is theirs to tick."""
    caller = call.person()
    if allowed(call.world, caller, MANAGE_CONTENT, outline.org_unit_id):
        return
    is_exempt = (person.person_id, topic.topic_id) in call.world.exemptions
    if person is not caller or topic.completion_type != MANUAL or is_exempt:
        raise Refusal.not_authorized(MANAGE_CONTENT, outline.org_unit_id)


def _block(call: Call, outline: Outline, topic: Topic, person_id: int) -> dict[str, Any]:
    kept = call.world.progress_of(person_id, outline.org_unit_id).get(topic.topic_id)
    is_exempt = (person_id, topic.topic_id) in call.world.exemptions
    return {
        "UserId": person_id,
        "OrgUnitId": outline.org_unit_id,
        "TopicId": topic.topic_id,
        "CompletionType": NONE if is_exempt else topic.completion_type,
        "CompletionDate": utc(kept.completed_at if kept else None),
    }
