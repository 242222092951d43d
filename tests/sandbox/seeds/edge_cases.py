"""Alma's direct reports, who have edge cases as data: markup, formulas, scripts, missing values, odd numbers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.sandbox.models.cpd import RECORDS_PER_PERSON, CpdFile, CpdRecord, Target
from tests.sandbox.models.people import Person
from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.cpd import STANDARD_LINES, CpdSituation, make_cpd_file
from tests.sandbox.seeds.demo_people import ALMA
from tests.sandbox.seeds.organisation import midnight
from tests.sandbox.seeds.progress import ProgressPlan
from tests.sandbox.world import World

(
    MARKUP,
    BREAKOUT,
    FORMULA,
    PLUS,
    AT,
    TAB,
    ARABIC,
    HEBREW,
    LONG,
    NO_FIRST_NAME,
    NO_DISPLAY_NAME,
    NO_EMAIL,
    EMOJI,
    QUOTES,
    PROLIFIC,
    ODD_NUMBERS,
) = range(301, 317)

# person: first name, last name, display name
_NAMES: dict[int, tuple[str | None, str, str]] = {
    MARKUP: ("<img src=x onerror=alert(1)>", "<b>Bold</b>", "<img src=x onerror=alert(1)>"),
    BREAKOUT: ('"><script>alert(2)</script>', "{{7*7}}", '"><script>alert(2)</script> {{7*7}}'),
    FORMULA: (
        '=HYPERLINK("http://example.org","x")',
        "=1+1",
        '=HYPERLINK("http://example.org","x") =1+1',
    ),
    PLUS: ("+1+1", "-2+3", "+1+1 -2+3"),
    AT: ("@SUM(A1:A9)", "|cmd", "@SUM(A1:A9) |cmd"),
    TAB: ("\t=1+1", "\r\n=2+2", "\t=1+1 \r\n=2+2"),
    ARABIC: ("ليلى", "الخطيب", "\u202bليلى الخطيب\u202c (ICU)"),
    HEBREW: ("נועה", "לוי", "\u2067נועה לוי\u2069 \u202etxet desrever\u202c"),
    LONG: ("Wolfeschlegelstein" * 5, "Hausenbergerdorff" * 5 + "Smith", ""),
    NO_FIRST_NAME: (None, "Mononym", "Mononym"),
    NO_DISPLAY_NAME: ("Nameless", "Display", ""),
    NO_EMAIL: ("Nomail", "Reachless", "Nomail Reachless"),
    EMOJI: ("🦊 Fox", "👩🏽‍⚕️ O’Neil", "🦊 Fox 👩🏽‍⚕️ O’Neil"),
    QUOTES: ('Seán "Jack"', "O'Brien & Sons; --", 'Seán "Jack" O\'Brien & Sons; --'),
    PROLIFIC: ("Prolific", "Writer", "Prolific Writer"),
    ODD_NUMBERS: ("Oddny", "Numbers", "Oddny Numbers"),
}
_NAMES[LONG] = (*_NAMES[LONG][:2], f"{_NAMES[LONG][0]} {_NAMES[LONG][1]}")
_UNKNOWN_FIELDS: dict[str, Any] = {"x-NewIn2031": {"Nested": [1, None]}, "Rank": "∞"}

EDGE_CASE_PROGRESS_PLANS: dict[tuple[int, int], ProgressPlan] = {
    (MARKUP, org.ODD_COURSE): "overdue",
    (BREAKOUT, org.ODD_COURSE): "extra",
    (QUOTES, org.ODD_COURSE): "done",
    (PROLIFIC, org.INFECTION): "extra",
}
_CPD_SITUATIONS = {
    MARKUP: CpdSituation(0.2, 0.2),
    BREAKOUT: CpdSituation(1.1, 1.1),
    NO_FIRST_NAME: CpdSituation(has_target=False),
    NO_DISPLAY_NAME: CpdSituation(lines=((org.CLINICAL, (0, 0)),)),
    EMOJI: CpdSituation(1.0, 0.9, period="year_one", month=2, day=29),
    HEBREW: CpdSituation(0.5, 0.5, period="rolling"),
}


def add_edge_case_people(world: World) -> None:
    """Adds Alma's people and enrols them in some usual courses and the odd one."""
    for person_id, (first, last, display) in _NAMES.items():
        has_email = person_id != NO_EMAIL
        world.add_person(
            Person(
                person_id,
                first,
                last,
                display,
                f"awkward{person_id}",
                email=f"awkward{person_id}@northfield.example" if has_email else None,
                org_defined_id=None if person_id == NO_EMAIL else f"=E{person_id}",
                manager_id=ALMA,
                extra=_UNKNOWN_FIELDS if person_id == ODD_NUMBERS else {},
            )
        )
        for course in (org.FIRE, org.INFECTION, org.NOTICEBOARD, org.ODD_COURSE):
            world.enrol(person_id, course)
    world.auditees[ALMA] = list(_NAMES)


