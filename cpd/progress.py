"""Everything a manager is told about one person's CPD, worked out from a ``TargetProgress``."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from cpd.credit import ZERO, Credit, Tally, Unit, quantity, tally_of
from cpd.pace import Pace, forecast_words, pace_of, why_no_pace
from cpd.period import Period, period_of, written
from cpd.reasons import reason_for
from cpd.schemas import CategoryProgress, TargetProgress
from cpd.status import Judgement, judge
from portal.team.statuses import Priority, Status

__all__ = ["CategoryRow", "Progress", "TargetBar", "Unit", "progress_of"]


@dataclass(frozen=True, slots=True)
class TargetBar:
    """A bar over the whole target, in whole percentages of its width; only what counts is drawn.

    The two parts lie end to end, never beyond 100, and reach 100 only when the target is met.
    """

    structured: int = 0
    unstructured: int = 0
    marker: int | None = None  # where a steady pace would be; None without a pace


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """One category of a person's progress; the marker on its bar is the whole period's."""

    category_id: int
    name: str
    tally: Tally
    bar: TargetBar

    @property
    def summary(self) -> str:
        """``6.0 of 15 h``, ``8.0 h logged`` or ``nothing required``."""
        return self.tally.summary


@dataclass(frozen=True, slots=True)
class Progress:
    """One person's CPD as of a day. Amounts are hours to 0.1, or whole records."""

    target: TargetProgress
    today: date
    judgement: Judgement
    tally: Tally
    period: Period
    pace: Pace | None
    pace_note: str  # why there is no pace; empty when there is one
    forecast: str  # "22 h by 31 March"; empty when there is none to make
    bar: TargetBar

    @property
    def status(self) -> Status:
        """How the person stands."""
        return self.judgement.status

    @property
    def priority(self) -> Priority:
        """How soon the person needs a look."""
        return self.judgement.priority

    @property
    def weight(self) -> float:
        """What orders people of one priority: hours (records) that are missing."""
        return self.judgement.weight

    @property
    def reason(self) -> str:
        """Why the person stands so, in one sentence without a full stop."""
        return reason_for(self.tally, self.period, self.pace, self.today)

    @property
    def categories(self) -> tuple[CategoryRow, ...]:
        """Each category, in the organisation's order. Worked out when asked for: lists do not."""
        return _rows(self.target.category_progress, self.pace, self.unit)

    @property
    def unit(self) -> Unit:
        """What is counted: minutes (shown as hours) or records."""
        return self.tally.unit

    @property
    def structured(self) -> Credit:
        """Structured credit."""
        return self.tally.structured

    @property
    def unstructured(self) -> Credit:
        """Unstructured credit."""
        return self.tally.unstructured

    @property
    def summary(self) -> str:
        """``6.0 of 35 h``, ``8.0 h logged`` or ``nothing required``."""
        return self.tally.summary

    @property
    def excess_label(self) -> str:
        """What was logged beyond the targets, per type: ``+6.3 h structured``."""
        return self.tally.excess_label

    @property
    def is_behind(self) -> bool:
        """Whether the status is behind."""
        return self.status is Status.BEHIND

    @property
    def lede(self) -> str:
        """The person page's opening: so far, against a steady pace, and where it leads."""
        if not self.tally.has_target:
            return f"{self.summary[0].upper()}{self.summary[1:]}."
        if self.period.is_over(self.today):
            return f"{self.summary} when the period ended on {written(self.period.last, self.today)}."
        behind = ""
        if self.is_behind and self.pace is not None and self.pace.behind:
            behind = f", {quantity(self.pace.behind, self.unit)} behind a steady pace"
        forecast = f" At this pace: {self.forecast}." if self.forecast else ""
        return f"{self.summary} so far{behind}.{forecast}"

    @property
    def described(self) -> str:
        """The bar in words, for those who do not see it."""
        parts = [self.summary]
        if self.tally.has_target:
            parts += [f"{name} {credit.summary}" for name, credit in self.tally.types]
        if self.pace is not None:
            parts.append(f"a steady pace would be {quantity(self.pace.expected, self.unit)}")
        return "; ".join(parts)


def progress_of(target: TargetProgress, now: datetime, unit: Unit = Unit.MINUTES) -> Progress:
    """Work out a person's progress as of ``now``, whose time zone decides which day it is.

    Any value Brightspace may send is taken calmly: nothing in ``target`` raises. Raises ValueError
    when ``now`` has no time zone.
    """
    if now.tzinfo is None:
        raise ValueError("now needs a time zone")
    today = now.date()
    period = period_of(target.start_date, target.end_date, now)
    tally = tally_of(target.structured, target.unstructured, unit)
    pace = pace_of(tally, period, today)
    return Progress(
        target=target,
        today=today,
        judgement=judge(tally, period, pace, today),
        tally=tally,
        period=period,
        pace=pace,
        pace_note=why_no_pace(tally, period, today),
        forecast=forecast_words(tally, pace, period, today) if pace else "",
        bar=_bar(tally, pace),
    )


def _rows(categories: Iterable[CategoryProgress], pace: Pace | None, unit: Unit) -> tuple[CategoryRow, ...]:
    ordered = sorted(categories, key=lambda c: (c.category.sort_order, c.category.name))
    return tuple(_row(category, pace, unit) for category in ordered)


def _row(progress: CategoryProgress, pace: Pace | None, unit: Unit) -> CategoryRow:
    tally = tally_of(progress.structured, progress.unstructured, unit)
    category = progress.category
    return CategoryRow(category.id, category.name, tally, _bar(tally, pace))


def _bar(tally: Tally, pace: Pace | None) -> TargetBar:
    # From the raw numbers: a target of a minute or two is 0.0 h, and nothing divides by that.
    whole = tally.structured.denominator + tally.unstructured.denominator
    if not whole:
        return TargetBar()
    structured = min(tally.structured.numerator, tally.structured.denominator)
    both = structured + min(tally.unstructured.numerator, tally.unstructured.denominator)
    end = _percent(both, whole)
    first = min(_percent(structured, whole), end)
    return TargetBar(first, end - first, round(pace.marker * 100) if pace else None)


def _percent(part: Decimal, whole: Decimal) -> int:
    """Round to a whole percentage, but show the least credit and never fill a bar too early."""
    if part >= whole:
        return 100
    return max(1, min(99, round(100 * part / whole))) if part > ZERO else 0
