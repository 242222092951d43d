"""Progress of people in courses, made from a plan when first asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Literal

from tests.sandbox.models.content import Outline, Topic, TopicProgress
from tests.sandbox.models.people import Person
from tests.sandbox.seeds.organisation import midnight
from tests.sandbox.world import World

# done: all required topics. extra: optional and hidden topics too. current: all topics that were due, and half of those
# without a date. overdue: half of those without a date, none that was due.
ProgressPlan = Literal["done", "extra", "current", "overdue", "none"]
CROWD_PLANS: tuple[ProgressPlan, ...] = ("done",) * 9 + ("current",) * 8 + ("overdue",) * 2 + ("none",)


@dataclass(frozen=True)
class _SeededTopics:
    """A course's topics as they were seeded: all of them, and those a learner could see."""

    topics: tuple[Topic, ...]
    visible: tuple[Topic, ...]

    @classmethod
    def of(cls, outline: Outline, now: datetime) -> _SeededTopics:
        """Copies, which later changes of the outline do not affect."""
        copies = {topic.topic_id: replace(topic) for _, topic in outline.walk()}
        return cls(tuple(copies.values()), tuple(copies[topic.topic_id] for topic in outline.visible(now)))


class ProgressFactory:
    """Makes progress from ``plans`` by (person, org unit), or from a random plan.

    It copies the topics when it is created: topics that are added or hidden later must not change what people have
    done, whenever their progress is first asked for.
    """

    def __init__(self, plans: dict[tuple[int, int], ProgressPlan], world: World) -> None:
        self._plans = plans
        self._courses = {unit_id: _SeededTopics.of(outline, world.now) for unit_id, outline in world.outlines.items()}

    def __call__(self, world: World, person: Person, org_unit_id: int) -> dict[int, TopicProgress]:
        """Progress by topic id; empty for a course without content or a person who is no learner there."""
        enrolment = world.enrolments_of(person.person_id).get(org_unit_id)
        course = self._courses.get(org_unit_id)
        if course is None or enrolment is None or enrolment.role != "learner":
            return {}
        rng = Random(person.person_id * 7919 + org_unit_id)
        random_plan = rng.choice(CROWD_PLANS)
        plan = self._plans.get((person.person_id, org_unit_id), random_plan)
        return {} if plan == "none" else _progress(world, person, _visited_topics(course, plan, world.now), rng)


def _visited_topics(course: _SeededTopics, plan: ProgressPlan, now: datetime) -> Iterator[tuple[Topic, bool]]:
    """The topics a person has visited, in order, and whether each is completed."""
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
    visited: Iterator[tuple[Topic, bool]],
    rng: Random,
) -> dict[int, TopicProgress]:
    by_topic = {}
    for topic, is_completed in visited:
        moment = midnight(world.today) - timedelta(days=rng.randint(2, 110), minutes=rng.randint(300, 900))
        by_topic[topic.topic_id] = TopicProgress(
            topic.topic_id,
            person.person_id,
            completed_at=moment if is_completed else None,
            visits=rng.randint(1, 5),
            seconds=rng.randint(40, 2400),
            last_visited=moment + timedelta(minutes=10),
        )
    return by_topic
