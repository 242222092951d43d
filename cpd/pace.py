"""A steady pace: the target spread evenly over its period, and what that expects by today.

In the first tenth of a period one entry swings everything, and a rolling period has no start to
measure from, so neither has a pace.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from enum import Enum, auto

from django.utils.translation import gettext as _

from cpd.amounts import ZERO, Unit, amount_of, format_amount, format_target, rounded_expectation
from cpd.credit import Credit, Tally
from cpd.period import Period, format_day

_STEP = {Unit.MINUTES: Decimal("0.1"), Unit.RECORDS: Decimal(1)}
_MIN_BEHIND = {Unit.MINUTES: Decimal("0.5"), Unit.RECORDS: Decimal(1)}
_NOISE = Decimal("0.02")


class NoPace(Enum):
    """Why there is no pace to measure."""

    NO_TARGET = auto()
    ROLLING = auto()  # the period has no first day to measure from
    TO_COME = auto()  # the period has not begun
    TOO_EARLY = auto()  # the first tenth of the period is not over


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
    """The pace as of ``today``; None where there is none to measure (`no_pace` says why)."""
    if no_pace(tally, period, today):
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


def no_pace(tally: Tally, period: Period, today: date) -> NoPace | None:
    """Why there is no pace to measure; None when there is one."""
    if not tally.has_target:
        return NoPace.NO_TARGET
    if period.rolling:
        return NoPace.ROLLING
    if today < period.first:
        return NoPace.TO_COME
    return NoPace.TOO_EARLY if today < period.judged_from else None


def behind_threshold(tally: Tally) -> Decimal:
    """Return from how many hours (records) under a steady pace on a person is behind.

    Half an hour (one record), but at least 2 % of the target: less is noise.
    """
    share = (tally.target * _NOISE).quantize(_STEP[tally.unit], ROUND_CEILING)
    return max(_MIN_BEHIND[tally.unit], share)


def is_late(tally: Tally, pace: Pace) -> bool:
    """Whether a person is so far under a steady pace that it counts as behind."""
    return pace.behind >= behind_threshold(tally)


def forecast_label(tally: Tally, pace: Pace, period: Period, today: date) -> str:
    """Where the present pace leads, ``22 h by 31 March``; empty once the target is met or the period over."""
    if tally.is_done or not tally.counted or period.is_over(today):
        return ""
    amount, day = _rough_forecast(pace.forecast, tally), format_day(pace.forecast_on, today)
    return _("%(amount)s by %(day)s") % {"amount": amount, "day": day}


def _expected(tally: Tally, period: Period, today: date) -> tuple[Decimal, Decimal]:
    # The total is rounded first and the parts are made to add up to it, so that the figures on a
    # page agree with each other. Each part is within 0.1 h (one record) of its own share.
    passed, days = period.passed(today), period.days
    total = rounded_expectation(tally.target * passed / days, tally.unit)
    structured = rounded_expectation(tally.structured.target * passed / days, tally.unit)
    return structured, total - structured


def _forecast(tally: Tally, period: Period, today: date) -> tuple[Decimal, date]:
    passed, days = period.passed(today), period.days
    parts = [_reach(credit, passed, days) for credit in tally.by_type]
    needed = max(part[1] for part in parts)
    met_on = period.first + timedelta(days=max(needed - 1, 0))
    return sum((part[0] for part in parts), ZERO), max(met_on, min(today, period.last))


def _reach(credit: Credit, passed: int, days: int) -> tuple[Decimal, int]:
    """Return what will count of one type, and after how many days of the period that is reached."""
    if not credit.has_target:
        return ZERO, 0
    if credit.numerator * days < credit.denominator * passed:
        reached = amount_of(credit.numerator * days / passed, credit.unit)
        return min(reached, credit.target), days
    needed = credit.denominator * passed / credit.numerator
    return credit.target, int(needed.to_integral_value(ROUND_CEILING))


def _rough_forecast(forecast: Decimal, tally: Tally) -> str:
    """A forecast in whole hours; to 0.1 where whole hours would hide that the target is missed."""
    if tally.unit is Unit.RECORDS or tally.target < 10:
        return format_amount(forecast, tally.unit)
    whole = forecast.quantize(Decimal(1), ROUND_HALF_UP)
    hides_a_miss = forecast < tally.target <= whole
    return format_target(forecast if hides_a_miss or forecast == tally.target else whole, tally.unit)
