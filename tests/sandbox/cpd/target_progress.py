"""Progress of a person towards their CPD target."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.sandbox.api.calls import Call
from tests.sandbox.api.dates import format_utc
from tests.sandbox.api.permissions import require_cpd_access
from tests.sandbox.api.responses import ApiError, Response
from tests.sandbox.api.routing import action
from tests.sandbox.cpd.record_fields import field_block
from tests.sandbox.cpd.records import number, record_filter
from tests.sandbox.models.cpd import PUBLISHED, CpdRecord, Target, TargetPeriod, rolling_period


@action(
    "GET",
    "/d2l/api/le/(version)/cpd/target/progress/user/(userId)",
    scopes=("cpd:targets:read",),
    since="1.84",
)
def target_progress(call: Call) -> Response:
    """Published credit minutes in the target's period, as a whole and by category.

    Query parameters select the records that count; they do not change the target.
    """
    file = call.world.cpd_of(require_cpd_access(call, call.id("userId")).person_id)
    if file.target is None and call.world.switches.no_target == "404":
        raise ApiError.not_found()
    target = file.target or Target({})
    period = target.period_around(call.world.today) if file.target else rolling_period(call.world.today)
    counted = _counted_records(call, file.records, period)
    # A person without a target has no categories to reach either.
    logged = {record.category_id for record in counted} if file.target else set()
    shown = logged | target.lines.keys()
    return Response(
        {
            "StartDate": format_utc(period.start),
            "EndDate": format_utc(period.end),
            **_by_structure(counted, target.lines.values()),
            "CategoryProgress": [
                _category(call, category_id, counted, target)
                for category_id in call.world.categories
                if category_id in shown
            ],
        }
    )


def _counted_records(call: Call, records: list[CpdRecord], period: TargetPeriod) -> list[CpdRecord]:
    first, last = call.date("startDate"), call.date("endDate")
    earliest_date, latest = period.counted_from, period.counted_to
    if call.world.switches.target_dates == "instead":
        earliest_date, latest = first or earliest_date, last or latest
    matches = record_filter(call)
    return [
        record
        for record in records
        if record.state == PUBLISHED
        and matches(record)
        and max(earliest_date, first or earliest_date) <= record.completed_at <= min(latest, last or latest)
    ]


def _category(call: Call, category_id: int, counted: list[CpdRecord], target: Target) -> dict[str, Any]:
    in_category = [record for record in counted if record.category_id == category_id]
    return {
        "Category": field_block(call.world.categories[category_id]),
        **_by_structure(in_category, [target.lines.get(category_id, (0, 0))]),
    }


def _by_structure(counted: list[CpdRecord], lines: Iterable[tuple[float, float]]) -> dict[str, dict[str, float]]:
    lines = list(lines)
    return {
        name: {
            "Numerator": number(sum(record.credit_minutes for record in counted if record.is_structured is structured)),
            "Denominator": number(sum(line[0 if structured else 1] for line in lines)),
        }
        for name, structured in (("Structured", True), ("Unstructured", False))
    }
