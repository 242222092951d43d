"""A large team for benchmarks: one manager, their direct reports, and ten learners below each of these."""

from __future__ import annotations

from tests.sandbox.models.people import Person
from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.cpd import CpdSituation
from tests.sandbox.seeds.demo_people import HELENA, SAM
from tests.sandbox.seeds.names import name_of
from tests.sandbox.world import World

FIRST_REPORT = 20_001
FIRST_LEARNER = 100_001
LEARNERS_PER_REPORT = 10

_SITUATIONS = (
    CpdSituation(0.3, 0.4),
    CpdSituation(0.6, 1.1),
    CpdSituation(1.1, 1.05),
    CpdSituation(1.0, 1.2),
    CpdSituation(1.2, 1.3, measured_by="target"),
    CpdSituation(0.9, 1.0, period="rolling"),
    CpdSituation(0.8, 0.8, drafts=2),
)


def add_crowd(world: World, reports: int) -> None:
    """Adds Sam with ``reports`` direct reports and LEARNERS_PER_REPORT learners below each of them."""
    note = f"A manager with {reports} people"
    sam = Person(SAM, "Sam", "Scale", "Sam Scale", "sam.scale", "manager", "sam.scale@northfield.example")
    sam.in_picker, sam.demo_note, sam.manager_id = True, note, HELENA
    world.add_person(sam)
    world.auditees[HELENA].append(SAM)
    world.auditees[SAM] = list(range(FIRST_REPORT, FIRST_REPORT + reports))
    for person_id in world.auditees[SAM]:
        _add(world, person_id, SAM, "manager")
    for number in range(reports * LEARNERS_PER_REPORT):
        manager_id = FIRST_REPORT + number // LEARNERS_PER_REPORT
        _add(world, FIRST_LEARNER + number, manager_id, "learner")


def cpd_situation_of(person_id: int) -> CpdSituation:
    """The CPD situation of a person of the crowd, the same at every start."""
    return _SITUATIONS[person_id % len(_SITUATIONS)]


def _add(world: World, person_id: int, manager_id: int, role: str) -> None:
    first, last = name_of(person_id)
    user_name = f"{first}.{last}.{person_id}".lower()
    world.add_person(
        Person(
            person_id,
            first,
            last,
            f"{first} {last}",
            user_name,
            role,
            f"{user_name}@northfield.example",
            f"E{person_id:06d}",
            manager_id,
        )
    )
    # Four courses for everybody, so that everybody's page costs the same.
    for course in (*org.MANDATORY[:3], org.OPTIONAL[person_id % 4]):
        world.enrol(person_id, course)
