"""When awards expire: the document's rules, for any issue, and the same as the sandbox has them."""

import calendar
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from awards.expiry import expiry_of
from awards.schemas import AssociationCreate, ExpiryCalculation, ExpiryType
from awards.services import AssociationService, AwardService, IssuedAwardService
from portal.brightspace.codec.fields import InvalidArgument
from tests.awards.calls import award, new_issue
from tests.conftest import ADRIAN, GatewayFor
from tests.sandbox.models.awards import Expiry
from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import ANA

NEVER, FIXED, RELATIVE, ON_DAY = ExpiryType
DAY_OF_ISSUE = datetime(2024, 1, 31, 8, 15, 0, 500_000, tzinfo=UTC)
moments = st.datetimes(datetime(1900, 1, 1), datetime(2999, 12, 31), timezones=st.just(UTC))
counts = st.integers(1, 999)


def rule(kind: int, **parts: int | None) -> ExpiryCalculation:
    return ExpiryCalculation(expiry_calculation_type=kind, **parts)


def months_between(start: datetime, end: datetime) -> int:
    return (end.year - start.year) * 12 + end.month - start.month


def is_on(moment: datetime, day: int) -> bool:
    """On that day of the month, or on the last one of a month that is too short."""
    return moment.day == min(day, calendar.monthrange(moment.year, moment.month)[1])


@pytest.mark.parametrize(
    ("calculation", "expires"),
    [
        (rule(NEVER), None),
        (rule(NEVER, day=1, month=1, year=2030), None),
        (rule(FIXED, day=1, month=3, year=2020), datetime(2020, 3, 1, tzinfo=UTC)),
        (rule(FIXED, day=29, month=2, year=2028, hour=23, minute=59), datetime(2028, 2, 29, 23, 59, tzinfo=UTC)),
        (rule(RELATIVE, day=29), datetime(2024, 2, 29, 8, 15, 0, 500_000, tzinfo=UTC)),
        (rule(RELATIVE, week=1), datetime(2024, 2, 7, 8, 15, 0, 500_000, tzinfo=UTC)),
        (rule(RELATIVE, month=1), datetime(2024, 2, 29, 8, 15, 0, 500_000, tzinfo=UTC)),
        (rule(RELATIVE, month=13), datetime(2025, 2, 28, 8, 15, 0, 500_000, tzinfo=UTC)),
        (rule(RELATIVE, month=11), datetime(2024, 12, 31, 8, 15, 0, 500_000, tzinfo=UTC)),
        (rule(RELATIVE, year=1), datetime(2025, 1, 31, 8, 15, 0, 500_000, tzinfo=UTC)),
        (rule(ON_DAY, day=31, month=1), datetime(2024, 2, 29, 8, 15, 0, 500_000, tzinfo=UTC)),
        (rule(ON_DAY, day=5, month=14), datetime(2025, 3, 5, 8, 15, 0, 500_000, tzinfo=UTC)),
        (rule(ON_DAY, day=31, month=12), datetime(2025, 1, 31, 8, 15, 0, 500_000, tzinfo=UTC)),
    ],
)
def test_each_kind_of_expiry_is_counted_by_its_rule(calculation: ExpiryCalculation, expires: datetime | None) -> None:
    assert expiry_of(calculation, DAY_OF_ISSUE) == expires


def test_a_year_after_a_leap_day_is_the_last_of_february() -> None:
    issue = datetime(2024, 2, 29, 12, tzinfo=UTC)

    assert expiry_of(rule(RELATIVE, year=1), issue) == datetime(2025, 2, 28, 12, tzinfo=UTC)
    assert expiry_of(rule(RELATIVE, year=4), issue) == datetime(2028, 2, 29, 12, tzinfo=UTC)


@given(moments, counts)
def test_days_and_weeks_are_so_many_times_24_hours(issue: datetime, count: int) -> None:
    assert expiry_of(rule(RELATIVE, day=count), issue) == issue + timedelta(days=count)
    assert expiry_of(rule(RELATIVE, week=count), issue) == issue + timedelta(weeks=count)


@given(moments, counts)
@example(datetime(2026, 1, 31, tzinfo=UTC), 1)
def test_months_keep_the_day_and_the_time_of_day(issue: datetime, count: int) -> None:
    expires = expiry_of(rule(RELATIVE, month=count), issue)

    assert expires is not None
    assert months_between(issue, expires) == count
    assert is_on(expires, issue.day)
    assert expires.timetz() == issue.timetz()


