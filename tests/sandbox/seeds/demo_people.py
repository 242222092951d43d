"""The people of the demo: Maya with her direct reports, other managers, an instructor and an administrator."""

from __future__ import annotations

from datetime import timedelta

from tests.sandbox.models.content import IDS_PER_ORG_UNIT
from tests.sandbox.models.people import Person
from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.cpd import NOTHING_REQUIRED, CpdSituation
from tests.sandbox.seeds.names import name_of
from tests.sandbox.seeds.organisation import midnight
from tests.sandbox.seeds.progress import ProgressPlan
from tests.sandbox.world import World

MAYA, HELENA, INES, ADRIAN, OTTO, GRACE, ALMA, SAM, PETER = range(101, 110)
ANA, TOMAS, LINNEA, PRIYA, DAI, ROSA, JUN, AMARA, OLIVER, MEI, CALLUM, YUSUF = range(201, 213)
GRACES = range(221, 227)
PETERS = range(231, 235)

_STAFF = (
    (MAYA, "Maya", "Okafor", "manager", "Ward manager", "A manager with twelve people"),
    (HELENA, "Helena", "Marsh", "manager", "Head of nursing", "A manager of managers"),
    (INES, "Ines", "Tructor", "instructor", "Practice educator", "An instructor of five courses"),
    (ADRIAN, "Adrian", "Minh", "admin", "LMS administrator", "An administrator"),
    (OTTO, "Otto", "Lindqvist", "manager", "Project lead", "A manager nobody reports to"),
    (
        GRACE,
        "Grace",
        "Achebe",
        "manager",
        "Theatre manager",
        "A manager who also manages content in her people's courses",
    ),
    (ALMA, "Alma", "Awkward", "manager", "Clinic manager", "A manager whose data is awkward"),
    (PETER, "Peter", "Lund", "manager", "Outpatients manager", ""),
)
_MAYAS_REPORTS = (
    (ANA, "Ana", "Novak", "Staff nurse"),
    (TOMAS, "Tomás", "Beltrán", "Staff nurse"),
    (LINNEA, "Linnéa", "Sjöberg", "Senior nurse"),
    (PRIYA, "Priya", "Kapoor", "Nurse specialist"),
    (DAI, "Dai", "Whitford", "Ward clerk"),
    (ROSA, "Rosa", "Hale", "Staff nurse"),
    (JUN, "Jun", "Mori", "Physiotherapist"),
    (AMARA, "Amara", "Diallo", "Midwife"),
    (OLIVER, "Oliver", "Brandt", "Volunteer"),
    (MEI, "Mei-Ling", "Chen", "Pharmacist"),
    (CALLUM, "Callum", "Reid", "Healthcare assistant"),
    (YUSUF, "Yusuf", "Demir", "Staff nurse"),
)

CPD_SITUATIONS: dict[int, CpdSituation] = {
    ANA: CpdSituation(0.3, 0.2),
    TOMAS: CpdSituation(0.45, 1.05),
    LINNEA: CpdSituation(1.1, 1.1),
    PRIYA: CpdSituation(1.3, 1.5, measured_by="target", earlier=8),
    DAI: CpdSituation(has_target=False, minutes=(300, 180), earlier=0),
    ROSA: CpdSituation(0.9, 0.9),
    JUN: CpdSituation(1.0, 1.0, measured_by="target"),
    AMARA: CpdSituation(0.8, 0.7, period="rolling"),
    OLIVER: CpdSituation(lines=tuple(NOTHING_REQUIRED.items()), minutes=(0, 120), earlier=0),
    MEI: CpdSituation(1.05, 1.02, period="year_one", month=12, day=17),
    CALLUM: CpdSituation(drafts=0, earlier=0),
    YUSUF: CpdSituation(drafts=4, earlier=0),
    # Managers have targets too; Helena's year starts on a leap day.
    MAYA: CpdSituation(1.0, 1.1),
    HELENA: CpdSituation(0.9, 1.0, period="annual", month=2, day=29),
}

