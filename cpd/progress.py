"""Everything a manager sees of one person's CPD, worked out from Brightspace's ``TargetProgress``."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from cpd.amounts import ZERO, Unit, format_amount
from cpd.credit import Credit, Tally, tally_of
from cpd.pace import Pace, forecast_label, pace_of
from cpd.period import Period, format_day, period_of
from cpd.reasons import as_sentence, no_pace_reason, reason_for
from cpd.schemas import CategoryProgress, TargetProgress
from cpd.status import Judgement, judge
from portal.team.statuses import Priority, Status


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
    """One person's CPD as of a day. Amounts are hours to 0.1, or whole records. Texts are in the active language."""

    target: TargetProgress
    today: date
    judgement: Judgement
    tally: Tally
    period: Period
    pace: Pace | None
    bar: TargetBar

    @property
    def status(self) -> Status:
        """How the person stands."""
        return self.judgement.status

    @property
    def is_behind(self) -> bool:
        """Whether the status is behind."""
        return self.status is Status.BEHIND

    @property
    def priority(self) -> Priority:
        """How soon the person needs a look."""
        return self.judgement.priority

    @property
    def weight(self) -> float:
        """What orders people of one priority: hours (records) that are missing."""
        return self.judgement.weight

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
    def categories(self) -> tuple[CategoryRow, ...]:
        """Each category, in the organisation's order. Worked out when it is asked for, because lists do not need it."""
        return _rows(self.target.category_progress, self.pace, self.unit)

    @property
    def reason(self) -> str:
        """Why the person stands so, in one sentence without a full stop."""
        return reason_for(self.tally, self.period, self.pace, self.today)

    @property
    def pace_note(self) -> str:
        """The sentence why there is no pace; empty when there is one."""
        return as_sentence(no_pace_reason(self.tally, self.period, self.today))

    @property
    def forecast(self) -> str:
        """Where the present pace leads, ``22 h by 31 March``; empty when there is nothing to forecast."""
        return forecast_label(self.pace, self.period, self.today) if self.pace else ""

    @property
    def summary(self) -> str:
        """``6.0 of 35 h``, ``8.0 h logged`` or ``nothing required``."""
        return self.tally.summary

    @property
    def excess_label(self) -> str:
        """What was logged beyond the targets, per type: ``+6.3 h structured``."""
        return self.tally.excess_label

    @property
    def headline(self) -> str:
        """The first sentences of the person page: so far, against a steady pace, and where it leads."""
        if not self.tally.has_target:
            return _logged(self.tally)
        if self.period.is_over(self.today):
            parts = {"summary": self.summary, "day": format_day(self.period.last, self.today)}
            return _("%(summary)s when the period ended on %(day)s.") % parts
        so_far, forecast = _so_far(self), self.forecast
        if not forecast:
            return so_far
        at_this_pace = _("At this pace: %(forecast)s.") % {"forecast": forecast}
        return f"{so_far} {at_this_pace}"

    @property
    def description(self) -> str:
        """The bar in words, for those who do not see it."""
        text, excess = _described(self), self.excess_label
        return _("%(description)s; %(excess)s") % {"description": text, "excess": excess} if excess else text


def progress_of(target: TargetProgress, now: datetime, unit: Unit = Unit.MINUTES) -> Progress:
    """A person's progress as of ``now``, whose time zone decides which day it is.

    No value of ``target`` that Brightspace may send raises. Raises ValueError when ``now`` has no time zone.
    """
    if now.tzinfo is None:
        raise ValueError("now needs a time zone")
    today = now.date()
    period = period_of(target.start_date, target.end_date, now)
    tally = tally_of(target.structured, target.unstructured, unit)
    pace = pace_of(tally, period, today)
    judgement = judge(tally, period, pace, today)
    return Progress(target, today, judgement, tally, period, pace, _bar(tally, pace))


def _logged(tally: Tally) -> str:
    """What is logged without a target."""
    if tally.logged:
        return _("%(amount)s logged.") % {"amount": format_amount(tally.logged, tally.unit)}
    return _("Nothing required.")


def _so_far(progress: Progress) -> str:
    if progress.is_behind and progress.pace is not None and progress.pace.behind:
        parts = {"summary": progress.summary, "amount": format_amount(progress.pace.behind, progress.unit)}
        return _("%(summary)s so far, %(amount)s behind a steady pace.") % parts
    return _("%(summary)s so far.") % {"summary": progress.summary}


def _described(progress: Progress) -> str:
    if not progress.tally.has_target:
        return progress.summary
    parts = {
        "summary": progress.summary,
        "structured": progress.structured.summary,
        "unstructured": progress.unstructured.summary,
    }
    if progress.pace is None:
        return _("%(summary)s; structured %(structured)s; unstructured %(unstructured)s") % parts
    parts["expected"] = format_amount(progress.pace.expected, progress.unit)
    return (
        _("%(summary)s; structured %(structured)s; unstructured %(unstructured)s; a steady pace would be %(expected)s")
        % parts
    )


def _rows(categories: Iterable[CategoryProgress], pace: Pace | None, unit: Unit) -> tuple[CategoryRow, ...]:
    ordered = sorted(categories, key=lambda each: (each.category.sort_order, each.category.name))
    return tuple(_row(category, pace, unit) for category in ordered)


def _row(progress: CategoryProgress, pace: Pace | None, unit: Unit) -> CategoryRow:
    tally = tally_of(progress.structured, progress.unstructured, unit)
    category = progress.category
    return CategoryRow(category.id, category.name, tally, _bar(tally, pace))


def _bar(tally: Tally, pace: Pace | None) -> TargetBar:
    # From Brightspace's numbers: a target of a minute or two is 0.0 h, which nothing can be divided by.
    whole = tally.structured.denominator + tally.unstructured.denominator
    if not whole:
        return TargetBar()
    structured = min(tally.structured.numerator, tally.structured.denominator)
    both = structured + min(tally.unstructured.numerator, tally.unstructured.denominator)
    end = _percent(both, whole)
    first = min(_percent(structured, whole), end)
    return TargetBar(first, end - first, round(pace.marker * 100) if pace else None)


def _percent(part: Decimal, whole: Decimal) -> int:
    """A whole percentage: at least 1 for any credit, and 100 only when the target is met."""
    if part >= whole:
        return 100
    return max(1, min(99, round(100 * part / whole))) if part > ZERO else 0
