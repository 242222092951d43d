"""How many of a course's required topics somebody has completed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.sandbox.answers import Answer, Refusal, object_list_page
from tests.sandbox.content_model import Topic
from tests.sandbox.permissions import MANAGE_CONTENT, allowed, require_member, require_org_unit
from tests.sandbox.routing import Call, action
from tests.sandbox.world import World

LEVEL_ORG_UNIT, LEVEL_ROOT_MODULE, LEVEL_TOPIC = 1, 2, 3


@dataclass(frozen=True)
class Counts:
    """Required topics, and completed ones: hidden and optional ones count among the latter."""

    required: int
    completed: int


def count(world: World, person_id: int, org_unit_id: int, topics: Iterable[Topic]) -> Counts:
    """Counts ``topics`` of a course for one person."""
    visible = {topic.topic_id for topic in world.outlines[org_unit_id].visible(world.now)}
    progress = world.progress_of(person_id, org_unit_id)
    required = completed = 0
    for topic in topics:
        is_exempt = (person_id, topic.topic_id) in world.exemptions
        required += topic.is_required and topic.topic_id in visible and not is_exempt
        kept = progress.get(topic.topic_id)
        completed += kept is not None and kept.completed_at is not None and not is_exempt
    return Counts(required, completed)


@action("GET", "/d2l/api/le/(version)/(orgUnitId)/content/completions/mycount/")
def my_count(call: Call) -> Answer:
    """The caller's own counts for the course, its root modules or its topics, by ``level``."""
    unit, person = require_member(call), call.person()
    if unit.org_unit_id not in call.world.outlines:
        raise Refusal.not_found()
    level = call.number("level", LEVEL_ORG_UNIT)
    if level not in (LEVEL_ORG_UNIT, LEVEL_ROOT_MODULE, LEVEL_TOPIC):
        raise Refusal.invalid_parameters("level is 1, 2 or 3.")

    def render(part: tuple[int, str, list[Topic]]) -> dict[str, Any]:
        counts = count(call.world, person.person_id, unit.org_unit_id, part[2])
        return {
            "UserId": str(person.person_id),
            "OrgUnitId": str(unit.org_unit_id),
            "ObjectId": part[0],
            "Title": part[1],
            "RequiredItems": counts.required,
            "CompletedItems": counts.completed,
        }

    parts = _parts(call.world, unit.org_unit_id, level)
    return object_list_page(
        call,
        parts,
        limit=call.world.switches.page_size,
        key=lambda part: part[0],
        render=render,
    )


@action("GET", "/d2l/api/le/(version)/(orgUnitId)/content/completions/")
def completions_of_course(call: Call) -> Answer:
    """The counts of several learners in one course; needs Manage Content there."""
    unit_id = require_org_unit(call).org_unit_id
    if not allowed(call.world, call.person(), MANAGE_CONTENT, unit_id):
        raise Refusal.not_authorized(MANAGE_CONTENT, unit_id)
    people = _valid(
        call,
        _ids(call, "userIdsCSV"),
        lambda person_id: _is_countable(call.world, person_id, unit_id),
        lambda person_id: Refusal.not_authorized("Classlist.SeeUser", unit_id),
    )
    return _learners(call, [(person_id, unit_id) for person_id in people], "userIdsCSV")


@action("GET", "/d2l/api/le/(version)/content/completions/(userId)/")
def completions_of_learner(call: Call) -> Answer:
    """The counts of one learner in several courses; needs Manage Content in each."""
    person_id, caller, world = call.id("userId"), call.person(), call.world
    units = _ids(call, "orgUnitIdsCSV")
    if not world.enrolments_of(person_id):
        raise Refusal.invalid_parameters("The user is not in the classlist.")
    # ignoreInvalid drops single values; it does not lend the permission to who has it nowhere.
    if not any(allowed(world, caller, MANAGE_CONTENT, unit) for unit in units):
        raise Refusal.not_authorized(MANAGE_CONTENT, units[0])
    valid = _valid(
        call,
        units,
        lambda unit: allowed(world, caller, MANAGE_CONTENT, unit) and _is_countable(world, person_id, unit),
        lambda unit: Refusal.not_authorized(MANAGE_CONTENT, unit),
    )
    return _learners(call, [(person_id, unit) for unit in valid], "orgUnitIdsCSV")


def _ids(call: Call, name: str) -> list[int]:
    ids = call.ids_csv(name)
    if not ids:
        raise Refusal.invalid_parameters(f"{name} is required.")
    return list(dict.fromkeys(ids))


def _is_countable(world: World, person_id: int, org_unit_id: int) -> bool:
    is_enrolled = world.role_in(person_id, org_unit_id) is not None
    return is_enrolled and org_unit_id in world.outlines


def _valid(
    call: Call,
    ids: list[int],
    is_valid: Callable[[int], bool],
    refusal: Callable[[int], Refusal],
) -> list[int]:
    for one in ids:
        if not is_valid(one) and not call.boolean("ignoreInvalid", False):
            raise refusal(one)
    return [one for one in ids if is_valid(one)]


def _learners(call: Call, pairs: Sequence[tuple[int, int]], name: str) -> Answer:
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

    # "A JSON block containing a list" is all the reference says, so both readings are here.
    if call.world.switches.completions_shape == "array":
        return Answer([render(pair) for pair in pairs])
    page_size = call.world.switches.page_size
    by = 0 if name == "userIdsCSV" else 1
    return object_list_page(call, pairs, limit=page_size, key=lambda pair: pair[by], render=render)


def _parts(world: World, org_unit_id: int, level: int) -> list[tuple[int, str, list[Topic]]]:
    outline = world.outlines[org_unit_id]
    topics = [topic for _, topic in outline.walk()]
    if level == LEVEL_ORG_UNIT:
        return [(0, world.org_units[org_unit_id].name, topics)]
    if level == LEVEL_TOPIC:
        visible = outline.visible(world.now)
        return [(topic.topic_id, topic.title, [topic]) for topic in visible]
    return [
        (module.module_id, module.title, [topic for _, topic in module.walk()])
        for module in outline.modules
        if not module.is_hidden
    ]