PROGRESS_PLANS: dict[tuple[int, int], ProgressPlan] = {
    (ANA, org.FIRE): "overdue",
    (ANA, org.SAFEGUARDING): "done",
    (ANA, org.INFECTION): "overdue",
    (ANA, org.DATA_PROTECTION): "done",
    **{(TOMAS, course): "done" for course in org.MANDATORY},
    (LINNEA, org.SEPSIS): "current",
    **{(LINNEA, course): "done" for course in org.MANDATORY},
    **{(PRIYA, course): "done" for course in org.MANDATORY},
    (PRIYA, org.INFECTION): "extra",
    (PRIYA, org.FIRE): "extra",
    (DAI, org.FIRE): "current",
    (DAI, org.SAFEGUARDING): "current",
    (DAI, org.INFECTION): "current",
    (DAI, org.DATA_PROTECTION): "done",
    **{(ROSA, course): "done" for course in org.MANDATORY},
    (ROSA, org.SAFEGUARDING): "current",
    **{(JUN, course): "done" for course in org.MANDATORY},
    **{(AMARA, course): "current" for course in org.MANDATORY},
    (AMARA, org.TEACHING): "overdue",
    (OLIVER, org.FIRE): "done",
    (OLIVER, org.NOTICEBOARD): "none",
    **{(MEI, course): "current" for course in org.MANDATORY},
    (MEI, org.MEDICINES): "done",
    **{(CALLUM, course): "none" for course in org.MANDATORY},
    **{(YUSUF, course): "current" for course in org.MANDATORY},
}


def add_demo_people(world: World) -> None:
    """Adds the people of the demo with their managers, auditors and enrolments."""
    for person_id, first, last, role, job, note in _STAFF:
        _add(world, person_id, (first, last), job, role=role, note=note)
    for person_id, first, last, job in _MAYAS_REPORTS:
        _add(world, person_id, (first, last), job, manager_id=MAYA)
    for person_id in (*GRACES, *PETERS):
        manager_id = GRACE if person_id in GRACES else PETER
        _add(world, person_id, name_of(person_id), "Staff nurse", manager_id=manager_id)
    for person_id in (MAYA, GRACE, PETER):
        world.people[person_id].manager_id = HELENA
    # Rosa has changed teams: Maya still audits her, but only Peter sees her CPD.
    world.people[ROSA].manager_id = PETER
    world.people[ANA].in_picker = True
    world.people[ANA].demo_note = "A learner, one of Maya's people"
    world.people[JUN].pronouns = "they/them"
    world.auditees.update(
        {
            MAYA: list(range(ANA, YUSUF + 1)),
            HELENA: [MAYA, GRACE, PETER],
            GRACE: list(GRACES),
            PETER: [ROSA, *PETERS],
            OTTO: [],
        }
    )
    _enrol(world)


def _add(
    world: World,
    person_id: int,
    name: tuple[str, str],
    job: str,
    *,
    role: str = "learner",
    manager_id: int | None = None,
    note: str = "",
) -> None:
    first, last = name
    user_name = f"{first}.{last}".lower().replace("'", "")
    accessed = midnight(world.today) - timedelta(hours=person_id % 96 + 4)
    world.add_person(
        Person(
            person_id,
            first,
            last,
            f"{first} {last}",
            user_name,
            role,
            email=f"{first}.{last}@northfield.example".replace("'", "").lower(),
            org_defined_id=f"E{person_id:06d}",
            manager_id=manager_id,
            job_title=job,
            in_picker=bool(note),
            demo_note=note,
            last_accessed=accessed,
        )
    )


def _enrol(world: World) -> None:
    learners = (*range(ANA, YUSUF + 1), *GRACES, *PETERS)
    for person_id in learners:
        courses: tuple[int, ...] = (*org.MANDATORY, org.LAST_YEAR)
        if person_id == OLIVER:
            courses = (org.FIRE, org.NOTICEBOARD)
        for course in courses:
            world.enrol(person_id, course)
    for person_id, course in (
        (LINNEA, org.SEPSIS),
        (AMARA, org.TEACHING),
        (MEI, org.MEDICINES),
        (MAYA, org.LEADING),
        (HELENA, org.LEADING),
        (OTTO, org.FIRE),
    ):
        world.enrol(person_id, course)
    for course in (org.FIRE, org.SAFEGUARDING, org.SEPSIS, org.TEACHING, org.MEDICINES):
        world.enrol(INES, course, "instructor")
    for course in (*org.MANDATORY, *org.OPTIONAL):
        world.enrol(GRACE, course, "course_lead")
    world.enrol(MAYA, org.WARD_TEAM, "manager")
    for person_id in world.auditees[MAYA]:
        world.enrol(person_id, org.WARD_TEAM)
    _add_exemptions(world)


def _add_exemptions(world: World) -> None:
    """Adds exemptions from topics, and completions of whole courses."""
    fire_quiz, gdpr_declaration = org.FIRE * IDS_PER_ORG_UNIT + 5, org.DATA_PROTECTION * IDS_PER_ORG_UNIT + 5
    world.exemptions |= {(DAI, fire_quiz), (YUSUF, gdpr_declaration)}
    for course in org.MANDATORY:
        world.course_completions[course, JUN] = midnight(world.today - timedelta(days=14))
