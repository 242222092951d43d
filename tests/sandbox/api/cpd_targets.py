"""How far a person has come towards their CPD target."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.sandbox.answers import Answer, Refusal, utc
from tests.sandbox.api.cpd import field_block, number, record_filter
from tests.sandbox.cpd_model import PUBLISHED, CpdRecord, Target, Window, rolling_window
from tests.sandbox.permissions import require_cpd_of
from tests.sandbox.routing import Call, action


@action(
    "GET",
    "/d2l/api/le/(version)/cpd/target/progress/user/(userId)",
    scopes=("cpd:targets:read",),
    since="1.84",
)
def target_progress(call: Call) -> Answer:
    """Published credit in the target's period, as a whole and by category.

    Filters choose the records that count; what has to be reached stays what it is.
    """
    file = call.world.cpd_of(require_cpd_of(call, call.id("userId")).person_id)
    if file.target is None and call.world.switches.no_target == "404":
        raise Refusal.not_found()
    target = file.target or Target({})
    window = target.window(call.world.today) if file.target else rolling_window(call.world.today)
    counted = _counted(call, file.records, window)
    # Somebody without a target has no categories to reach either.
    logged = {record.category_id for record in counted} if file.target else set()
    shown = logged | target.lines.keys()
    return Answer(
        {
            "StartDate": utc(window.start),
            "EndDate": utc(window.end),
            **_both(counted, target.lines.values()),
            "CategoryProgress": [
                _category(call, category_id, counted, target)
                for category_id in call.world.categories
                if category_id in shown
            ],
        }
    )


def _counted(call: Call, records: list[CpdRecord], window: Window) -> list[CpdRecord]:
    first, last = call.date("startDate"), call.date("endDate")
    earliest, latest = window.counted_from, window.counted_to
    if call.world.switches.target_dates == "instead":
        earliest, latest = first or earliest, last or latest
    keeps = record_filter(call)
    return [
        record
        for record in records
        if record.state == PUBLISHED
        and keeps(record)
        and max(earliest, first or earliest) <= record.completed_at <= min(latest, last or latest)
    ]


def _category(call: Call, category_id: int, counted: list[CpdRecord], target: Target) -> dict[str, Any]:
    mine = [record for record in counted if record.category_id == category_id]
    return {
        "Category": field_block(call.world.categories[category_id]),
        **_both(mine, [target.lines.get(category_id, (0, 0))]),
    }


def _both(counted: list[CpdRecord], lines: Iterable[tuple[float, float]]) -> dict[str, dict[str, float]]:
    wanted = list(lines)
    return {
        name: {
            "Numerator": number(sum(one.credit_minutes for one in counted if one.is_structured is structured)),
            "Denominator": number(sum(line[0 if structured else 1] for line in wanted)),
        }
        for name, structured in (("Structured", True), ("Unstructured", False))
    }
