"""Amounts of CPD: Brightspace's numbers, rounded as its own screen rounds them, and written in the active language.

Brightspace keeps minutes and shows hours to 0.1, half a tenth going up. An organisation may count records instead;
those stay whole. An amount is a decimal in hours or records, never in minutes.
"""

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import lru_cache

from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

ZERO = Decimal(0)
MAX_CACHED_AMOUNTS = 2_048
_ONE, _TENTH = Decimal(1), Decimal("0.1")
_MIN_NUMBER = 0.001  # a smaller part of a minute comes of rounding: it is neither credit nor a target
_MAX_NUMBER = 10**9  # more than anybody could log; an absurd number can still be shown


class Unit(StrEnum):
    """What Brightspace's numerators and denominators count."""

    MINUTES = "minutes"
    RECORDS = "records"


def cleaned(number: float) -> Decimal:
    """Brightspace's number as a finite decimal: NaN, negative and tiny numbers are 0, the largest is 10**9."""
    if not number >= _MIN_NUMBER:
        return ZERO
    return Decimal(_MAX_NUMBER) if number >= _MAX_NUMBER else Decimal(str(number))


def amount_of(number: Decimal, unit: Unit) -> Decimal:
    """The amount a number of Brightspace's stands for: minutes as hours to 0.1, records as whole records."""
    if unit is Unit.RECORDS:
        return number.quantize(_ONE, ROUND_HALF_UP)
    return (number / 60).quantize(_TENTH, ROUND_HALF_UP)


def rounded_expectation(exact: Decimal, unit: Unit) -> Decimal:
    """An expected amount to 0.1 hours, or down to whole records, because nobody can log half a record."""
    if unit is Unit.RECORDS:
        return exact.quantize(_ONE, ROUND_FLOOR)
    return exact.quantize(_TENTH, ROUND_HALF_UP)


def as_number(value: Decimal) -> int | float:
    """A decimal as the number a spreadsheet holds: whole where it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)


def format_number(amount: Decimal, unit: Unit) -> str:
    """An amount without its unit: ``6.0`` hours, ``3`` records."""
    return _number(get_language(), amount, 0 if unit is Unit.RECORDS else 1)


def format_amount(amount: Decimal, unit: Unit) -> str:
    """An amount with its unit: ``6.0 h``, ``3 records``."""
    return _amount(get_language(), amount, unit)


def format_target(amount: Decimal, unit: Unit) -> str:
    """A target with its unit: ``35 h`` when it is whole, else ``17.5 h``."""
    return _target(get_language(), amount, unit)


def format_excess(amount: Decimal, unit: Unit) -> str:
    """What goes beyond a target, ``+6.3 h``, or an empty string."""
    return _("+%(amount)s") % {"amount": format_amount(amount, unit)} if amount else ""


# The rest is cached by language: formatting is slow, and a team has the same few amounts in all its rows. Without the
# cache a row takes half as long again.


@lru_cache(maxsize=MAX_CACHED_AMOUNTS)
def _number(_language: str | None, amount: Decimal, decimals: int) -> str:
    return number_format(amount, decimals)


@lru_cache(maxsize=MAX_CACHED_AMOUNTS)
def _amount(_language: str | None, amount: Decimal, unit: Unit) -> str:
    number = format_number(amount, unit)
    if unit is Unit.RECORDS:
        return ngettext("%(number)s record", "%(number)s records", int(amount)) % {"number": number}
    return _("%(number)s h") % {"number": number}


@lru_cache(maxsize=MAX_CACHED_AMOUNTS)
def _target(_language: str | None, amount: Decimal, unit: Unit) -> str:
    if unit is Unit.MINUTES and amount == amount.to_integral_value():
        return _("%(number)s h") % {"number": number_format(amount, 0)}
    return format_amount(amount, unit)
