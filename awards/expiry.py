"""When an award expires, counted from its date of issue as the awards document says. Pure."""

import calendar
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from awards.schemas import ExpiryCalculation, ExpiryType
from portal.brightspace import InvalidArgument

MONTHS_IN_YEAR = 12


def expiry_of(calculation: ExpiryCalculation, issued_at: datetime) -> datetime | None:
    """The moment, in UTC, at which an award issued at ``issued_at`` expires.

    None if the award never expires. Also None for a type of expiry that is unknown, for one without the parts it needs,
    and for a moment outside the years 1 to 9999. Raises InvalidArgument for an ``issued_at`` without a time zone.
    """
    if issued_at.utcoffset() is None:
        raise InvalidArgument(
            _("“%(field)s” must be a date and time with a time zone."), field=gettext_lazy("Date of issue")
        )
    try:
        issued = issued_at.astimezone(UTC)
        match calculation.expiry_calculation_type:
            case ExpiryType.FIXED:
                return _fixed(calculation)
            case ExpiryType.RELATIVE:
                return _relative(calculation, issued)
            case ExpiryType.RELATIVE_DAY_OF_MONTH:
                return _on_day_of_month(calculation, issued)
            case _:
                return None
    except (ValueError, OverflowError):
        return None


def _fixed(calculation: ExpiryCalculation) -> datetime | None:
    """The given day in UTC, at midnight unless an hour is given."""
    year, month, day = calculation.year, calculation.month, calculation.day
    if year is None or month is None or day is None:
        return None
    return datetime(year, month, day, calculation.hour or 0, calculation.minute or 0, tzinfo=UTC)


def _relative(calculation: ExpiryCalculation, issued: datetime) -> datetime | None:
    """So many years, months, weeks or days after the issue: of several, the largest unit counts."""
    if calculation.year:
        return _months_later(issued, MONTHS_IN_YEAR * calculation.year)
    if calculation.month:
        return _months_later(issued, calculation.month)
    if calculation.week:
        return issued + timedelta(weeks=calculation.week)
    return issued + timedelta(days=calculation.day) if calculation.day else None


def _on_day_of_month(calculation: ExpiryCalculation, issued: datetime) -> datetime | None:
    """On a given day of the month so many months after the issue, at the time of day of the issue."""
    if calculation.month is None or calculation.day is None:
        return None
    return _months_later(issued, calculation.month, calculation.day)


def _months_later(moment: datetime, months: int, day: int | None = None) -> datetime:
    """So many months later, on ``day`` or the same day; in a month that is too short, on its last day."""
    years, month = divmod(moment.month - 1 + months, MONTHS_IN_YEAR)
    year, month = moment.year + years, month + 1
    last = calendar.monthrange(year, month)[1]
    return moment.replace(year=year, month=month, day=min(day or moment.day, last))
