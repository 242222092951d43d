"""When awards expire: the document's rules for any date of issue, compared with the sandbox's own calculation."""

import calendar
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from awards.expiry import expiry_of
from awards.schemas import AssociationCreate, ExpiryCalculation, ExpiryType
from awards.services import AssociationService, AwardService, IssuedAwardService
from portal.brightspace import InvalidArgument
from tests.awards.blocks import new_award, new_issue
from tests.awards.seeded import FIRE
from tests.conftest import ADRIAN, GatewayFor
from tests.sandbox.models.awards import Expiry
from tests.sandbox.seeds.demo_people import ANA

NEVER, FIXED, RELATIVE, ON_DAY = ExpiryType
ISSUED_AT = datetime(2024, 1, 31, 8, 15, 0, 500_000, tzinfo=UTC)
moments = st.datetimes(datetime(1900, 1, 1), datetime(2999, 12, 31), timezones=st.just(UTC))
counts = st.integers(1, 999)


def rule(expiry_type: int, **parts: int | None) -> ExpiryCalculation:
    return ExpiryCalculation(expiry_calculation_type=expiry_type, **parts)


def months_between(start: datetime, end: datetime) -> int:
    return (end.year - start.year) * 12 + end.month - start.month


def is_on(moment: datetime, day: int) -> bool:
    """Whether it is that day of the month, or the last day of a month that is too short."""
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
def test_each_type_of_expiry_is_counted_by_its_rule(calculation: ExpiryCalculation, expires: datetime | None) -> None:
    assert expiry_of(calculation, ISSUED_AT) == expires


def test_an_award_issued_on_a_leap_day_expires_on_the_last_day_of_february() -> None:
    issued_at = datetime(2024, 2, 29, 12, tzinfo=UTC)

    assert expiry_of(rule(RELATIVE, year=1), issued_at) == datetime(2025, 2, 28, 12, tzinfo=UTC)
    assert expiry_of(rule(RELATIVE, year=4), issued_at) == datetime(2028, 2, 29, 12, tzinfo=UTC)


@given(moments, counts)
def test_days_and_weeks_are_counted_in_whole_days_of_24_hours(issued_at: datetime, count: int) -> None:
    assert expiry_of(rule(RELATIVE, day=count), issued_at) == issued_at + timedelta(days=count)
    assert expiry_of(rule(RELATIVE, week=count), issued_at) == issued_at + timedelta(weeks=count)


@given(moments, counts)
@example(datetime(2026, 1, 31, tzinfo=UTC), 1)
def test_months_keep_the_day_and_the_time_of_day(issued_at: datetime, count: int) -> None:
    expires = expiry_of(rule(RELATIVE, month=count), issued_at)

    assert expires is not None
    assert months_between(issued_at, expires) == count
    assert is_on(expires, issued_at.day)
    assert expires.timetz() == issued_at.timetz()


@given(moments, counts)
def test_a_year_is_twelve_months(issued_at: datetime, count: int) -> None:
    assert expiry_of(rule(RELATIVE, year=count), issued_at) == expiry_of(rule(RELATIVE, month=12 * count), issued_at)


@given(moments, counts, st.integers(1, 31))
@example(datetime(2026, 1, 15, tzinfo=UTC), 1, 31)
def test_a_day_of_a_later_month_is_the_last_day_of_a_month_that_is_too_short(
    issued_at: datetime, count: int, day: int
) -> None:
    expires = expiry_of(rule(ON_DAY, month=count, day=day), issued_at)

    assert expires is not None
    assert months_between(issued_at, expires) == count
    assert is_on(expires, day)
    assert expires.timetz() == issued_at.timetz()


@given(moments, st.dates(), st.integers(0, 23), st.integers(0, 59))
def test_a_fixed_expiry_does_not_depend_on_the_date_of_issue(
    issued_at: datetime, day: Any, hour: int, minute: int
) -> None:
    fixed = rule(FIXED, day=day.day, month=day.month, year=day.year, hour=hour, minute=minute)

    assert expiry_of(fixed, issued_at) == datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


@given(moments, st.integers(-14, 14), st.sampled_from(["day", "week", "month", "year"]), counts)
def test_the_same_moment_in_another_zone_expires_at_the_same_moment(
    issued_at: datetime, hours: int, unit: str, count: int
) -> None:
    elsewhere = issued_at.astimezone(timezone(timedelta(hours=hours)))
    expires = expiry_of(rule(RELATIVE, **{unit: count}), elsewhere)

    assert expires == expiry_of(rule(RELATIVE, **{unit: count}), issued_at)
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
def test_any_calculation_gives_an_expiry_in_utc_or_none(issued_at: datetime, calculation: ExpiryCalculation) -> None:
    expires = expiry_of(calculation, issued_at)

    assert expires is None or expires.utcoffset() == timedelta(0)
    assert expires is None or calculation.expiry_calculation_type in (FIXED, RELATIVE, ON_DAY)


def test_a_date_of_issue_without_a_time_zone_raises_invalid_argument() -> None:
    with pytest.raises(InvalidArgument, match="“Date of issue”"):
        expiry_of(rule(NEVER), datetime(2026, 1, 1))


@given(moments, st.sampled_from([RELATIVE, ON_DAY]), st.sampled_from(["day", "week", "month", "year"]), counts)
def test_the_expiry_is_the_one_that_the_sandbox_calculates(
    issued_at: datetime, expiry_type: ExpiryType, unit: str, count: int
) -> None:
    parts: dict[str, int | None] = {"day": min(count, 31), "month": count} if expiry_type is ON_DAY else {unit: count}

    assert expiry_of(rule(expiry_type, **parts), issued_at) == Expiry(int(expiry_type), **parts).after(issued_at)


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
def test_an_issued_award_has_the_calculated_expiry(calculation: ExpiryCalculation, gateway_for: GatewayFor) -> None:
    brightspace = gateway_for(ADRIAN)
    created = brightspace.write(AwardService().create(new_award(expiry_calculation=calculation)))
    assert created is not None
    brightspace.write(AssociationService().associate(FIRE, AssociationCreate(award_id=created.award_id)))
    new = new_issue(created.award_id, ANA, issued_date=ISSUED_AT)

    issued = brightspace.write(IssuedAwardService().issue(FIRE, new, expiry_from_issue_date=True))
    assert issued is not None
    assert issued.expiry_date == expiry_of(calculation, ISSUED_AT)
    assert created.expiry_calculation == calculation
