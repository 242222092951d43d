"""Dates, times and amounts as each language writes them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.template import Context, Template
from django.utils import translation

from cpd.amounts import Unit, format_amount, format_excess, format_target
from portal.formats.dates import date_format

MOMENT = datetime(2026, 2, 3, 8, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "name", "english", "french"),
    [
        (MOMENT, "DATE_FORMAT", "3 Feb 2026", "3 févr. 2026"),
        (MOMENT, "SHORT_DATE_FORMAT", "3 Feb", "3 févr."),
        (MOMENT, "MONTH_DAY_FORMAT", "3 February", "3 février"),
        (MOMENT, "LONG_DATE_FORMAT", "3 February 2026", "3 février 2026"),
        (MOMENT, "YEAR_MONTH_FORMAT", "February 2026", "février 2026"),
        (MOMENT, "TIME_FORMAT", "08:05", "08:05"),
        (MOMENT, "DATETIME_FORMAT", "3 Feb 2026, 08:05", "3 févr. 2026 à 08:05"),
        (MOMENT, "SHORT_DATETIME_FORMAT", "3 Feb, 08:05", "3 févr. à 08:05"),
        (MOMENT, "c", "2026-02-03T08:05:00+00:00", "2026-02-03T08:05:00+00:00"),
        (date(2026, 4, 1), "LONG_DATE_FORMAT", "1 April 2026", "1er avril 2026"),
        (date(2026, 1, 1), "SHORT_DATE_FORMAT", "1 Jan", "1er janv."),
        (date(2026, 1, 11), "SHORT_DATE_FORMAT", "11 Jan", "11 janv."),
        (date(2026, 6, 30), "DATE_FORMAT", "30 Jun 2026", "30 juin 2026"),
        (date(2026, 11, 25), "SHORT_DATE_FORMAT", "25 Nov", "25 nov."),
    ],
)
def test_a_date_is_written_as_the_language_writes_it(value: Any, name: str, english: str, french: str) -> None:
    with translation.override("en"):
        assert date_format(value, name) == english
    with translation.override("fr"):
        assert date_format(value, name) == french


def test_every_month_of_a_year_has_its_usual_abbreviation_in_french() -> None:
    with translation.override("fr"):
        written = [date_format(date(2026, month, 2), "SHORT_DATE_FORMAT").removeprefix("2 ") for month in range(1, 13)]

    assert " ".join(written) == "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc."


def test_templates_write_dates_in_the_sites_time_zone(settings: Any) -> None:
    settings.TIME_ZONE = "America/Toronto"
    template = Template('{{ moment|date:"DATETIME_FORMAT" }}|{{ none|date:"DATE_FORMAT" }}|{% now "Y" %}')
    with translation.override("fr"):
        written = template.render(Context({"moment": datetime(2026, 2, 1, 13, 5, tzinfo=UTC), "none": None}))

    assert written.startswith("1er févr. 2026 à 08:05||2")


@pytest.mark.parametrize(
    ("written", "english", "french"),
    [
        (lambda: format_amount(Decimal("22.8"), Unit.MINUTES), "22.8 h", "22,8\u00a0h"),
        (lambda: format_target(Decimal(35), Unit.MINUTES), "35 h", "35\u00a0h"),
        (lambda: format_excess(Decimal("6.3"), Unit.MINUTES), "+6.3 h", "+6,3\u00a0h"),
        (lambda: format_amount(Decimal(0), Unit.RECORDS), "0 records", "0 activité"),
        (lambda: format_amount(Decimal(1), Unit.RECORDS), "1 record", "1 activité"),
        (lambda: format_amount(Decimal(2), Unit.RECORDS), "2 records", "2 activités"),
    ],
)
def test_an_amount_is_written_as_the_language_writes_it(written: Any, english: str, french: str) -> None:
    with translation.override("en"):
        assert written() == english
    with translation.override("fr"):
        assert written() == french
