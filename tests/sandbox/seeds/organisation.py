"""The organisation, its courses and groups, and the fields of CPD records."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from tests.sandbox.models.cpd import RecordField
from tests.sandbox.models.people import COURSE_OFFERING, GROUP, ORGANISATION, OrgUnit
from tests.sandbox.seeds.roles import ROLES
from tests.sandbox.world import World

ORGANISATION_ID = 6605
FIRE, SAFEGUARDING, INFECTION, SEPSIS = 6609, 6610, 6611, 6612
DATA_PROTECTION, TEACHING, LEADING, MEDICINES = 6613, 6614, 6615, 6616
NOTICEBOARD, LAST_YEAR, ODD_COURSE = 6617, 6618, 6619
WARD_TEAM = 6700

# Courses that everybody takes, and courses that a few people take.
MANDATORY = (FIRE, SAFEGUARDING, INFECTION, DATA_PROTECTION)
OPTIONAL = (SEPSIS, TEACHING, LEADING, MEDICINES)

CLINICAL, TEACHING_AND_LEARNING, LEADERSHIP, WELLBEING, RETIRED_CATEGORY = 11, 12, 13, 14, 15
WORKSHOP, COURSE, READING, CONFERENCE, MENTORING, RETIRED_METHOD = 21, 22, 23, 24, 25, 26
LEARNED, CHANGE, HELPED = 31, 32, 33

_CATEGORIES = {
    CLINICAL: "Clinical",
    TEACHING_AND_LEARNING: "Teaching and learning",
    LEADERSHIP: "Leadership",
    WELLBEING: "Wellbeing and inclusion",
    RETIRED_CATEGORY: "Appraisal (old scheme)",
}
_METHODS = {
    WORKSHOP: "Workshop",
    COURSE: "Course",
    READING: "Reading",
    CONFERENCE: "Conference",
    MENTORING: "Mentoring",
    RETIRED_METHOD: "Correspondence course",
}
_QUESTIONS = {
    LEARNED: "What did you learn?",
    CHANGE: "What will you do differently?",
    HELPED: "Who else could use this?",
}
_RETIRED = (RETIRED_CATEGORY, RETIRED_METHOD)

_COURSES = (
    (FIRE, "Fire Safety Essentials", "FIRE-101"),
    (SAFEGUARDING, "Safeguarding Adults and Children", "SAFE-201"),
    (INFECTION, "Infection Prevention and Control", "IPC-110"),
    (SEPSIS, "Sepsis Recognition and Response", "SEP-220"),
    (DATA_PROTECTION, "Data Protection and Confidentiality", "GDPR-100"),
    (TEACHING, "Teaching in Clinical Settings", "TCS-310"),
    (LEADING, "Leading a Team", "LEAD-150"),
    (MEDICINES, "Medicines Management Update", "MED-240"),
    (NOTICEBOARD, "Staff Noticeboard", "NOTICE"),
    (LAST_YEAR, "Induction (last year)", "IND-000"),
    (ODD_COURSE, '<b>Bold</b> & "quoted" course, =1+1', "ODD-<1>"),
)


def empty_world(scale: str, today: date) -> World:
    """A world with the organisation, its courses and the CPD fields, but without people."""
    organisation = OrgUnit(ORGANISATION_ID, ORGANISATION, "Northfield Health & Learning", "NHL")
    world = World(today, scale, organisation, dict(ROLES))
    world.org_units[ORGANISATION_ID] = organisation
    for org_unit_id, name, code in _COURSES:
        world.org_units[org_unit_id] = OrgUnit(org_unit_id, COURSE_OFFERING, name, code)
    world.org_units[LAST_YEAR].start = midnight(today - timedelta(days=500))
    world.org_units[LAST_YEAR].end = midnight(today - timedelta(days=160))
    world.org_units[TEACHING].start = midnight(today - timedelta(days=90))
    world.org_units[TEACHING].end = midnight(today + timedelta(days=120))
    world.org_units[WARD_TEAM] = OrgUnit(WARD_TEAM, GROUP, "Ward 7 team", "W7")
    world.categories = _fields(_CATEGORIES)
    world.methods = _fields(_METHODS)
    world.questions = _fields(_QUESTIONS)
    return world


def midnight(day: date) -> datetime:
    """The beginning of a day, in UTC."""
    return datetime.combine(day, time(), UTC)


def _fields(texts: dict[int, str]) -> dict[int, RecordField]:
    return {
        field_id: RecordField(field_id, text, order, in_use=field_id not in _RETIRED)
        for order, (field_id, text) in enumerate(texts.items(), 1)
    }
