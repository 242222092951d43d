"""Letting somebody off topics, and taking that back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.sandbox.answers import Answer, Refusal
from tests.sandbox.content_access import Reader, manager
from tests.sandbox.content_model import Topic
from tests.sandbox.permissions import require_person
from tests.sandbox.routing import Call, action, utc_date
from tests.sandbox.world import Person

_USER = "/d2l/api/le/(version)/(orgUnitId)/content/exemptions/users/(userId)"


@action("POST", f"{_USER}/byList/", scopes=("content:exemptions:write",))
def exempt_by_list(call: Call) -> Answer:
    """Exempts a person from the topics listed; answers those they were not exempt from before."""
    view = manager(call)
    person = _learner(call, view)
    return _exempt(call, person, _listed(call, view))


@action("POST", f"{_USER}/byFilter/", scopes=("content:exemptions:write",))
def exempt_by_filter(call: Call) -> Answer:
    """Exempts a person from the topics a filter picks; answers those they were not exempt from before."""
    view = manager(call)
    person = _learner(call, view)
    return _exempt(call, person, _filtered(call, view, person))


@action("POST", f"{_USER}/byList/delete/", scopes=("content:exemptions:delete",))
def end_exemptions(call: Call) -> Answer:
    """Ends exemptions from the topics listed; answers those there were."""
    view = manager(call)
    person = _learner(call, view)
    pairs = [(person.person_id, topic.topic_id) for topic in _listed(call, view)]
    ended = [pair for pair in pairs if pair in call.world.exemptions]
    call.world.exemptions -= set(ended)
    return _info(topic_id for _, topic_id in ended)


def _exempt(call: Call, person: Person, topics: Iterable[Topic]) -> Answer:
    pairs = [(person.person_id, topic.topic_id) for topic in topics]
    made = [pair for pair in pairs if pair not in call.world.exemptions]
    call.world.exemptions |= set(made)
    return _info(topic_id for _, topic_id in made)


def _info(topic_ids: Iterable[int]) -> Answer:
    return Answer({"ExemptItems": list(topic_ids)})


def _learner(call: Call, view: Reader) -> Person:
    person = require_person(call, call.id("userId"))
    if call.world.role_in(person.person_id, view.outline.org_unit_id) is None:
        raise Refusal.invalid_parameters("The user is not in the classlist.")
    return person


def _block(call: Call, name: str) -> dict[str, Any]:
    body = call.json()
    if not isinstance(body, dict):
        raise Refusal.invalid_parameters(f"An {name} is expected.")
    return body


def _listed(call: Call, view: Reader) -> list[Topic]:
    """The topics the body lists, each once; 400 when one of them is no topic of this org unit."""
    ids = _block(call, "ItemExemptionInfo").get("ExemptItems")
    if not isinstance(ids, list) or not all(type(one) is int for one in ids):
        raise Refusal.invalid_parameters("ExemptItems is a list of ids.")
    topics = {topic.topic_id: topic for _, topic in view.outline.walk()}
    if unknown := [one for one in ids if one not in topics]:
        raise Refusal.invalid_parameters(f"There is no topic {unknown[0]}.")
    return [topics[one] for one in dict.fromkeys(ids)]


def _filtered(call: Call, view: Reader, person: Person) -> list[Topic]:
    body = _block(call, "ItemExemptionInfoFilter")
    start, end = (
        None if body.get(name) is None else utc_date(body[name], name) for name in ("ExemptStartDate", "ExemptEndDate")
    )
    if start and end and end < start:
        raise Refusal.invalid_parameters("ExemptEndDate is before ExemptStartDate.")
    no_graded, no_complete = (_flag(body, f"Exclude{which}Activities") for which in ("Graded", "Complete"))
    progress = call.world.progress_of(person.person_id, view.outline.org_unit_id)
    done = {topic_id for topic_id, kept in progress.items() if kept.completed_at is not None}
    has_dates = start is not None or end is not None
    return [
        topic
        for _, topic in view.outline.walk()
        if not (no_graded and topic.grade_item_id is not None)
        and not (no_complete and topic.topic_id in done)
        and not (has_dates and topic.due is None)
        and not (start and topic.due and topic.due < start)
        and not (end and topic.due and topic.due > end)
    ]


def _flag(body: dict[str, Any], name: str) -> bool:
    value = body.get(name)
    if value is not None and not isinstance(value, bool):
        raise Refusal.invalid_parameters(f"{name} is true, false or null.")
    return bool(value)
