"""What is overdue and by how much, in days of the site's time zone and in words."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from content.overdue import days_late, lateness, reason
from content.schemas import OverdueItem

TODAY = date(2026, 5, 20)


def item(due: datetime | None) -> OverdueItem:
    return OverdueItem(user_id=201, org_unit_id=6609, item_id=1, item_name="Quiz", due_date=due)


def due(day: int, hour: int = 12) -> OverdueItem:
    return item(datetime(2026, 5, day, hour, tzinfo=UTC))


@pytest.mark.parametrize(
    ("late", "days"),
    [(due(9), 11), (due(19), 1), (due(20), 0), (due(21), 0), (item(None), None)],
)
def test_days_late_are_whole_days(late: OverdueItem, days: int | None) -> None:
    assert days_late(late, TODAY) == days


def test_the_due_day_is_that_of_the_sites_time_zone(settings: Settings) -> None:
    settings.TIME_ZONE = "Europe/Berlin"

    assert days_late(due(18, hour=23), TODAY) == 1


def test_a_date_in_the_year_1_is_no_due_date() -> None:
    assert days_late(item(datetime(1, 1, 1, tzinfo=UTC)), TODAY) is None


@pytest.mark.parametrize(
    ("days", "words"), [(None, "overdue"), (0, "due today"), (1, "1 day late"), (11, "11 days late")]
)
def test_lateness_is_a_phrase(days: int | None, words: str) -> None:
    assert lateness(days) == words


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ([due(9)], "1 item overdue, 11 days late"),
        ([due(19)], "1 item overdue, 1 day late"),
        ([due(20)], "1 item overdue"),
        ([due(19), due(9)], "2 items overdue, oldest 11 days"),
        ([due(19), due(20)], "2 items overdue, oldest 1 day"),
        ([due(20), item(None)], "2 items overdue"),
    ],
)
def test_the_reason_counts_items_and_names_the_oldest(items: list[OverdueItem], words: str) -> None:
    assert reason(items, TODAY) == words


@given(st.lists(st.datetimes(timezones=st.just(UTC)) | st.none(), min_size=1, max_size=5))
def test_any_due_dates_give_a_reason(dates: list[datetime | None]) -> None:
    words = reason([item(date) for date in dates], TODAY)

    assert words.startswith(f"{len(dates)} item")
