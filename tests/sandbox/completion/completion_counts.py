"""Completion counts: how many of a course's required topics a person has completed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from tests.sandbox.api.calls import Call
from tests.sandbox.api.paging import object_list_page
from tests.sandbox.api.permissions import MANAGE_CONTENT, has_permission, require_membership, require_org_unit
from tests.sandbox.api.responses import ApiError, Response
from tests.sandbox.api.routing import action
from tests.sandbox.models.content import Topic
from tests.sandbox.world import World

LEVEL_ORG_UNIT, LEVEL_ROOT_MODULE, LEVEL_TOPIC = 1, 2, 3


class _Part(NamedTuple):
    """A course, a root module or a topic that is counted by itself."""

    object_id: int
    title: str
    topics: list[Topic]


@dataclass(frozen=True)
class CompletionCounts:
    """The numbers of required and of completed topics; hidden and optional topics count only as completed."""

    required: int
    completed: int


def count(world: World, person_id: int, org_unit_id: int, topics: Iterable[Topic]) -> CompletionCounts:
    """The counts of one person over ``topics`` of a course."""
    visible = {topic.topic_id for topic in world.outlines[org_unit_id].visible(world.now)}
    progress = world.progress_of(person_id, org_unit_id)
    required = completed = 0
    for topic in topics:
        is_exempt = (person_id, topic.topic_id) in world.exemptions
        required += topic.is_required and topic.topic_id in visible and not is_exempt
        topic_progress = progress.get(topic.topic_id)
        is_completed = topic_progress is not None and topic_progress.completed_at is not None
        completed += is_completed and not is_exempt
    return CompletionCounts(required, completed)


@action("GET", "/d2l/api/le/(version)/(orgUnitId)/content/completions/mycount/")
def my_count(call: Call) -> Response:
    """The caller's own counts for the course, its root modules or its topics, by ``level``."""
    unit, person = require_membership(call), call.person()
    if unit.org_unit_id not in call.world.outlines:
        raise ApiError.not_found()
    level = call.number("level", LEVEL_ORG_UNIT)
    if level not in (LEVEL_ORG_UNIT, LEVEL_ROOT_MODULE, LEVEL_TOPIC):
        raise ApiError.invalid_parameters("level is 1, 2 or 3.")

    def render(part: _Part) -> dict[str, Any]:
        counts = count(call.world, person.person_id, unit.org_unit_id, part.topics)
        return {
            "UserId": str(person.person_id),
            "OrgUnitId": str(unit.org_unit_id),
            "ObjectId": part.object_id,
            "Title": part.title,
            "RequiredItems": counts.required,
            "CompletedItems": counts.completed,
        }

    return object_list_page(
        call,
        _parts(call.world, unit.org_unit_id, level),
        limit=call.world.switches.page_size,
        key=lambda part: part.object_id,
        render=render,
    )


@action("GET", "/d2l/api/le/(version)/(orgUnitId)/content/completions/")
def completions_of_course(call: Call) -> Response:
    """The counts of several learners in one course; needs Manage Content there."""
    unit_id = require_org_unit(call).org_unit_id
    if not has_permission(call.world, call.person(), MANAGE_CONTENT, unit_id):
        raise ApiError.not_authorized(MANAGE_CONTENT, unit_id)
    people = _valid(
        call,
        call.required_ids_csv("userIdsCSV"),
        lambda person_id: _is_countable(call.world, person_id, unit_id),
        lambda person_id: ApiError.not_authorized("Classlist.SeeUser", unit_id),
    )
    return _counts_of(call, [(person_id, unit_id) for person_id in people], key=lambda pair: pair[0])


@action("GET", "/d2l/api/le/(version)/content/completions/(userId)/")
def completions_of_learner(call: Call) -> Response:
    """The counts of one learner in several courses; needs Manage Content in each."""
    person_id, caller, world = call.id("userId"), call.person(), call.world
    units = call.required_ids_csv("orgUnitIdsCSV")
    if not world.enrolments_of(person_id):
        raise ApiError.invalid_parameters("The user is not in the classlist.")
    # ignoreInvalid leaves out single org units; a caller with the permission in none of them gets a 403.
    if not any(has_permission(world, caller, MANAGE_CONTENT, unit) for unit in units):
        raise ApiError.not_authorized(MANAGE_CONTENT, units[0])
    valid = _valid(
        call,
        units,
        lambda unit: has_permission(world, caller, MANAGE_CONTENT, unit) and _is_countable(world, person_id, unit),
        lambda unit: ApiError.not_authorized(MANAGE_CONTENT, unit),
    )
    return _counts_of(call, [(person_id, unit) for unit in valid], key=lambda pair: pair[1])


def _is_countable(world: World, person_id: int, org_unit_id: int) -> bool:
    is_enrolled = world.role_in(person_id, org_unit_id) is not None
    return is_enrolled and org_unit_id in world.outlines


def _valid(
    call: Call,
    ids: list[int],
    is_valid: Callable[[int], bool],
    error_for: Callable[[int], ApiError],
) -> list[int]:
    """The valid ids; an invalid one is an error unless ``ignoreInvalid`` is set."""
    for each in ids:
        if not is_valid(each) and not call.boolean("ignoreInvalid", False):
            raise error_for(each)
    return [each for each in ids if is_valid(each)]


def _counts_of(call: Call, pairs: Sequence[tuple[int, int]], key: Callable[[tuple[int, int]], int]) -> Response:
    """The counts for pairs of person and org unit; ``key`` is the bookmark of a pair."""

    def render(pair: tuple[int, int]) -> dict[str, Any]:
        person_id, unit_id = pair
        topics = (topic for _, topic in call.world.outlines[unit_id].walk())
        counts = count(call.world, person_id, unit_id, topics)
        return {
            "UserId": str(person_id),
            "OrgUnitId": str(unit_id),
            "RequiredItems": counts.required,
            "CompletedItems": counts.completed,
        }

    # The reference says only "a JSON block containing a list", so both readings exist, by switch.
    if call.world.switches.completions_shape == "array":
        return Response([render(pair) for pair in pairs])
    return object_list_page(call, pairs, limit=call.world.switches.page_size, key=key, render=render)


def _parts(world: World, org_unit_id: int, level: int) -> list[_Part]:
    outline = world.outlines[org_unit_id]
    topics = [topic for _, topic in outline.walk()]
    if level == LEVEL_ORG_UNIT:
        return [_Part(0, world.org_units[org_unit_id].name, topics)]
    if level == LEVEL_TOPIC:
        return [_Part(topic.topic_id, topic.title, [topic]) for topic in outline.visible(world.now)]
    return [
        _Part(module.module_id, module.title, [topic for _, topic in module.walk()])
        for module in outline.modules
        if not module.is_hidden
    ]
