"""CPD files: targets, and records that add up to a wanted number of minutes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Literal

from tests.sandbox.cpd_model import (
    DRAFT,
    PUBLISHED,
    Attachment,
    CpdFile,
    CpdRecord,
    RecordAnswer,
    Target,
    rolling_window,
)
from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.organisation import midnight
from tests.sandbox.seeds.titles import title_of
from tests.sandbox.world import RECORDS_PER_PERSON, Person, World

# 35 hours: 21 structured, 14 unstructured.
STANDARD_LINES: dict[int, tuple[float, float]] = {
    org.CLINICAL: (540, 360),
    org.TEACHING_AND_LEARNING: (360, 240),
    org.LEADERSHIP: (360, 240),
}
NOTHING_REQUIRED: dict[int, tuple[float, float]] = {org.CLINICAL: (0, 0)}
_SIZES = (30, 45, 60, 90, 120, 150, 180)
_METHODS_OF = {
    True: (org.WORKSHOP, org.COURSE, org.CONFERENCE),
    False: (org.READING, org.MENTORING),
}
_PDF = b"%PDF-1.4\n%%EOF\n"
# Only these people's records cite awards, so that a crowd's awards can be counted without its CPD.
CITING_BELOW = 10_000


@dataclass(frozen=True)
class Situation:
    """How somebody stands: shares are of the target, or of what is expected by today."""

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


def make_file(world: World, person: Person, situation: Situation) -> CpdFile:
    """The target and the records of one person; the same for the same person and day."""
    chance = Random(person.person_id)
    target = Target(dict(situation.lines), situation.period, situation.month, situation.day)
    window = target.window(world.today) if situation.has_target else rolling_window(world.today)
    first, last = window.counted_from.date(), world.today - timedelta(days=1)
    records: list[CpdRecord] = []
    for is_structured, minutes in zip((True, False), _minutes(world, situation), strict=True):
        for size in _sizes(minutes, chance):
            _add(records, person, size, is_structured, _day(first, last, chance), chance)
    for _ in range(situation.earlier):
        moment = _day(first - timedelta(days=300), first - timedelta(days=5), chance)
        _add(records, person, chance.choice(_SIZES), chance.random() < 0.6, moment, chance)
    for _ in range(situation.drafts):
        _add(records, person, 30, False, _day(first, last, chance), chance, DRAFT)
    return CpdFile(target if situation.has_target else None, records)


def _minutes(world: World, situation: Situation) -> tuple[int, int]:
    if situation.minutes is not None:
        return situation.minutes
    lines = dict(situation.lines).values()
    target = Target(dict(situation.lines), situation.period, situation.month, situation.day)
    window = target.window(world.today)
    whole = window.counted_to - window.counted_from
    due = (
        1.0
        if situation.period == "rolling" or situation.measured_by == "target"
        else ((world.now - window.counted_from) / whole)
    )
    structured = sum(line[0] for line in lines) * due * situation.structured
    unstructured = sum(line[1] for line in lines) * due * situation.unstructured
    return _rounded(structured), _rounded(unstructured)


def _rounded(minutes: float) -> int:
    return round(minutes / 15) * 15


def _sizes(minutes: int, chance: Random) -> Iterator[int]:
    while minutes > 0:
        size = min(chance.choice(_SIZES), minutes)
        minutes -= size
        yield size


def _day(first: date, last: date, chance: Random) -> datetime:
    span = max((last - first).days, 0)
    return midnight(first + timedelta(days=chance.randint(0, span))) + timedelta(hours=9)


def _add(
    records: list[CpdRecord],
    person: Person,
    minutes: int,
    is_structured: bool,
    moment: datetime,
    chance: Random,
    state: int = PUBLISHED,
) -> None:
    category_id = chance.choice(tuple(STANDARD_LINES))
    number = len(records) + 1
    record = CpdRecord(
        person.person_id * RECORDS_PER_PERSON + number,
        person.person_id,
        title_of(category_id, is_structured, chance),
        category_id,
        chance.choice(_METHODS_OF[is_structured]),
        is_structured,
        minutes,
        moment,
        state,
    )
    _adorn(record, number)
    records.append(record)


def _adorn(record: CpdRecord, number: int) -> None:
    """Gives some records what only some records have: files, grades, awards, answers."""
    if number % 3 == 1:
        record.attachments = [
            Attachment(record.record_id * 10 + 1, "certificate.pdf", _PDF),
            Attachment(record.record_id * 10 + 2, "notes.txt", b"What I took away.", "text/plain"),
        ]
    if number == 2 and record.is_structured and record.person_id < CITING_BELOW:
        record.name, record.method_id = "Fire Warden Certificate", org.COURSE
        record.issued_id = record.record_id + 5_000_000
    if record.method_id == org.COURSE and record.issued_id is None:
        record.grade, record.grade_object_id = 0.85, record.record_id + 7_000_000
    if record.state == PUBLISHED:
        record.answers = [
            RecordAnswer(record.record_id * 10 + 5, org.LEARNED, "To act on the first sign."),
            RecordAnswer(record.record_id * 10 + 6, org.CHANGE, "Brief the team each Monday."),
        ]
