"""The one data set of demo, tests, benchmarks and screenshots, made afresh at each start."""

from __future__ import annotations

from datetime import date

from tests.sandbox.cpd_model import CpdFile
from tests.sandbox.seeds.award_catalogue import add_catalogue
from tests.sandbox.seeds.awards import IssueMaker
from tests.sandbox.seeds.awkward import AWKWARD_PLANS, add_awkward_people, awkward_file
from tests.sandbox.seeds.cpd import make_file
from tests.sandbox.seeds.crowd import add_crowd, situation_of
from tests.sandbox.seeds.demo_people import ALMA, PLANS, SITUATIONS, add_demo_people
from tests.sandbox.seeds.organisation import empty_world
from tests.sandbox.seeds.outlines import add_outlines
from tests.sandbox.seeds.progress import ProgressMaker
from tests.sandbox.world import Person, World


def seed(scale: str | int = "demo", today: date | None = None) -> World:
    """A fresh world: "demo" (or "small"), or the demo and a manager of ``scale`` people.

    The same for the same scale and day; ``today`` defaults to the real one.
    Raises ValueError for a scale that is neither a name nor a whole number above 0.
    """
    reports = _reports(scale)
    world = empty_world(str(scale), today or date.today())
    add_outlines(world)
    add_demo_people(world)
    add_awkward_people(world)
    if reports:
        add_crowd(world, reports)
    add_catalogue(world)
    world.make_cpd = _make_cpd
    world.make_issued = IssueMaker(world)
    world.make_progress = ProgressMaker({**PLANS, **AWKWARD_PLANS}, world)
    return world


def _reports(scale: str | int) -> int:
    if scale in ("demo", "small"):
        return 0
    if str(scale).isdecimal() and int(scale) > 0:
        return int(scale)
    raise ValueError(f'scale is "demo", "small" or a whole number above 0, not {scale!r}')


def _make_cpd(world: World, person: Person) -> CpdFile:
    if person.manager_id == ALMA:
        return awkward_file(world, person)
    situation = SITUATIONS.get(person.person_id) or situation_of(person.person_id)
    return make_file(world, person, situation)