@given(moments, counts)
def test_a_year_is_twelve_months(issue: datetime, count: int) -> None:
    assert expiry_of(rule(RELATIVE, year=count), issue) == expiry_of(rule(RELATIVE, month=12 * count), issue)


@given(moments, counts, st.integers(1, 31))
@example(datetime(2026, 1, 15, tzinfo=UTC), 1, 31)
def test_a_day_of_a_later_month_is_its_last_if_it_is_too_short(issue: datetime, count: int, day: int) -> None:
    expires = expiry_of(rule(ON_DAY, month=count, day=day), issue)

    assert expires is not None
    assert months_between(issue, expires) == count
    assert is_on(expires, day)
    assert expires.timetz() == issue.timetz()


@given(moments, st.dates(), st.integers(0, 23), st.integers(0, 59))
def test_a_fixed_expiry_does_not_depend_on_the_issue(issue: datetime, day: Any, hour: int, minute: int) -> None:
    fixed = rule(FIXED, day=day.day, month=day.month, year=day.year, hour=hour, minute=minute)

    assert expiry_of(fixed, issue) == datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


@given(moments, st.integers(-14, 14), st.sampled_from(["day", "week", "month", "year"]), counts)
def test_the_same_moment_in_another_zone_expires_at_the_same_moment(
    issue: datetime, hours: int, unit: str, count: int
) -> None:
    elsewhere = issue.astimezone(timezone(timedelta(hours=hours)))
    expires = expiry_of(rule(RELATIVE, **{unit: count}), elsewhere)

    assert expires == expiry_of(rule(RELATIVE, **{unit: count}), issue)
    assert expires is not None
    assert expires.utcoffset() == timedelta(0)


@given(
    st.datetimes(timezones=st.just(UTC)),
    st.builds(
        rule,
        st.integers(0, 6),
        day=st.none() | st.integers(),
        week=st.none() | st.integers(),
        month=st.none() | st.integers(),
        year=st.none() | st.integers(),
        hour=st.none() | st.integers(),
    ),
)
@example(datetime(9999, 12, 31, tzinfo=UTC), rule(RELATIVE, day=1))
@example(datetime(9999, 12, 31, tzinfo=UTC), rule(ON_DAY, day=1, month=1))
@example(datetime(2026, 1, 1, tzinfo=UTC), rule(RELATIVE))
@example(datetime(2026, 1, 1, tzinfo=UTC), rule(FIXED, day=31, month=2, year=2026))
def test_whatever_brightspace_sends_is_an_expiry_or_none(issue: datetime, calculation: ExpiryCalculation) -> None:
    expires = expiry_of(calculation, issue)

    assert expires is None or expires.utcoffset() == timedelta(0)
    assert expires is None or calculation.expiry_calculation_type in (FIXED, RELATIVE, ON_DAY)


def test_an_issue_without_a_time_zone_is_refused() -> None:
    with pytest.raises(InvalidArgument, match="“Date of issue”"):
        expiry_of(rule(NEVER), datetime(2026, 1, 1))


@given(moments, st.sampled_from([RELATIVE, ON_DAY]), st.sampled_from(["day", "week", "month", "year"]), counts)
def test_it_is_the_expiry_the_sandbox_counts(issue: datetime, kind: ExpiryType, unit: str, count: int) -> None:
    parts: dict[str, int | None] = {"day": min(count, 31), "month": count} if kind is ON_DAY else {unit: count}

    assert expiry_of(rule(kind, **parts), issue) == Expiry(int(kind), **parts).after(issue)


@pytest.mark.parametrize(
    "calculation",
    [
        rule(NEVER),
        rule(FIXED, day=29, month=2, year=2028, hour=13, minute=5),
        rule(RELATIVE, day=45),
        rule(RELATIVE, week=52),
        rule(RELATIVE, month=1),
        rule(RELATIVE, year=3),
        rule(ON_DAY, day=31, month=13),
    ],
)
def test_an_award_that_is_issued_expires_as_foretold(calculation: ExpiryCalculation, caller_as: GatewayFor) -> None:
    caller = caller_as(ADRIAN)
    made = caller.write(AwardService().create(award(expiry_calculation=calculation)))
    assert made is not None
    caller.write(AssociationService().associate(org.FIRE, AssociationCreate(award_id=made.award_id)))
    new = new_issue(made.award_id, ANA, issued_date=DAY_OF_ISSUE)

    held = caller.write(IssuedAwardService().issue(org.FIRE, new, expiry_from_issue_date=True))
    assert held is not None
    assert held.expiry_date == expiry_of(calculation, DAY_OF_ISSUE)
    assert made.expiry_calculation == calculation
