"""The period a CPD target runs over, read from dates that Brightspace writes in several ways; and dates in words."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from django.utils.translation import gettext as _

from portal.formats.dates import date_format

ROLLING_DAYS = 365
_MAX_DAYS_WITHOUT_YEAR = 366  # a date no further from today than this is written without its year
_REAL_YEARS = range(1900, 9000)  # of an earlier date only month and day count; a later one means "never"
_LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Period:
    """The days a target runs over; ``last`` is its last day. A rolling period always ends today."""

    first: date
    last: date
    rolling: bool = False

    @property
    def days(self) -> int:
        """The length in days, at least one."""
        return (self.last - self.first).days + 1

    def passed(self, today: date) -> int:
        """How many of its days are over; today itself is not."""
        return max(0, min(self.days, (today - self.first).days))

    def elapsed(self, today: date) -> float:
        """The part that is over, 0 to 1."""
        return self.passed(today) / self.days

    def is_over(self, today: date) -> bool:
        """Whether the last day has passed."""
        return today > self.last

    @property
    def judged_from(self) -> date:
        """The first day on which a tenth of the period, rounded up to whole days, is over."""
        return self.first + timedelta(days=(self.days + 9) // 10)

    @property
    def is_year(self) -> bool:
        """Whether it runs for exactly one year."""
        return self.last == _year_after(self.first)

    @property
    def label(self) -> str:
        """The period in words: ``CPD year 1 April 2026 to 31 March 2027``."""
        if self.rolling:
            return _("Last %(days)s days") % {"days": ROLLING_DAYS}
        days = {"first": format_day(self.first), "last": format_day(self.last)}
        return (_("CPD year %(first)s to %(last)s") if self.is_year else _("CPD period %(first)s to %(last)s")) % days


def period_of(start: datetime | None, end: datetime | None, now: datetime) -> Period:
    """The period that matters ``now``, in whose time zone days are counted; no dates are refused.

    Without a start it rolls over the last 365 days. A start in the year 0001, or one without a usable end, begins a
    yearly period: this is the current one, or the first one if that is still to come.
    """
    today = now.date()
    if start is None:
        return Period(today - timedelta(days=ROLLING_DAYS - 1), today, rolling=True)
    first, _at_midnight = _day_of(start, now.tzinfo)
    if start.year not in _REAL_YEARS:
        return _current_year(first, today)
    last = _last_day(end, first, now.tzinfo)
    if last is not None:
        return Period(first, last)
    return Period(first, _year_after(first)) if first > today else _current_year(first, today)


def format_day(day: date, today: date | None = None) -> str:
    """A date in full, ``31 March 2027``; without its year, ``31 March``, when it is within a year of ``today``."""
    if today is not None and abs((day - today).days) <= _MAX_DAYS_WITHOUT_YEAR:
        return date_format(day, "MONTH_DAY_FORMAT")
    return date_format(day, "LONG_DATE_FORMAT")


def format_short_day(day: date, today: date) -> str:
    """A date for a narrow column, ``21 Nov``; with its year, ``21 Nov 2025``, when it is not this year's."""
    return date_format(day, "SHORT_DATE_FORMAT" if day.year == today.year else "DATE_FORMAT")


def _last_day(end: datetime | None, first: date, zone: tzinfo | None) -> date | None:
    if end is None or end.year not in _REAL_YEARS:
        return None
    last, at_midnight = _day_of(end, zone)
    # A midnight on the start's own month and day opens the next period and adds no day to this one.
    if at_midnight and last > first and (last.month, last.day) == (first.month, first.day):
        last -= timedelta(days=1)
    return last if last >= first else None


def _day_of(moment: datetime, zone: tzinfo | None) -> tuple[date, bool]:
    """The local day of a moment, and whether the moment is the very start of that day."""
    if moment.year not in _REAL_YEARS:
        # In the year 0001 a zone is at its local mean time, some minutes off; a modern year has its usual offset.
        moment = moment.replace(year=_LEAP_YEAR)
    if moment.tzinfo is not None:
        utc = moment.astimezone(UTC)
        moment = utc if _is_bare_date(utc) else utc.astimezone(zone)
    return moment.date(), moment.time() == time.min


def _is_bare_date(utc: datetime) -> bool:
    """Whether it is the first instant or the last minute of a UTC day.

    Brightspace writes a date without a time so; no time zone may turn it into the day before or after.
    """
    return utc.time() == time.min or utc.time() >= time(23, 59)


def _current_year(start: date, today: date) -> Period:
    """The yearly period that holds ``today``, of those that begin on the month and day of ``start``."""
    first = _in_year(start, today.year)
    if first > today:
        first = _in_year(start, today.year - 1)
    return Period(first, _in_year(start, first.year + 1) - timedelta(days=1))


def _year_after(first: date) -> date:
    """The last day of the year that begins on ``first``."""
    return _in_year(first, first.year + 1) - timedelta(days=1)


def _in_year(day: date, year: int) -> date:
    """The same month and day in another year; Brightspace moves 29 February to the 28th in every year."""
    leap_day = (day.month, day.day) == (2, 29)
    return date(year, day.month, 28 if leap_day else day.day)
