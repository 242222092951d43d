"""A steady pace: the target spread evenly over its period, and what that expects by today.

There is no pace in the first tenth of a period, where one entry changes too much, nor in a rolling period, which has no
first day to measure from.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from enum import Enum, auto

from django.utils.translation import gettext as _

from cpd.amounts import ZERO, Unit, amount_of, format_amount, format_target, rounded_expectation
from cpd.credit import Credit, Tally
from cpd.period import Period, format_day

_STEP = {Unit.MINUTES: Decimal("0.1"), Unit.RECORDS: Decimal(1)}  # hours or records
_MIN_BEHIND = {Unit.MINUTES: Decimal("0.5"), Unit.RECORDS: Decimal(1)}  # hours or records
_MIN_SHARE_BEHIND = Decimal("0.02")  # of the target
_MIN_ROUGH_TARGET = 10  # hours; smaller targets have their forecast to 0.1 h


class NoPace(Enum):
    """Why there is no pace to measure."""

    NO_TARGET = auto()
    ROLLING = auto()  # the period has no first day to measure from
    TO_COME = auto()  # the period has not begun
    TOO_EARLY = auto()  # the first tenth of the period is not over


@dataclass(frozen=True, slots=True)
class Pace:
    """Where a steady pace would be today, and where the present pace leads; amounts in hours or records."""

    tally: Tally
    expected_structured: Decimal
    expected_unstructured: Decimal
    forecast: Decimal  # what will count at the present pace
    forecast_on: date  # when: the day the target is met, else the period's last day
    marker: float  # where a steady pace stands on a bar, 0 to 1

    @property
    def expected(self) -> Decimal:
        """What a steady pace would have logged by today."""
        return self.expected_structured + self.expected_unstructured

    @property
    def behind_structured(self) -> Decimal:
        """Structured credit that is missing by now."""
        return max(ZERO, self.expected_structured - self.tally.structured.counted)

    @property
    def behind_unstructured(self) -> Decimal:
        """Unstructured credit that is missing by now."""
        return max(ZERO, self.expected_unstructured - self.tally.unstructured.counted)

    @property
    def behind(self) -> Decimal:
        """What is missing by now; being ahead in one type does not make up for the other."""
        return self.behind_structured + self.behind_unstructured

    @property
    def ahead(self) -> Decimal:
        """What counts beyond what is expected; 0 as long as either type is behind."""
        return ZERO if self.behind else self.tally.counted - self.expected


def pace_of(tally: Tally, period: Period, today: date) -> Pace | None:
    """The pace as of ``today``; None where there is none to measure (`no_pace` says why)."""
    if no_pace(tally, period, today):
        return None
    structured, unstructured = _expected(tally, period, today)
    forecast, forecast_on = _forecast(tally, period, today)
    return Pace(
        tally=tally,
        expected_structured=structured,
        expected_unstructured=unstructured,
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


def is_behind(pace: Pace) -> bool:
    """Whether a person is so far under a steady pace that it counts as behind.

    That is half an hour (one record), but at least 2 % of the target; less is too little to matter.
    """
    tally = pace.tally
    share = (tally.target * _MIN_SHARE_BEHIND).quantize(_STEP[tally.unit], ROUND_CEILING)
    return pace.behind >= max(_MIN_BEHIND[tally.unit], share)


def forecast_label(pace: Pace, period: Period, today: date) -> str:
    """Where the present pace leads, ``22 h by 31 March``; empty once the target is met or the period over."""
    if pace.tally.is_complete or not pace.tally.counted or period.is_over(today):
        return ""
    amount, day = _rough_forecast(pace), format_day(pace.forecast_on, today)
    return _("%(amount)s by %(day)s") % {"amount": amount, "day": day}


def _expected(tally: Tally, period: Period, today: date) -> tuple[Decimal, Decimal]:
    """What a steady pace would have logged by today, structured and unstructured.

    The total is rounded first and the parts are made to add up to it, so that the amounts on a page agree with each
    other. Each part is within 0.1 h (one record) of its own share.
    """
    passed, days = period.passed(today), period.days
    total = rounded_expectation(tally.target * passed / days, tally.unit)
    structured = rounded_expectation(tally.structured.target * passed / days, tally.unit)
    return structured, total - structured


def _forecast(tally: Tally, period: Period, today: date) -> tuple[Decimal, date]:
    """What will count at the present pace, and from which day on."""
    passed, days = period.passed(today), period.days
    amounts, needed_days = zip(*(_forecast_of(credit, passed, days) for credit in tally.by_type), strict=True)
    met_on = period.first + timedelta(days=max(*needed_days, 1) - 1)
    return sum(amounts, ZERO), max(met_on, min(today, period.last))


def _forecast_of(credit: Credit, passed: int, days: int) -> tuple[Decimal, int]:
    """What will count of one type, and after how many of the period's days; ``passed`` of its ``days`` are over."""
    if not credit.has_target:
        return ZERO, 0
    if credit.numerator * days < credit.denominator * passed:
        amount = amount_of(credit.numerator * days / passed, credit.unit)
        return min(amount, credit.target), days
    needed = credit.denominator * passed / credit.numerator
    return credit.target, int(needed.to_integral_value(ROUND_CEILING))


def _rough_forecast(pace: Pace) -> str:
    """The forecast in whole hours; to 0.1 where whole hours would hide that the target is missed."""
    forecast, target, unit = pace.forecast, pace.tally.target, pace.tally.unit
    if unit is Unit.RECORDS or target < _MIN_ROUGH_TARGET:
        return format_amount(forecast, unit)
    whole = forecast.quantize(Decimal(1), ROUND_HALF_UP)
    hides_a_miss = forecast < target <= whole
    return format_target(forecast if hides_a_miss or forecast == target else whole, unit)
