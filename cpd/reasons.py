"""Why a person stands as they do on CPD, in one sentence a manager would say.

A reason has no full stop, so that it can be a line of a table; `as_sentence` adds it.
"""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from cpd.amounts import Unit, format_amount, format_number, format_target
from cpd.credit import Tally
from cpd.pace import NoPace, Pace, is_behind, no_pace
from cpd.period import ROLLING_DAYS, Period, format_day


def reason_for(tally: Tally, period: Period, pace: Pace | None, today: date) -> str:
    """The reason of the status that `cpd.status.judge` gives."""
    if not tally.has_target:
        return _("Brightspace has no CPD target for this person")
    if tally.is_complete:
        return _complete(tally)
    if period.is_over(today):
        return _over(tally, format_day(period.last, today))
    if pace is not None:
        return _paced(tally, period, pace, today)
    if period.rolling:
        return _rolling(tally)
    if today >= period.first and tally.is_empty:
        return _("Nothing logged yet; the period began on %(day)s") % {"day": format_day(period.first, today)}
    return no_pace_reason(tally, period, today)


def no_pace_reason(tally: Tally, period: Period, today: date) -> str:
    """Why there is no pace; empty when there is one."""
    match no_pace(tally, period, today):
        case NoPace.NO_TARGET:
            return _("Without a target there is no pace")
        case NoPace.ROLLING:
            text = _("The target covers the last %(days)s days on any day, so there is no pace to keep")
            return text % {"days": ROLLING_DAYS}
        case NoPace.TO_COME:
            return _("The period starts on %(day)s") % {"day": format_day(period.first, today)}
        case NoPace.TOO_EARLY:
            day = format_day(period.judged_from, today)
            return _("Too early to tell: the pace is judged from %(day)s") % {"day": day}
        case None:
            return ""


def as_sentence(reason: str) -> str:
    """A reason with its full stop; an empty one stays empty."""
    return _("%(reason)s.") % {"reason": reason} if reason else ""


def _complete(tally: Tally) -> str:
    target = format_target(tally.target, tally.unit)
    if tally.excess:
        parts = {"target": target, "excess": format_amount(tally.excess, tally.unit)}
        return _("The target of %(target)s is met, %(excess)s more than needed") % parts
    return _("The target of %(target)s is met") % {"target": target}


def _rolling(tally: Tally) -> str:
    missing = tally.target - tally.counted
    parts = {
        "missing": format_amount(missing, tally.unit),
        "target": format_target(tally.target, tally.unit),
        "days": ROLLING_DAYS,
    }
    if tally.is_empty:
        return _("Nothing logged in the last %(days)s days; %(target)s required") % parts
    if missing:
        return _("%(missing)s short of %(target)s over the last %(days)s days") % parts
    return _("A few minutes short of %(target)s over the last %(days)s days") % parts


def _paced(tally: Tally, period: Period, pace: Pace, today: date) -> str:
    """Against a steady pace."""
    if tally.is_empty:
        parts = {"day": format_day(period.first, today), "expected": format_amount(pace.expected, tally.unit)}
        return _("Nothing logged since %(day)s; %(expected)s expected by now") % parts
    if is_behind(pace):
        return _behind(pace)
    if pace.behind:
        amount = format_amount(pace.behind, tally.unit)
        return _("%(amount)s under a steady pace, too little to matter") % {"amount": amount}
    if pace.ahead:
        return _("%(amount)s ahead of a steady pace") % {"amount": format_amount(pace.ahead, tally.unit)}
    return _("At a steady pace")


def _behind(pace: Pace) -> str:
    structured, unstructured, unit = pace.behind_structured, pace.behind_unstructured, pace.tally.unit
    amount = format_amount(pace.behind, unit)
    if structured and unstructured:
        text = _("%(amount)s behind: %(structured)s structured and %(unstructured)s unstructured")
        return text % {"amount": amount, **_by_type(structured, unstructured, unit)}
    if unit is Unit.RECORDS:
        text = _("%(amount)s behind, all structured") if structured else _("%(amount)s behind, all unstructured")
    elif structured:
        text = _("%(amount)s behind, all of it structured time")
    else:
        text = _("%(amount)s behind, all of it unstructured time")
    return text % {"amount": amount}


def _over(tally: Tally, day: str) -> str:
    """After the period's last ``day``."""
    if tally.is_empty:
        parts = {"day": day, "target": format_target(tally.target, tally.unit)}
        return _("The period ended on %(day)s with nothing logged of %(target)s") % parts
    structured, unstructured = (credit.target - credit.counted for credit in tally.by_type)
    parts = {"day": day, "amount": format_amount(structured + unstructured, tally.unit)}
    if structured and unstructured:
        text = _(
            "The period ended on %(day)s with %(amount)s missing:"
            " %(structured)s structured and %(unstructured)s unstructured"
        )
        return text % {**parts, **_by_type(structured, unstructured, tally.unit)}
    # Hours to 0.1 can hide that minutes are missing.
    if not structured and not unstructured:
        return _("The period ended on %(day)s with a few minutes missing") % parts
    return _one_type_missing(tally.unit, is_structured=bool(structured)) % parts


def _one_type_missing(unit: Unit, *, is_structured: bool) -> str:
    """The sentence, with its placeholders, about the only type that is missing at the end of a period."""
    if unit is Unit.RECORDS and is_structured:
        return _("The period ended on %(day)s with %(amount)s missing, all structured")
    if unit is Unit.RECORDS:
        return _("The period ended on %(day)s with %(amount)s missing, all unstructured")
    if is_structured:
        return _("The period ended on %(day)s with %(amount)s missing, all of it structured time")
    return _("The period ended on %(day)s with %(amount)s missing, all of it unstructured time")


def _by_type(structured: Decimal, unstructured: Decimal, unit: Unit) -> dict[str, str]:
    """Both amounts; of records the mere numbers, as in ``5 records: 3 structured and 2 unstructured``."""
    write = format_number if unit is Unit.RECORDS else format_amount
    return {"structured": write(structured, unit), "unstructured": write(unstructured, unit)}
