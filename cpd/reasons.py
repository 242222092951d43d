"""Why a person stands as they do on CPD, in one sentence a manager would say."""

from datetime import date
from decimal import Decimal

from cpd.credit import Tally, Unit, figure, goal, quantity
from cpd.pace import Pace, is_late, why_no_pace
from cpd.period import Period, written


def reason_for(tally: Tally, period: Period, pace: Pace | None, today: date) -> str:
    """Return the sentence, without a full stop; it agrees with `cpd.status.judge`."""
    if not tally.has_target:
        return "Brightspace has no CPD target for this person"
    if tally.is_done:
        return _done(tally)
    if period.is_over(today):
        return f"The period ended on {written(period.last, today)} {_missing(tally)}"
    if pace is not None:
        return _against_pace(tally, period, pace, today)
    if period.rolling:
        return _rolling(tally)
    if today >= period.first and tally.is_empty:
        return f"Nothing logged yet; the period began on {written(period.first, today)}"
    return why_no_pace(tally, period, today).removesuffix(".")


def _done(tally: Tally) -> str:
    over = f", {quantity(tally.excess, tally.unit)} more than needed" if tally.excess else ""
    return f"The target of {goal(tally.target, tally.unit)} is met{over}"


def _rolling(tally: Tally) -> str:
    target = goal(tally.target, tally.unit)
    if tally.is_empty:
        return f"Nothing logged in the last 365 days; {target} required"
    return f"{_remaining(tally)} short of {target} over the last 365 days"


def _against_pace(tally: Tally, period: Period, pace: Pace, today: date) -> str:
    if tally.is_empty:
        expected = quantity(pace.expected, tally.unit)
        return f"Nothing logged since {written(period.first, today)}; {expected} expected by now"
    if is_late(tally, pace):
        split = _split(tally.unit, pace.behind_structured, pace.behind_unstructured)
        return f"{quantity(pace.behind, tally.unit)} behind{split}"
    if pace.behind:
        return f"{quantity(pace.behind, tally.unit)} under a steady pace, too little to matter"
    if pace.ahead:
        return f"{quantity(pace.ahead, tally.unit)} ahead of a steady pace"
    return "At a steady pace"


def _missing(tally: Tally) -> str:
    if tally.is_empty:
        return f"with nothing logged of {goal(tally.target, tally.unit)}"
    structured, unstructured = (credit.target - credit.counted for _, credit in tally.types)
    return f"with {_remaining(tally)} missing{_split(tally.unit, structured, unstructured)}"


def _remaining(tally: Tally) -> str:
    # A tenth of an hour can hide that minutes are missing.
    left = tally.target - tally.counted
    return quantity(left, tally.unit) if left else "a few minutes"


def _split(unit: Unit, structured: Decimal, unstructured: Decimal) -> str:
    """Say which type is missing: ``, all of it structured time``."""
    if structured and unstructured:
        write = figure if unit is Unit.RECORDS else quantity
        return f": {write(structured, unit)} structured and {write(unstructured, unit)} unstructured"
    if not structured and not unstructured:
        return ""
    kind = "structured" if structured else "unstructured"
    return f", all {kind}" if unit is Unit.RECORDS else f", all of it {kind} time"
