"""Exemptions of people from topics: making and ending them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from tests.sandbox.api.calls import Call
from tests.sandbox.api.dates import is_between, parse_utc
from tests.sandbox.api.permissions import require_person
from tests.sandbox.api.responses import ApiError, Response
from tests.sandbox.api.routing import action
from tests.sandbox.content.permissions import ContentReader, content_manager
from tests.sandbox.models.content import Topic
from tests.sandbox.models.people import Person

_USER = "/d2l/api/le/(version)/(orgUnitId)/content/exemptions/users/(userId)"


@action("POST", f"{_USER}/byList/", scopes=("content:exemptions:write",))
def exempt_by_list(call: Call) -> Response:
    """Exempts a person from the topics listed; the response lists the new exemptions."""
    reader = content_manager(call)
    person = _learner(call, reader)
    return _exempt(call, person, _listed_topics(call, reader))


@action("POST", f"{_USER}/byFilter/", scopes=("content:exemptions:write",))
def exempt_by_filter(call: Call) -> Response:
    """Exempts a person from the topics that match a filter; the response lists the new exemptions."""
    reader = content_manager(call)
    person = _learner(call, reader)
    return _exempt(call, person, _matching_topics(call, reader, person))


@action("POST", f"{_USER}/byList/delete/", scopes=("content:exemptions:delete",))
def end_exemptions(call: Call) -> Response:
    """Ends exemptions from the topics listed; the response lists those that existed."""
    reader = content_manager(call)
    person = _learner(call, reader)
    pairs = [(person.person_id, topic.topic_id) for topic in _listed_topics(call, reader)]
    ended = [pair for pair in pairs if pair in call.world.exemptions]
    call.world.exemptions -= set(ended)
    return _info(topic_id for _, topic_id in ended)


def _exempt(call: Call, person: Person, topics: Iterable[Topic]) -> Response:
    pairs = [(person.person_id, topic.topic_id) for topic in topics]
    new = [pair for pair in pairs if pair not in call.world.exemptions]
    call.world.exemptions |= set(new)
    return _info(topic_id for _, topic_id in new)


def _info(topic_ids: Iterable[int]) -> Response:
    return Response({"ExemptItems": list(topic_ids)})


def _learner(call: Call, reader: ContentReader) -> Person:
    person = require_person(call, call.id("userId"))
    if call.world.role_in(person.person_id, reader.outline.org_unit_id) is None:
        raise ApiError.invalid_parameters("The user is not in the classlist.")
    return person


def _block(call: Call, name: str) -> dict[str, Any]:
    body = call.json()
    if not isinstance(body, dict):
        raise ApiError.invalid_parameters(f"An {name} is expected.")
    return body


def _listed_topics(call: Call, reader: ContentReader) -> list[Topic]:
    """The topics the body lists, each once; 400 for an id that is no topic of this org unit."""
    ids = _block(call, "ItemExemptionInfo").get("ExemptItems")
    if not isinstance(ids, list) or not all(type(each) is int for each in ids):
        raise ApiError.invalid_parameters("ExemptItems is a list of ids.")
    topics = {topic.topic_id: topic for _, topic in reader.outline.walk()}
    if unknown := [each for each in ids if each not in topics]:
        raise ApiError.invalid_parameters(f"There is no topic {unknown[0]}.")
    return [topics[each] for each in dict.fromkeys(ids)]


def _matching_topics(call: Call, reader: ContentReader, person: Person) -> list[Topic]:
    body = _block(call, "ItemExemptionInfoFilter")
    start, end = (
        None if body.get(name) is None else parse_utc(body[name], name) for name in ("ExemptStartDate", "ExemptEndDate")
    )
    if start and end and end < start:
        raise ApiError.invalid_parameters("ExemptEndDate is before ExemptStartDate.")
    without_graded, without_completed = (_flag(body, f"Exclude{each}Activities") for each in ("Graded", "Complete"))
    by_topic = call.world.progress_of(person.person_id, reader.outline.org_unit_id)
    completed = {topic_id for topic_id, progress in by_topic.items() if progress.completed_at is not None}
    return [
        topic
        for _, topic in reader.outline.walk()
        if not (without_graded and topic.grade_item_id is not None)
        and not (without_completed and topic.topic_id in completed)
        and _is_due_between(topic, start, end)
    ]


def _is_due_between(topic: Topic, start: datetime | None, end: datetime | None) -> bool:
    if start is None and end is None:
        return True
    return topic.due is not None and is_between(topic.due, start, end)


def _flag(body: dict[str, Any], name: str) -> bool:
    value = body.get(name)
    if value is not None and not isinstance(value, bool):
        raise ApiError.invalid_parameters(f"{name} is true, false or null.")
    return bool(value)