def edge_case_cpd_file(world: World, person: Person) -> CpdFile:
    """The CPD file of one of Alma's people."""
    if person.person_id == PROLIFIC:
        return CpdFile(Target(STANDARD_LINES), _many_records(world, person))
    if person.person_id == ODD_NUMBERS:
        return CpdFile(Target({org.CLINICAL: (89.5, 0), org.LEADERSHIP: (0, 1)}), _odd_records(world))
    file = make_cpd_file(world, person, _CPD_SITUATIONS.get(person.person_id, CpdSituation(0.9, 0.9)))
    if person.person_id in (MARKUP, BREAKOUT, FORMULA):
        _add_odd_texts(file)
    return file


def _many_records(world: World, person: Person) -> list[CpdRecord]:
    """300 records, four with the same date each, so that paging has ties."""
    first_id = person.person_id * RECORDS_PER_PERSON + 1
    return [
        CpdRecord(
            first_id + number,
            person.person_id,
            f"Ward round {number + 1}",
            (org.CLINICAL, org.LEADERSHIP)[number % 2],
            (org.MENTORING, org.WORKSHOP)[number % 2],
            number % 3 == 0,
            15,
            midnight(world.today - timedelta(days=1 + number // 4)) + timedelta(hours=8),
        )
        for number in range(300)
    ]


def _odd_records(world: World) -> list[CpdRecord]:
    """Minutes and states that the reference allows but nobody expects, or does not know."""
    moment = midnight(world.today) - timedelta(days=2)
    first_id = ODD_NUMBERS * RECORDS_PER_PERSON + 1
    oddities: tuple[tuple[str, float, int], ...] = (
        ("One minute", 1, 1),
        ("Half minutes", 89.5, 1),
        ("Nothing at all", 0, 1),
        ("A state nobody knows", 60, 9),
        ("A lifetime", 525_600, 2),
    )
    return [
        CpdRecord(
            first_id + number,
            ODD_NUMBERS,
            name,
            org.RETIRED_CATEGORY if number == 2 else org.CLINICAL,
            org.RETIRED_METHOD,
            number % 2 == 1,
            minutes,
            moment,
            state,
            grade=1.2 if number == 0 else None,
            extra=_UNKNOWN_FIELDS,
        )
        for number, (name, minutes, state) in enumerate(oddities)
    ]


def _add_odd_texts(file: CpdFile) -> None:
    names = (
        "<script>alert('record')</script>",
        '=cmd|"/C calc"!A0',
        "{% debug %} & {{ settings.SECRET_KEY }}",
        "\u202edrow\u202c",
        "x" * 512,
    )
    for record, name in zip(file.records, names, strict=False):
        record.name = name
        for attachment in record.attachments:
            attachment.name = '"><img src=x onerror=alert(3)>.pdf'
        for answer in record.answers:
            answer.text = "<script>alert('answer')</script>\nsecond line\t=1+1"
