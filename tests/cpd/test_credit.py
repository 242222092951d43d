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
def test_hours_are_added_as_brightspace_adds_them(
    structured: tuple[float, float], unstructured: tuple[float, float], shown: str
) -> None:
    assert tally(structured, unstructured).summary == shown


@pytest.mark.parametrize(("logged", "hours"), [(2, "0.0"), (3, "0.1"), (9, "0.2"), (63, "1.1")])
def test_half_a_tenth_of_an_hour_goes_up(logged: float, hours: str) -> None:
    assert credit(logged, 600).logged == Decimal(hours)


def test_the_excess_of_each_type_is_shown_apart() -> None:
    both = tally((500, 120), (180, 120))

    assert both.excess_label == "+6.3 h structured, +1.0 h unstructured"
    assert both.structured.excess_label == "+6.3 h"
    assert both.summary == "4.0 of 4 h"


def test_credit_of_a_type_without_a_target_is_excess_once_the_other_has_one() -> None:
    assert tally((60, 0), (0, 60)).excess_label == "+1.0 h structured"
    assert tally((60, 0), (0, 0)).excess_label == ""


def test_structured_time_never_fills_the_unstructured_target() -> None:
    both = tally((10_000, 600), (0, 600))

    assert both.counted == 10
    assert not both.is_done


def test_a_target_is_done_to_the_minute_not_to_the_shown_tenth() -> None:
    nearly = credit(599, 600)

    assert nearly.summary == "10.0 of 10 h"
    assert not nearly.is_done
    assert credit(600, 600).is_done


def test_nothing_of_nothing_is_not_done() -> None:
    assert not credit(0, 0).is_done
    assert not tally((0, 0), (0, 0)).is_done


def test_a_type_without_a_target_does_not_hold_up_the_whole() -> None:
    assert tally((600, 600), (0, 0)).is_done


@pytest.mark.parametrize(
    ("numerator", "denominator", "shown"),
    [(3, 10, "3 of 10 records"), (0, 1, "0 of 1 record"), (1, 0, "1 record logged")],
)
def test_records_are_counted_without_turning_them_into_hours(numerator: float, denominator: float, shown: str) -> None:
    assert credit(numerator, denominator, Unit.RECORDS).summary == shown


@given(any_number, any_number, st.sampled_from(Unit))
def test_any_number_can_be_shown_and_never_exceeds_its_target(numerator: float, denominator: float, unit: Unit) -> None:
    shown = credit(numerator, denominator, unit)

    assert 0 <= shown.counted <= shown.target
    assert shown.counted + shown.excess == shown.logged
    assert shown.summary


@given(minutes, minutes, minutes, minutes)
def test_the_whole_is_the_sum_of_its_capped_parts(a: int, b: int, c: int, d: int) -> None:
    both = tally((a, b), (c, d))

    assert both.counted == both.structured.counted + both.unstructured.counted
    assert both.counted <= both.target
    assert both.is_done == (b + d > 0 and a >= b and c >= d)


@given(minutes)
def test_hours_are_within_three_minutes_of_the_minutes(logged: int) -> None:
    assert abs(credit(logged, 0).logged * 60 - logged) <= 3
