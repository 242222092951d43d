"""Credit against a target, counted as Brightspace's own screen counts it.

Each type (structured, unstructured) is turned into hours and capped at its own target; only then are the two added.
Credit of one type therefore never counts towards the target of the other.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cpd.amounts import Unit, amount_of, cleaned, format_amount, format_excess, format_number, format_target


class CountedCredit(Protocol):
    """Credit as Brightspace counts it, in minutes or records: ``cpd.schemas.Fraction``."""

    @property
    def numerator(self) -> float: ...

    @property
    def denominator(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Credit:
    """Credit of one type: Brightspace's numbers, and the amounts they stand for."""

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
    def is_complete(self) -> bool:
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
        """The excess in words, ``+6.3 h``, or an empty string."""
        return format_excess(self.excess, self.unit)

    @property
    def summary(self) -> str:
        """The type in words: ``7.0 of 21 h``, ``1.0 h logged`` or ``nothing required``."""
        return _summary(self)


@dataclass(frozen=True, slots=True)
class Tally:
    """Credit of both types together, each capped before it is added."""

    unit: Unit
    structured: Credit
    unstructured: Credit

    @property
    def by_type(self) -> tuple[Credit, Credit]:
        """Structured credit, then unstructured."""
        return self.structured, self.unstructured

    @property
    def has_target(self) -> bool:
        """Whether anything is required at all."""
        return self.structured.has_target or self.unstructured.has_target

    @property
    def is_complete(self) -> bool:
        """Whether there is a target and every type that has one meets it."""
        return self.has_target and all(credit.is_complete for credit in self.by_type if credit.has_target)

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
        """The excess of each type, ``+6.3 h structured``; empty when there is no target."""
        return _excess_by_type(self) if self.has_target else ""

    @property
    def summary(self) -> str:
        """Both types in words: ``6.0 of 35 h``, ``8.0 h logged`` or ``nothing required``."""
        return _summary(self)


def credit_of(fraction: CountedCredit, unit: Unit) -> Credit:
    """The credit of one type; odd numbers are cleaned, never refused."""
    numerator, denominator = cleaned(fraction.numerator), cleaned(fraction.denominator)
    return Credit(unit, numerator, denominator, amount_of(numerator, unit), amount_of(denominator, unit))


def tally_of(structured: CountedCredit, unstructured: CountedCredit, unit: Unit) -> Tally:
    """The credit of both types."""
    return Tally(unit, credit_of(structured, unit), credit_of(unstructured, unit))


def _summary(credit: Credit | Tally) -> str:
    if credit.has_target:
        counted, target = format_number(credit.counted, credit.unit), format_target(credit.target, credit.unit)
        # In other languages the unit may have to follow both amounts of hours.
        is_hours = credit.unit is Unit.MINUTES
        text = pgettext("hours", "%(counted)s of %(target)s") if is_hours else _("%(counted)s of %(target)s")
        return text % {"counted": counted, "target": target}
    if credit.logged:
        return _("%(amount)s logged") % {"amount": format_amount(credit.logged, credit.unit)}
    return _("nothing required")


def _excess_by_type(tally: Tally) -> str:
    structured, unstructured = (credit.excess for credit in tally.by_type)
    if structured and unstructured:
        text = _("+%(structured)s structured, +%(unstructured)s unstructured")
        parts = {"structured": structured, "unstructured": unstructured}
        return text % {name: format_amount(amount, tally.unit) for name, amount in parts.items()}
    if structured:
        return _("+%(amount)s structured") % {"amount": format_amount(structured, tally.unit)}
    if unstructured:
        return _("+%(amount)s unstructured") % {"amount": format_amount(unstructured, tally.unit)}
    return ""
