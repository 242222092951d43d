"""Benchmark of decoding: 1,000 CPD records from JSON to blocks, compared with json.loads and dataclasses."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from cpd.schemas import RecordSummary
from portal.brightspace.codec.json import decode
from tests.benchmarks.report import Measured, at_least, info
from tests.benchmarks.site import Site

RECORDS = 1000
ROUNDS = 40
TITLE = "1,000 CPD records from JSON"


@dataclass  # not frozen, which would be slower
class _PlainRecord:
    record_id: int
    record_name: str
    category_name: str
    method_name: str
    is_structured: bool
    record_state_id: int
    credit_minutes: float
    date_completed: datetime | None


def run(site: Site) -> Iterator[Measured]:
    data = json.dumps([_record(number) for number in range(1, RECORDS + 1)]).encode()
    typed, plain = _medians(lambda: decode(data, list[RecordSummary]), lambda: _decoded_by_json(data))
    yield info(TITLE, "with portal.brightspace.codec.json.decode", typed * 1000, "ms")
    yield info(TITLE, "with json.loads and dataclasses", plain * 1000, "ms")
    yield at_least(TITLE, "times as fast", plain / typed, 5, "×")


def _medians(typed: Callable[[], object], plain: Callable[[], object]) -> tuple[float, float]:
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for action, times in zip((typed, plain), taken, strict=True):
            started = time.perf_counter()
            action()
            times.append(time.perf_counter() - started)
    return median(taken[0]), median(taken[1])


def _record(number: int) -> dict[str, object]:
    return {
        "RecordId": number,
        "RecordName": f"Safeguarding workshop {number}",
        "CategoryName": "Clinical",
        "MethodName": "Workshop",
        "IsStructured": number % 2 == 0,
        "RecordStateId": 2,
        "CreditMinutes": 45 + number % 60,
        "DateCompleted": f"2026-0{1 + number % 9}-{1 + number % 28:02}T09:00:00.000Z",
    }


def _decoded_by_json(data: bytes) -> list[_PlainRecord]:
    return [
        _PlainRecord(
            record_id=int(row["RecordId"]),
            record_name=row["RecordName"],
            category_name=row["CategoryName"],
            method_name=row["MethodName"],
            is_structured=row["IsStructured"],
            record_state_id=row["RecordStateId"],
            credit_minutes=float(row["CreditMinutes"]),
            date_completed=datetime.fromisoformat(row["DateCompleted"]) if row["DateCompleted"] else None,
        )
        for row in json.loads(data)
    ]
