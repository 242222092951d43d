"""Credit against a target, by type and together."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpd.amounts import Unit
from cpd.credit import Credit, Tally, credit_of, tally_of
from cpd.schemas import Fraction

any_number = st.one_of(st.integers(), st.floats())
minutes = st.integers(0, 100_000)


def tally(structured: tuple[float, float], unstructured: tuple[float, float]) -> Tally:
    return tally_of(Fraction(*structured), Fraction(*unstructured), Unit.MINUTES)


def credit(numerator: float, denominator: float, unit: Unit = Unit.MINUTES) -> Credit:
    return credit_of(Fraction(numerator, denominator), unit)


@pytest.mark.parametrize(
    ("structured", "unstructured", "shown"),
    [
        ((66, 120), (102, 120), "2.8 of 4 h"),
        ((500, 120), (0, 120), "2.0 of 4 h"),
        ((60, 0), (0, 60), "0.0 of 1 h"),
        ((360, 1260), (0, 840), "6.0 of 35 h"),
        ((0, 1050), (0, 0), "0.0 of 17.5 h"),
        ((480, 0), (0, 0), "8.0 h logged"),
        ((0, 0), (0, 0), "nothing required"),
    ],
)
def test_hours_are_rounded_capped_and_then_added(
    structured: tuple[float, float], unstructured: tuple[float, float], shown: str
) -> None:
    assert tally(structured, unstructured).summary == shown


@pytest.mark.parametrize(("logged", "hours"), [(2, "0.0"), (3, "0.1"), (9, "0.2"), (63, "1.1")])
def test_half_a_tenth_of_an_hour_goes_up(logged: float, hours: str) -> None:
    assert credit(logged, 600).logged == Decimal(hours)


def test_excess_is_shown_by_type() -> None:
    both = tally((500, 120), (180, 120))

    assert both.excess_label == "+6.3 h structured, +1.0 h unstructured"
    assert both.structured.excess_label == "+6.3 h"
    assert both.summary == "4.0 of 4 h"


def test_credit_of_a_type_without_a_target_is_excess_when_the_other_type_has_one() -> None:
    assert tally((60, 0), (0, 60)).excess_label == "+1.0 h structured"
    assert tally((60, 0), (0, 0)).excess_label == ""


def test_structured_time_does_not_count_towards_the_unstructured_target() -> None:
    both = tally((10_000, 600), (0, 600))

    assert both.counted == 10
    assert not both.is_complete


def test_a_target_is_complete_only_when_no_minute_is_missing() -> None:
    nearly = credit(599, 600)

    assert nearly.summary == "10.0 of 10 h"
    assert not nearly.is_complete
    assert credit(600, 600).is_complete


def test_credit_without_a_target_is_never_complete() -> None:
    assert not credit(0, 0).is_complete
    assert not tally((0, 0), (0, 0)).is_complete


def test_a_tally_is_complete_when_every_type_with_a_target_is() -> None:
    assert tally((600, 600), (0, 0)).is_complete


@pytest.mark.parametrize(
    ("numerator", "denominator", "shown"),
    [(3, 10, "3 of 10 records"), (0, 1, "0 of 1 record"), (1, 0, "1 record logged")],
)
def test_records_are_not_turned_into_hours(numerator: float, denominator: float, shown: str) -> None:
    assert credit(numerator, denominator, Unit.RECORDS).summary == shown


@given(any_number, any_number, st.sampled_from(Unit))
def test_any_number_can_be_shown_and_never_exceeds_its_target(numerator: float, denominator: float, unit: Unit) -> None:
    shown = credit(numerator, denominator, unit)

    assert 0 <= shown.counted <= shown.target
    assert shown.counted + shown.excess == shown.logged
    assert shown.summary


@given(minutes, minutes, minutes, minutes)
def test_a_tally_is_the_sum_of_its_capped_parts(a: int, b: int, c: int, d: int) -> None:
    both = tally((a, b), (c, d))

    assert both.counted == both.structured.counted + both.unstructured.counted
    assert both.counted <= both.target
    assert both.is_complete == (b + d > 0 and a >= b and c >= d)


@given(minutes)
def test_hours_are_within_three_minutes_of_the_minutes(logged: int) -> None:
    assert abs(credit(logged, 0).logged * 60 - logged) <= 3
