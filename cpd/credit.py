"""Credit against a target, counted as Brightspace's own screen counts it.

Brightspace keeps minutes and shows hours. Each type (structured, unstructured) is turned into
hours rounded to 0.1, a half going up; capped at its own target; and only then are the two added.
Credit of one type therefore never fills the other. An organisation may count records instead; those
stay whole.
"""

from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import StrEnum

from cpd.schemas import Fraction

ZERO = Decimal(0)
_SMALLEST = 0.001  # a trace of a minute is rounding noise, not credit or a target
_MAX_AMOUNT = 10**9  # beyond any credit a person could hold; keeps nonsense printable


class Unit(StrEnum):
    """What Brightspace's numerators and denominators count."""

    MINUTES = "minutes"
    RECORDS = "records"


def clean(number: float) -> Decimal:
    """Return the number as a finite decimal: NaN, negatives and traces are 0, anything huge is 10**9."""
    if not number >= _SMALLEST:
        return ZERO
    return Decimal(_MAX_AMOUNT) if number >= _MAX_AMOUNT else Decimal(str(number))


def amount(raw: Decimal, unit: Unit) -> Decimal:
    """Return minutes as hours to 0.1, or records as whole records; a half goes up."""
    if unit is Unit.RECORDS:
        return raw.quantize(Decimal(1), ROUND_HALF_UP)
    return (raw / 60).quantize(Decimal("0.1"), ROUND_HALF_UP)


def due(exact: Decimal, unit: Unit) -> Decimal:
    """Round an expected amount: hours to 0.1, records down, for nobody can log half a record."""
    if unit is Unit.RECORDS:
        return exact.quantize(Decimal(1), ROUND_FLOOR)
    return exact.quantize(Decimal("0.1"), ROUND_HALF_UP)


def plain(value: Decimal) -> int | float:
    """Return a decimal as the number a spreadsheet would hold."""
    return int(value) if value == value.to_integral_value() else float(value)


def figure(value: Decimal, unit: Unit) -> str:
    """Write an amount without its unit: ``6.0`` hours, ``3`` records."""
    return f"{value:.0f}" if unit is Unit.RECORDS else f"{value:.1f}"


def quantity(value: Decimal, unit: Unit) -> str:
    """Write an amount: ``6.0 h``, ``3 records``."""
    if unit is Unit.RECORDS:
        return "1 record" if value == 1 else f"{figure(value, unit)} records"
    return f"{figure(value, unit)} h"


def goal(value: Decimal, unit: Unit) -> str:
    """Write a target: ``35 h`` when it is whole, else ``17.5 h``."""
    if unit is Unit.MINUTES and value == value.to_integral_value():
        return f"{value:.0f} h"
    return quantity(value, unit)


@dataclass(frozen=True, slots=True)
class Credit:
    """One type's credit: as counted (``numerator``, ``denominator``) and as shown."""

    unit: Unit
    numerator: Decimal  # minutes or records
    denominator: Decimal  # minutes or records; 0 without a target
    logged: Decimal  # hours or records, uncapped
    target: Decimal  # hours or records

    @property
    def has_target(self) -> bool:
        """Whether anything is required of this type."""
        return self.denominator > 0

    @property
    def is_done(self) -> bool:
        """Whether there is a target and it is met, to the minute."""
        return self.numerator >= self.denominator > 0

    @property
    def counted(self) -> Decimal:
        """What counts towards the target, in hours or records."""
        return min(self.logged, self.target)

    @property
    def excess(self) -> Decimal:
        """What was logged beyond the target, in hours or records."""
        return self.logged - self.counted

    @property
    def excess_label(self) -> str:
        """The excess in words, ``+6.3 h``, or nothing."""
        return f"+{quantity(self.excess, self.unit)}" if self.excess else ""

    @property
    def summary(self) -> str:
        """The type in words: ``7.0 of 21 h``, ``1.0 h logged`` or ``nothing required``."""
        return _summary(self)


@dataclass(frozen=True, slots=True)
class Tally:
    """Both types' credit together, each capped before it is added."""

    unit: Unit
    structured: Credit
    unstructured: Credit

    @property
    def types(self) -> tuple[tuple[str, Credit], ...]:
        """Each type's name with its credit."""
        return (("structured", self.structured), ("unstructured", self.unstructured))

    @property
    def has_target(self) -> bool:
        """Whether anything is required at all."""
        return self.structured.has_target or self.unstructured.has_target

    @property
    def is_done(self) -> bool:
        """Whether there is a target and every type that has one meets it."""
        return self.has_target and all(c.is_done for _, c in self.types if c.has_target)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is logged, not even a minute that does not count."""
        return not (self.structured.numerator or self.unstructured.numerator)

    @property
    def logged(self) -> Decimal:
        """Everything logged, in hours or records, uncapped."""
        return self.structured.logged + self.unstructured.logged

    @property
    def counted(self) -> Decimal:
        """What counts towards the targets, in hours or records."""
        return self.structured.counted + self.unstructured.counted

    @property
    def target(self) -> Decimal:
        """Both targets together, in hours or records."""
        return self.structured.target + self.unstructured.target

    @property
    def excess(self) -> Decimal:
        """What was logged beyond the targets, in hours or records; never part of `counted`."""
        return self.structured.excess + self.unstructured.excess

    @property
    def excess_label(self) -> str:
        """The excess of each type, ``+6.3 h structured``, or nothing when there is no target."""
        if not self.has_target:
            return ""
        return ", ".join(f"{c.excess_label} {name}" for name, c in self.types if c.excess)

    @property
    def summary(self) -> str:
        """The whole in words: ``6.0 of 35 h``, ``8.0 h logged`` or ``nothing required``."""
        return _summary(self)


def credit_of(fraction: Fraction, unit: Unit) -> Credit:
    """Read one type's credit; odd numbers are cleaned, never refused."""
    numerator, denominator = clean(fraction.numerator), clean(fraction.denominator)
    return Credit(unit, numerator, denominator, amount(numerator, unit), amount(denominator, unit))


def tally_of(structured: Fraction, unstructured: Fraction, unit: Unit) -> Tally:
    """Read both types' credit."""
    return Tally(unit, credit_of(structured, unit), credit_of(unstructured, unit))


def _summary(credit: Credit | Tally) -> str:
    if credit.has_target:
        return f"{figure(credit.counted, credit.unit)} of {goal(credit.target, credit.unit)}"
    if credit.logged:
        return f"{quantity(credit.logged, credit.unit)} logged"
    return "nothing required"
