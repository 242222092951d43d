"""A steady pace: the target spread evenly over its period, and what that expects by today.

In the first tenth of a period one entry swings everything, and a rolling period has no start to
measure from, so neither has a pace.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from cpd.credit import ZERO, Credit, Tally, Unit, amount, due, quantity
from cpd.period import Period, written

_STEP = {Unit.MINUTES: Decimal("0.1"), Unit.RECORDS: Decimal(1)}
_MIN_BEHIND = {Unit.MINUTES: Decimal("0.5"), Unit.RECORDS: Decimal(1)}
_NOISE = Decimal("0.02")


@dataclass(frozen=True, slots=True)
class Pace:
    """Where a steady pace would be today; amounts in hours or records, per type and together."""

    unit: Unit
    expected_structured: Decimal
    expected_unstructured: Decimal
    behind_structured: Decimal
    behind_unstructured: Decimal
    ahead: Decimal  # beyond what is expected; 0 as long as either type is behind
    forecast: Decimal  # what will count at the present pace
    forecast_on: date  # when: the day the target is met, else the period's last day
    marker: float  # where a steady pace stands on a bar, 0 to 1

    @property
    def expected(self) -> Decimal:
        """What a steady pace would have logged by today."""
        return self.expected_structured + self.expected_unstructured

    @property
    def behind(self) -> Decimal:
        """What is missing by now; being ahead in one type does not make up for the other."""
        return self.behind_structured + self.behind_unstructured


def pace_of(tally: Tally, period: Period, today: date) -> Pace | None:
    """Measure the pace; None where it would say nothing (`why_no_pace` tells)."""
    if why_no_pace(tally, period, today):
        return None
    structured, unstructured = _expected(tally, period, today)
    behind_structured = max(ZERO, structured - tally.structured.counted)
    behind_unstructured = max(ZERO, unstructured - tally.unstructured.counted)
    is_behind = behind_structured or behind_unstructured
    ahead = ZERO if is_behind else tally.counted - structured - unstructured
    forecast, forecast_on = _forecast(tally, period, today)
    return Pace(
        unit=tally.unit,
        expected_structured=structured,
        expected_unstructured=unstructured,
        behind_structured=behind_structured,
        behind_unstructured=behind_unstructured,
        ahead=ahead,
        forecast=forecast,
        forecast_on=forecast_on,
        marker=period.elapsed(today),
    )


def why_no_pace(tally: Tally, period: Period, today: date) -> str:
    """Say why there is no pace to measure, or nothing when there is one."""
    if not tally.has_target:
        return "Without a target there is no pace."
    if period.rolling:
        return "The target covers the last 365 days on any day, so there is no pace to keep."
    if today < period.first:
        return f"The period starts on {written(period.first, today)}."
    if today < period.judged_from:
        return f"Too early to tell: the pace is judged from {written(period.judged_from, today)}."
    return ""


def behind_threshold(tally: Tally) -> Decimal:
    """Return from how many hours (records) under a steady pace on a person is behind.

    Half an hour (one record), but at least 2 % of the target: less is noise.
    """
    share = (tally.target * _NOISE).quantize(_STEP[tally.unit], ROUND_CEILING)
    return max(_MIN_BEHIND[tally.unit], share)


def is_late(tally: Tally, pace: Pace) -> bool:
    """Whether a person is so far under a steady pace that it counts as behind."""
    return pace.behind >= behind_threshold(tally)


def forecast_words(tally: Tally, pace: Pace, period: Period, today: date) -> str:
    """Say where the present pace leads, ``22 h by 31 March``; empty once met or over."""
    if tally.is_done or not tally.counted or period.is_over(today):
        return ""
    return f"{_roughly(pace.forecast, tally)} by {written(pace.forecast_on, today)}"


def _expected(tally: Tally, period: Period, today: date) -> tuple[Decimal, Decimal]:
    # The total is rounded first and the parts are made to add up to it, so that the figures on a
    # page agree with each other. Each part is within 0.1 h (one record) of its own share.
    passed, days = period.passed(today), period.days
    total = due(tally.target * passed / days, tally.unit)
    structured = due(tally.structured.target * passed / days, tally.unit)
    return structured, total - structured


def _forecast(tally: Tally, period: Period, today: date) -> tuple[Decimal, date]:
    passed, days = period.passed(today), period.days
    parts = [_reach(credit, passed, days) for _, credit in tally.types]
    needed = max(part[1] for part in parts)
    met_on = period.first + timedelta(days=max(needed - 1, 0))
    return sum((part[0] for part in parts), ZERO), max(met_on, min(today, period.last))


def _reach(credit: Credit, passed: int, days: int) -> tuple[Decimal, int]:
    """Return what will count of one type, and after how many days of the period that is reached."""
    if not credit.has_target:
        return ZERO, 0
    if credit.numerator * days < credit.denominator * passed:
        reached = amount(credit.numerator * days / passed, credit.unit)
        return min(reached, credit.target), days
    needed = credit.denominator * passed / credit.numerator
    return credit.target, int(needed.to_integral_value(ROUND_CEILING))


def _roughly(forecast: Decimal, tally: Tally) -> str:
    """Write a forecast in whole hours; finer where that would hide that the target is missed."""
    whole = forecast.quantize(Decimal(1), ROUND_HALF_UP)
    if tally.unit is Unit.RECORDS or tally.target < 10:
        return quantity(forecast, tally.unit)
    if forecast < tally.target <= whole or forecast == tally.target:
        whole = forecast
    text = f"{whole:.0f}" if whole == whole.to_integral_value() else f"{whole:.1f}"
    return f"{text} h"
