"""CPD files of people: targets, and records that add up to a given number of minutes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Literal

from tests.sandbox.models.cpd import (
    DRAFT,
    PUBLISHED,
    RECORDS_PER_PERSON,
    Attachment,
    CpdFile,
    CpdRecord,
    RecordAnswer,
    Target,
    rolling_period,
)
from tests.sandbox.models.people import Person
from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.names import title_of
from tests.sandbox.seeds.organisation import midnight
from tests.sandbox.world import World

# 35 hours: 21 structured, 14 unstructured.
STANDARD_LINES: dict[int, tuple[float, float]] = {
    org.CLINICAL: (540, 360),
    org.TEACHING_AND_LEARNING: (360, 240),
    org.LEADERSHIP: (360, 240),
}
NOTHING_REQUIRED: dict[int, tuple[float, float]] = {org.CLINICAL: (0, 0)}
_RECORD_MINUTES = (30, 45, 60, 90, 120, 150, 180)
_METHODS_OF = {
    True: (org.WORKSHOP, org.COURSE, org.CONFERENCE),
    False: (org.READING, org.MENTORING),
}
_PDF = b"%PDF-1.4\n%%EOF\n"
# Only records of people with lower ids cite awards, so that a crowd's awards can be counted without its CPD.
FIRST_ID_WITHOUT_CITATIONS = 10_000


@dataclass(frozen=True)
class CpdSituation:
    """How far a person is: shares of the target, or of the part of it that is expected by today.

    ``minutes`` (structured, unstructured) replaces the shares; ``earlier`` are records before the period.
    """

    structured: float = 0.0
    unstructured: float = 0.0
    measured_by: Literal["pace", "target"] = "pace"
    has_target: bool = True
    lines: tuple[tuple[int, tuple[float, float]], ...] = tuple(STANDARD_LINES.items())
    period: Literal["annual", "rolling", "year_one"] = "annual"
    month: int = 4
    day: int = 1
    minutes: tuple[int, int] | None = None
    drafts: int = 1
    earlier: int = 3


def make_cpd_file(world: World, person: Person, situation: CpdSituation) -> CpdFile:
    """The target and the records of one person; the same for the same person and day."""
    rng = Random(person.person_id)
    target = Target(dict(situation.lines), situation.period, situation.month, situation.day)
    period = target.period_around(world.today) if situation.has_target else rolling_period(world.today)
    first, last = period.counted_from.date(), world.today - timedelta(days=1)
    records: list[CpdRecord] = []
    for is_structured, minutes in zip((True, False), _minutes(world, situation), strict=True):
        for record_minutes in _parts_of(minutes, rng):
            _add(records, person, record_minutes, is_structured, _moment_between(first, last, rng), rng)
    for _ in range(situation.earlier):
        moment = _moment_between(first - timedelta(days=300), first - timedelta(days=5), rng)
        _add(records, person, rng.choice(_RECORD_MINUTES), rng.random() < 0.6, moment, rng)
    for _ in range(situation.drafts):
        _add(records, person, 30, False, _moment_between(first, last, rng), rng, DRAFT)
    return CpdFile(target if situation.has_target else None, records)


def _minutes(world: World, situation: CpdSituation) -> tuple[int, int]:
    """The structured and unstructured minutes to log in the period."""
    if situation.minutes is not None:
        return situation.minutes
    lines = dict(situation.lines).values()
    expected = _expected_share(world, situation)
    structured = sum(line[0] for line in lines) * expected * situation.structured
    unstructured = sum(line[1] for line in lines) * expected * situation.unstructured
    return _rounded(structured), _rounded(unstructured)


def _expected_share(world: World, situation: CpdSituation) -> float:
    """The share of the target that the situation's shares refer to."""
    if situation.period == "rolling" or situation.measured_by == "target":
        return 1.0
    target = Target(dict(situation.lines), situation.period, situation.month, situation.day)
    period = target.period_around(world.today)
    return (world.now - period.counted_from) / (period.counted_to - period.counted_from)


def _rounded(minutes: float) -> int:
    return round(minutes / 15) * 15


def _parts_of(minutes: int, rng: Random) -> Iterator[int]:
    while minutes > 0:
        part = min(rng.choice(_RECORD_MINUTES), minutes)
        minutes -= part
        yield part


def _moment_between(first: date, last: date, rng: Random) -> datetime:
    days = max((last - first).days, 0)
    return midnight(first + timedelta(days=rng.randint(0, days))) + timedelta(hours=9)


def _add(
    records: list[CpdRecord],
    person: Person,
    minutes: int,
    is_structured: bool,
    moment: datetime,
    rng: Random,
    state: int = PUBLISHED,
) -> None:
    category_id = rng.choice(tuple(STANDARD_LINES))
    number = len(records) + 1
    record = CpdRecord(
        person.person_id * RECORDS_PER_PERSON + number,
        person.person_id,
        title_of(category_id, is_structured, rng),
        category_id,
        rng.choice(_METHODS_OF[is_structured]),
        is_structured,
        minutes,
        moment,
        state,
    )
    _add_details(record, number)
    records.append(record)


def _add_details(record: CpdRecord, number: int) -> None:
    """Adds what only some records have: attachments, grades, awards, answers."""
    if number % 3 == 1:
        record.attachments = [
            Attachment(record.record_id * 10 + 1, "certificate.pdf", _PDF),
            Attachment(record.record_id * 10 + 2, "notes.txt", b"What I took away.", "text/plain"),
        ]
    if number == 2 and record.is_structured and record.person_id < FIRST_ID_WITHOUT_CITATIONS:
        record.name, record.method_id = "Fire Warden Certificate", org.COURSE
        record.issued_id = record.record_id + 5_000_000
    if record.method_id == org.COURSE and record.issued_id is None:
        record.grade, record.grade_object_id = 0.85, record.record_id + 7_000_000
    if record.state == PUBLISHED:
        record.answers = [
            RecordAnswer(record.record_id * 10 + 5, org.LEARNED, "To act on the first sign."),
            RecordAnswer(record.record_id * 10 + 6, org.CHANGE, "Brief the team each Monday."),
        ]
