"""The data set of demo, tests, benchmarks and screenshots, made by :func:`seed` at each start."""

from __future__ import annotations

from datetime import date

from tests.sandbox.models.cpd import CpdFile
from tests.sandbox.models.people import Person
from tests.sandbox.seeds.award_catalogue import add_catalogue
from tests.sandbox.seeds.cpd import make_cpd_file
from tests.sandbox.seeds.crowd import add_crowd, cpd_situation_of
from tests.sandbox.seeds.demo_people import ALMA, CPD_SITUATIONS, PROGRESS_PLANS, add_demo_people
from tests.sandbox.seeds.edge_cases import EDGE_CASE_PROGRESS_PLANS, add_edge_case_people, edge_case_cpd_file
from tests.sandbox.seeds.issued_awards import IssuedAwardFactory
from tests.sandbox.seeds.organisation import empty_world
from tests.sandbox.seeds.outlines import add_outlines
from tests.sandbox.seeds.progress import ProgressFactory
from tests.sandbox.world import World


def seed(scale: str | int = "demo", today: date | None = None) -> World:
    """A new world: "demo" (or "small"), or the demo and a manager with ``scale`` direct reports.

    It is the same for the same scale and day; ``today`` defaults to the real one. ValueError for a scale that is
    neither a name nor a whole number above 0.
    """
    reports = _number_of_reports(scale)
    world = empty_world(str(scale), today or date.today())
    add_outlines(world)
    add_demo_people(world)
    add_edge_case_people(world)
    if reports:
        add_crowd(world, reports)
    add_catalogue(world)
    world.make_cpd = _make_cpd_file
    world.make_issued = IssuedAwardFactory(world)
    world.make_progress = ProgressFactory({**PROGRESS_PLANS, **EDGE_CASE_PROGRESS_PLANS}, world)
    return world


def _number_of_reports(scale: str | int) -> int:
    if scale in ("demo", "small"):
        return 0
    if str(scale).isdecimal() and int(scale) > 0:
        return int(scale)
    raise ValueError(f'scale is "demo", "small" or a whole number above 0, not {scale!r}')


def _make_cpd_file(world: World, person: Person) -> CpdFile:
    if person.manager_id == ALMA:
        return edge_case_cpd_file(world, person)
    situation = CPD_SITUATIONS.get(person.person_id) or cpd_situation_of(person.person_id)
    return make_cpd_file(world, person, situation)
