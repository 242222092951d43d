"""How far each person is in each course, made from a plan by name when first asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Literal

from tests.sandbox.content_model import Outline, Topic, TopicProgress
from tests.sandbox.seeds.organisation import midnight
from tests.sandbox.world import Person, World

# done: all that is required. extra: optional and hidden topics as well. current: all that was
# due, and half the rest. overdue: half of what has no date, nothing that was due.
Plan = Literal["done", "extra", "current", "overdue", "none"]
CROWD_PLANS: tuple[Plan, ...] = ("done",) * 9 + ("current",) * 8 + ("overdue",) * 2 + ("none",)


@dataclass(frozen=True)
class _AsSeeded:
    """A course's topics before anybody changed them: all, and those a learner saw."""

    topics: tuple[Topic, ...]
    visible: tuple[Topic, ...]

    @classmethod
    def of(cls, outline: Outline, now: datetime) -> _AsSeeded:
        """A copy that later changes do not reach."""
        copies = {topic.topic_id: replace(topic) for _, topic in outline.walk()}
        return cls(tuple(copies.values()), tuple(copies[topic.topic_id] for topic in outline.visible(now)))


class ProgressMaker:
    """Makes progress from ``plans`` by (person, org unit), and for anybody else by chance.

    It keeps the topics as they are now: what is added or hidden later must not change what people
    did before, whenever their progress is first asked for.
    """

    def __init__(self, plans: dict[tuple[int, int], Plan], world: World) -> None:
        self._plans = plans
        self._courses = {unit_id: _AsSeeded.of(outline, world.now) for unit_id, outline in world.outlines.items()}

    def __call__(self, world: World, person: Person, org_unit_id: int) -> dict[int, TopicProgress]:
        """Progress by topic id; empty without content or for those who are not learners there."""
        enrolment = world.enrolments_of(person.person_id).get(org_unit_id)
        course = self._courses.get(org_unit_id)
        if course is None or enrolment is None or enrolment.role != "learner":
            return {}
        chance = Random(person.person_id * 7919 + org_unit_id)
        by_chance = chance.choice(CROWD_PLANS)
        plan = self._plans.get((person.person_id, org_unit_id), by_chance)
        return _progress(world, person, _completed(course, plan, world.now), plan, chance)


def _completed(course: _AsSeeded, plan: Plan, now: datetime) -> Iterator[tuple[Topic, bool]]:
    """The topics somebody touched, in order, and whether each is completed."""
    if plan == "extra":
        yield from ((topic, True) for topic in course.topics)
        return
    required = [topic for topic in course.visible if topic.is_required]
    undated = [topic for topic in required if topic.due is None]
    half = {topic.topic_id for topic in undated[: (len(undated) + 1) // 2]}
    for topic in required:
        was_due = topic.due is not None and topic.due < now
        if plan == "done" or topic.topic_id in half or (was_due and plan == "current"):
            yield topic, True
        elif topic.due is None:
            yield topic, False


def _progress(
    world: World,
    person: Person,
    touched: Iterator[tuple[Topic, bool]],
    plan: Plan,
    chance: Random,
) -> dict[int, TopicProgress]:
    if plan == "none":
        return {}
    made = {}
    for topic, is_completed in touched:
        moment = midnight(world.today) - timedelta(days=chance.randint(2, 110), minutes=chance.randint(300, 900))
        made[topic.topic_id] = TopicProgress(
            topic.topic_id,
            person.person_id,
            completed_at=moment if is_completed else None,
            visits=chance.randint(1, 5),
            seconds=chance.randint(40, 2400),
            last_visited=moment + timedelta(minutes=10),
        )
    return made
