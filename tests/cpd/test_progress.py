"""One person's progress as pages show it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpd.amounts import Unit
from cpd.progress import TargetBar, progress_of
from cpd.schemas import Category, CategoryProgress, Fraction, TargetProgress
from portal.team.statuses import Status
from tests.cpd.people import END, NOW, START, person

any_number = st.one_of(st.integers(), st.floats())
fractions = st.builds(Fraction, any_number, any_number)
moments = st.none() | st.datetimes(timezones=st.just(UTC))
targets = st.builds(
    TargetProgress,
    start_date=moments,
    end_date=moments,
    structured=fractions,
    unstructured=fractions,
    category_progress=st.lists(
        st.builds(
            CategoryProgress,
            category=st.builds(Category, id=st.integers(1, 9), name=st.text(max_size=3)),
            structured=fractions,
            unstructured=fractions,
        ),
        max_size=2,
    ).map(tuple),
)


@given(targets, st.sampled_from(Unit))
def test_progress_of_any_numbers_and_dates_can_be_shown(target: TargetProgress, unit: Unit) -> None:
    progress = progress_of(target, NOW, unit)

    assert progress.reason
    assert progress.headline.endswith(".")
    assert progress.description
    for bar in (progress.bar, *(row.bar for row in progress.categories)):
        assert bar.structured >= 0
        assert bar.unstructured >= 0
        assert bar.structured + bar.unstructured <= 100
        assert bar.marker is None or 0 <= bar.marker <= 100


@given(targets)
def test_a_bar_is_full_only_when_the_target_is_met(target: TargetProgress) -> None:
    progress = progress_of(target, NOW)
    full = progress.bar.structured + progress.bar.unstructured == 100

    assert full == (progress.status is Status.COMPLETE)


def test_a_bar_draws_what_counts_and_marks_a_steady_pace() -> None:
    assert person((420, 1260), (270, 840)).bar == TargetBar(20, 13, 64)
    assert person((1500, 1260), (900, 840)).bar == TargetBar(60, 40, 64)
    assert person((480, 0)).bar == TargetBar()


def test_a_bar_shows_a_single_minute_logged_and_a_single_minute_missing() -> None:
    assert person((1, 1260), (0, 840)).bar.structured == 1
    assert person((1259, 1260), (840, 840)).bar == TargetBar(60, 39, 64)


def test_a_target_of_one_minute_is_accepted() -> None:
    assert person((0, 1)).summary == "0.0 of 0 h"
    assert person((1, 1)).status is Status.COMPLETE


@pytest.mark.parametrize(
    ("structured", "unstructured", "headline"),
    [
        (
            (420, 1260),
            (270, 840),
            "11.5 of 35 h so far, 10.9 h behind a steady pace. At this pace: 18 h by 31 March.",
        ),
        ((1260, 1260), (840, 840), "35.0 of 35 h so far."),
        ((480, 0), (0, 0), "8.0 h logged."),
        ((0, 0), (0, 0), "Nothing required."),
    ],
)
def test_the_headline_says_how_far_a_person_is_and_where_the_pace_leads(
    structured: tuple[float, float], unstructured: tuple[float, float], headline: str
) -> None:
    assert person(structured, unstructured).headline == headline


def test_the_headline_says_that_the_period_is_over() -> None:
    over = person((60, 1260), now=datetime(2027, 4, 2, tzinfo=UTC))

    assert over.headline == "1.0 of 21 h when the period ended on 31 March."


def test_the_bar_is_described_in_words() -> None:
    assert person((420, 1260), (270, 840)).description == (
        "11.5 of 35 h; structured 7.0 of 21 h; unstructured 4.5 of 14 h; a steady pace would be 22.4 h"
    )


def category(category_id: int, name: str, order: float, done: float) -> CategoryProgress:
    return CategoryProgress(
        category=Category(id=category_id, name=name, sort_order=order),
        structured=Fraction(done, 900),
    )


def test_categories_come_in_the_organisations_order() -> None:
    target = TargetProgress(
        start_date=START,
        end_date=END,
        structured=Fraction(420, 1260),
        category_progress=(category(7, "Teaching", 2, 0), category(3, "Clinical", 1, 360)),
    )
    rows = progress_of(target, NOW).categories

    assert [row.name for row in rows] == ["Clinical", "Teaching"]
    assert rows[0].category_id == 3
    assert rows[0].summary == "6.0 of 15 h"
    assert rows[0].bar == TargetBar(40, 0, 64)


def test_a_category_without_a_target_is_not_full() -> None:
    target = TargetProgress(
        structured=Fraction(60, 600),
        category_progress=(CategoryProgress(category=Category(id=1), structured=Fraction(60, 0)),),
    )
    (row,) = progress_of(target, NOW).categories

    assert row.summary == "1.0 h logged"
    assert row.bar == TargetBar()


def test_progress_as_of_a_moment_without_a_time_zone_is_an_error() -> None:
    with pytest.raises(ValueError, match="time zone"):
        progress_of(TargetProgress(), datetime(2026, 11, 21))
