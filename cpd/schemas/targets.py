"""Progress towards CPD targets."""

from cpd.schemas.fields import Category
from cpd.schemas.kinds import Number
from portal.brightspace import Block, UtcDateTime


class Fraction(Block, frozen=True):
    """Credit against a target, in minutes, or in records where the organisation counts records.

    Brightspace does not cap ``numerator``; ``denominator`` is 0 where there is no target.
    """

    numerator: Number = 0
    denominator: Number = 0


class CategoryProgress(Block, frozen=True, kw_only=True):
    """One category's share of a `TargetProgress`."""

    category: Category
    structured: Fraction = Fraction()
    unstructured: Fraction = Fraction()


class TargetProgress(Block, frozen=True, kw_only=True):
    """``Cpd.TargetProgress``: a person's credit against the target.

    Without ``start_date`` the target covers the last 365 days, whichever day it is. A ``start_date`` in the year 0001
    is the month and day on which a yearly period begins.
    """

    start_date: UtcDateTime | None = None
    end_date: UtcDateTime | None = None
    structured: Fraction = Fraction()
    unstructured: Fraction = Fraction()
    category_progress: tuple[CategoryProgress, ...] = ()
