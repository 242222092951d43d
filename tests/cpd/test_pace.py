"""A steady pace, and where the present pace leads."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpd.amounts import Unit
from cpd.pace import Pace
from cpd.progress import Progress
from tests.cpd.people import NOW, person

minutes = st.integers(0, 10_000)
days = st.integers(-40, 420)


def pace(progress: Progress) -> Pace:
    assert progress.pace is not None
    return progress.pace


def on(month: int, day: int, year: int = 2026) -> datetime:
    return NOW.replace(year=year, month=month, day=day)


def test_a_steady_pace_spreads_the_target_over_the_days_that_are_over() -> None:
    found = pace(person((360, 1260), (0, 840)))

    assert found.expected == Decimal("22.4")
    assert found.marker == pytest.approx(234 / 365)


def test_expected_amounts_by_type_add_up_to_the_total() -> None:
    found = pace(person((420, 1260), (270, 840)))

    assert (found.expected_structured, found.expected_unstructured) == (
        Decimal("13.5"),
        Decimal("8.9"),
    )
    assert found.behind == Decimal("10.9")


def test_credit_ahead_in_one_type_does_not_hide_being_behind_in_the_other() -> None:
    found = pace(person((5000, 1260), (0, 840)))

    assert found.behind_structured == 0
    assert found.behind == found.behind_unstructured == Decimal("8.9")
    assert found.ahead == 0


def test_credit_ahead_of_the_pace_is_only_what_counts() -> None:
    assert pace(person((1260, 1260), (840, 840))).ahead == Decimal("12.6")


def test_pace_is_not_measured_in_the_first_tenth_of_the_period() -> None:
    early = person((0, 1260), (0, 840), now=on(5, 7))
    judged = person((0, 1260), (0, 840), now=on(5, 8))

    assert early.pace is None
    assert early.pace_note == "Too early to tell: the pace is judged from 8 May."
    assert judged.pace is not None
    assert judged.pace_note == ""


def test_pace_is_not_measured_in_a_rolling_period() -> None:
    rolling = person((60, 1260), start=None, end=None)

    assert rolling.pace is None
    assert "no pace to keep" in rolling.pace_note
    assert rolling.bar.marker is None


def test_pace_is_not_measured_before_the_period_or_without_a_target() -> None:
    to_come = person((60, 1260), start=datetime(2027, 4, 1, tzinfo=UTC), end=None)

    assert to_come.pace_note == "The period starts on 1 April."
    assert person((480, 0)).pace_note == "Without a target there is no pace."


def test_the_whole_target_is_expected_once_the_period_is_over() -> None:
    found = pace(person((60, 1260), (0, 840), now=on(4, 1, 2027)))

    assert found.expected == 35
    assert found.marker == 1


@pytest.mark.parametrize(
    ("structured", "unstructured", "label"),
    [
        ((420, 1260), (270, 840), "18 h by 31 March"),
        ((845, 1260), (0, 840), "21 h by 31 March"),
        ((900, 1260), (700, 840), "35 h by 22 February"),
        ((810, 1260), (535, 840), "34.9 h by 31 March"),
        ((60, 180), (0, 0), "1.6 h by 31 March"),
        ((0, 1260), (0, 840), ""),
        ((1260, 1260), (900, 840), ""),
    ],
)
def test_the_forecast_says_where_the_present_pace_leads(
    structured: tuple[float, float], unstructured: tuple[float, float], label: str
) -> None:
    assert person(structured, unstructured).forecast == label


def test_the_forecast_is_empty_once_the_period_is_over() -> None:
    assert person((60, 1260), now=on(4, 1, 2027)).forecast == ""


def test_a_forecast_caps_each_type_at_its_own_target() -> None:
    assert pace(person((5000, 1260), (0, 840))).forecast == 21


def test_expected_records_are_whole() -> None:
    found = pace(person((3, 10), (0, 4), unit=Unit.RECORDS))

    assert found.expected_structured == 6
    assert found.expected_unstructured == 2
    assert found.forecast == 5


def shifted(a: int, b: int, c: int, d: int, day: int, unit: Unit) -> Progress:
    return person((a, b), (c, d), now=NOW.replace(month=4, day=1) + timedelta(day), unit=unit)


@given(minutes, minutes, minutes, minutes, days, st.sampled_from(Unit))
def test_expected_amounts_agree_with_each_other(a: int, b: int, c: int, d: int, day: int, unit: Unit) -> None:
    progress = shifted(a, b, c, d, day, unit)
    found = progress.pace
    if found is None:
        assert progress.pace_note
        return
    step = Decimal(1) if unit is Unit.RECORDS else Decimal("0.1")
    share = progress.unstructured.target * Decimal(found.marker)
    assert 0 <= found.expected_structured <= progress.structured.target
    assert 0 <= found.expected_unstructured <= progress.unstructured.target
    assert abs(found.expected_unstructured - share) <= step
    assert found.expected - found.behind + found.ahead <= progress.tally.counted


@given(minutes, minutes, minutes, minutes, days, st.sampled_from(Unit))
def test_a_forecast_lies_between_what_counts_and_the_target(
    a: int, b: int, c: int, d: int, day: int, unit: Unit
) -> None:
    progress = shifted(a, b, c, d, day, unit)
    if progress.pace is None:
        return
    assert progress.tally.counted <= progress.pace.forecast <= progress.tally.target
    assert progress.period.first <= progress.pace.forecast_on <= progress.period.last


@given(minutes, st.integers(1, 10_000))
def test_more_credit_never_makes_a_person_look_worse(logged: int, target: int) -> None:
    less = person((logged, target), (0, 600))
    more = person((logged + 6, target), (0, 600))

    assert pace(more).behind <= pace(less).behind
    assert pace(more).forecast >= pace(less).forecast
    assert (more.priority, more.weight) <= (less.priority, less.weight)


def test_paces_of_equal_parts_are_equal() -> None:
    found = pace(person((420, 1260)))

    assert replace(found) == found
    assert found.forecast_on == date(2027, 3, 31)
