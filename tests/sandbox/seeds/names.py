"""Plausible names for people and for CPD records."""

from __future__ import annotations

from random import Random

from tests.sandbox.seeds import organisation as org

_STRUCTURED = {
    org.CLINICAL: (
        "Sepsis recognition workshop",
        "Advanced life support refresher",
        "Wound care study day",
        "Safe prescribing course",
        "Venous access simulation",
    ),
    org.TEACHING_AND_LEARNING: (
        "Teaching the teachers, day 1",
        "Giving feedback: a workshop",
        "Safeguarding update",
        "Assessment in the workplace",
    ),
    org.LEADERSHIP: (
        "Leading change, module 2",
        "Difficult conversations workshop",
        "Budget holders' briefing",
        "Quality improvement course",
    ),
}
_UNSTRUCTURED = {
    org.CLINICAL: (
        "Reading: new antibiotic guideline",
        "Journal club: frailty scores",
        "Shadowing the outreach team",
    ),
    org.TEACHING_AND_LEARNING: (
        "Reading: safeguarding update",
        "Mentoring a student nurse",
        "Preparing a bedside teaching session",
    ),
    org.LEADERSHIP: (
        "Reading: teams under pressure",
        "Coaching conversation",
        "Reflection after an incident review",
    ),
}
_FIRST = [
    "Aisha",
    "Ben",
    "Carmen",
    "Dimitri",
    "Elsa",
    "Farid",
    "Greta",
    "Hugo",
    "Imani",
    "Jonas",
    "Katya",
    "Leon",
    "Mina",
    "Noor",
    "Oscar",
    "Paula",
    "Quinn",
    "Rafael",
    "Sanne",
    "Tariq",
    "Uma",
    "Viktor",
    "Wanjiru",
    "Xenia",
    "Yara",
    "Zoltan",
    "Bronwyn",
    "Eoin",
    "Freya",
]
_LAST = [
    "Abebe",
    "Bauer",
    "Castillo",
    "Dubois",
    "Eriksen",
    "Farrell",
    "Gupta",
    "Haddad",
    "Ivanova",
    "Jansen",
    "Kowalski",
    "Larsen",
    "Mbeki",
    "Nakamura",
    "Oduya",
    "Petrov",
    "Quigley",
    "Rossi",
    "Santos",
    "Takahashi",
    "Ueda",
    "Varga",
    "Walsh",
    "Xu",
    "Yilmaz",
    "Zhang",
    "Nkosi",
    "Moreau",
    "Lindholm",
    "Fernandes",
    "O'Brien",
]


def title_of(category_id: int, is_structured: bool, rng: Random) -> str:
    """A record's name that fits its category and type."""
    titles = _STRUCTURED if is_structured else _UNSTRUCTURED
    return rng.choice(titles[category_id])


def name_of(person_id: int) -> tuple[str, str]:
    """A first and a last name; the lists' lengths have no common factor, so that pairs repeat late."""
    return _FIRST[person_id % len(_FIRST)], _LAST[person_id % len(_LAST)]
