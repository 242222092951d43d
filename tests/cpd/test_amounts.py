"""Amounts: Brightspace's numbers as hours or records, and how they are written."""

import math
from decimal import Decimal

import pytest
from django.utils import translation

from cpd.amounts import Unit, as_number, cleaned, format_amount, format_excess, format_target


@pytest.mark.parametrize(
    ("odd", "expected"),
    [(math.nan, 0), (-1, 0), (-math.inf, 0), (math.inf, 10**9), (10**400, 10**9), (66.5, 66.5)],
)
def test_odd_numbers_are_cleaned(odd: float, expected: float) -> None:
    assert as_number(cleaned(odd)) == expected


def test_amounts_name_their_unit() -> None:
    assert format_amount(Decimal("6.0"), Unit.MINUTES) == "6.0 h"
    assert [format_amount(Decimal(number), Unit.RECORDS) for number in (0, 1, 3)] == [
        "0 records",
        "1 record",
        "3 records",
    ]


def test_a_target_has_no_decimals_when_it_is_whole() -> None:
    assert format_target(Decimal("35.0"), Unit.MINUTES) == "35 h"
    assert format_target(Decimal("17.5"), Unit.MINUTES) == "17.5 h"


def test_an_excess_of_zero_is_an_empty_text() -> None:
    assert format_excess(Decimal("6.3"), Unit.MINUTES) == "+6.3 h"
    assert format_excess(Decimal("0.0"), Unit.MINUTES) == ""


def test_decimals_follow_the_active_language() -> None:
    with translation.override("fr"):
        assert format_amount(Decimal("3.5"), Unit.MINUTES) == "3,5\N{NO-BREAK SPACE}h"
        assert format_target(Decimal("17.5"), Unit.MINUTES) == "17,5\N{NO-BREAK SPACE}h"
