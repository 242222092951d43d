"""The period a target runs over, and dates in words."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cpd.period import Period, format_day, format_short_day, period_of

LONDON = ZoneInfo("Europe/London")
TORONTO = ZoneInfo("America/Toronto")
AUCKLAND = ZoneInfo("Pacific/Auckland")
any_moment = st.datetimes(timezones=st.just(UTC))
zones = st.sampled_from([UTC, LONDON, TORONTO, AUCKLAND])


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


def period(start: datetime | None, end: datetime | None = None, zone: ZoneInfo = LONDON) -> Period:
    return period_of(start, end, datetime(2026, 11, 21, 9, 42, tzinfo=zone))


def test_a_period_runs_from_its_first_to_its_last_day() -> None:
    year = period(utc(2026, 4, 1), utc(2027, 3, 31, 23, 59, 59))

    assert year == Period(date(2026, 4, 1), date(2027, 3, 31))
    assert year.label == "CPD year 1 April 2026 to 31 March 2027"
    assert year.days == 365


def test_a_period_of_another_length_is_not_called_a_year() -> None:
    half = period(utc(2026, 7, 1), utc(2026, 12, 31))

    assert half.label == "CPD period 1 July 2026 to 31 December 2026"


def test_a_period_without_a_start_covers_the_last_365_days() -> None:
    rolling = period(None)

    assert rolling.rolling
    assert (rolling.first, rolling.last) == (date(2025, 11, 22), date(2026, 11, 21))
    assert rolling.days == 365
    assert rolling.label == "Last 365 days"


@pytest.mark.parametrize(
    ("start", "first", "last"),
    [
        (utc(1, 12, 17), date(2025, 12, 17), date(2026, 12, 16)),
        (utc(1, 11, 21), date(2026, 11, 21), date(2027, 11, 20)),
        (utc(1, 1, 1), date(2026, 1, 1), date(2026, 12, 31)),
        (utc(4, 2, 29), date(2026, 2, 28), date(2027, 2, 27)),
    ],
)
def test_a_start_in_the_year_one_means_month_and_day(start: datetime, first: date, last: date) -> None:
    assert period(start) == Period(first, last)


def test_a_year_that_begins_on_the_leap_day_begins_on_28_february_in_leap_years_too() -> None:
    now = datetime(2028, 2, 28, tzinfo=UTC)

    assert period_of(utc(4, 2, 29), None, now).first == date(2028, 2, 28)


def test_local_midnight_in_the_year_one_is_read_with_a_modern_offset() -> None:
    year = period(utc(1, 12, 17, 5, 0), zone=TORONTO)

    assert year.first == date(2025, 12, 17)


def test_a_start_without_an_end_repeats_every_year() -> None:
    assert period(utc(2023, 4, 1)) == Period(date(2026, 4, 1), date(2027, 3, 31))


def test_a_start_still_to_come_begins_the_first_period() -> None:
    assert period(utc(2027, 4, 1)) == Period(date(2027, 4, 1), date(2028, 3, 31))


def test_an_end_before_the_start_is_ignored() -> None:
    assert period(utc(2026, 4, 1), utc(2026, 3, 1)).last == date(2027, 3, 31)


def test_an_end_in_the_year_9999_is_ignored() -> None:
    never = datetime.max.replace(tzinfo=UTC)

    assert period(utc(2026, 4, 1), never).last == date(2027, 3, 31)


def test_midnight_of_the_next_start_does_not_add_a_day() -> None:
    assert period(utc(2026, 4, 1), utc(2027, 4, 1)).last == date(2027, 3, 31)


def test_local_midnights_are_read_in_the_local_zone() -> None:
    year = period(utc(2026, 4, 1, 4, 0), utc(2027, 4, 1, 3, 59, 59), zone=TORONTO)

    assert year == Period(date(2026, 4, 1), date(2027, 3, 31))


@pytest.mark.parametrize("zone", [UTC, LONDON, TORONTO, AUCKLAND])
def test_a_date_without_a_time_is_the_same_day_in_every_zone(zone: ZoneInfo) -> None:
    year = period(utc(2026, 4, 1), utc(2027, 3, 31, 23, 59, 59), zone=zone)

    assert year == Period(date(2026, 4, 1), date(2027, 3, 31))


def test_today_has_not_passed_until_it_is_over() -> None:
    year = Period(date(2026, 4, 1), date(2027, 3, 31))

    assert year.passed(date(2026, 4, 1)) == 0
    assert year.passed(date(2026, 11, 21)) == 234
    assert year.passed(date(2027, 3, 31)) == 364
    assert not year.is_over(date(2027, 3, 31))
    assert year.elapsed(date(2027, 4, 1)) == 1
    assert year.is_over(date(2027, 4, 1))


def test_a_date_near_today_is_written_without_its_year() -> None:
    today = date(2026, 11, 21)

    assert format_day(date(2027, 3, 31), today) == "31 March"
    assert format_day(date(2024, 3, 31), today) == "31 March 2024"
    assert format_day(date(2027, 3, 31)) == "31 March 2027"


def test_a_short_date_of_this_year_is_written_without_its_year() -> None:
    today = date(2026, 11, 21)

    assert format_short_day(date(2026, 9, 3), today) == "3 Sep"
    assert format_short_day(date(2025, 12, 31), today) == "31 Dec 2025"


def test_dates_follow_the_active_language() -> None:
    today = date(2026, 11, 21)

    with translation.override("fr"):
        assert format_day(date(2027, 3, 31)) == "31 mars 2027"
        assert format_day(date(2027, 3, 31), today) == "31 mars"


@given(st.none() | any_moment, st.none() | any_moment, zones)
def test_a_period_is_made_of_any_pair_of_dates(start: datetime | None, end: datetime | None, zone: ZoneInfo) -> None:
    found = period(start, end, zone)

    assert found.first <= found.last
    assert 0 <= found.elapsed(date(2026, 11, 21)) <= 1
    assert found.label


@given(any_moment, st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_a_yearly_period_holds_today_and_lasts_a_year(start: datetime, today: date) -> None:
    now = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
    found = period_of(start.replace(year=4), None, now)

    assert found.first <= today <= found.last
    assert timedelta(364) <= found.last - found.first <= timedelta(365)
