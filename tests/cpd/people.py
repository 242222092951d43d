"""People with a CPD year from 1 April 2026 to 31 March 2027, as of 21 November 2026."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from cpd.amounts import Unit
from cpd.progress import Progress, progress_of
from cpd.schemas import Fraction, TargetProgress

ZONE = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 21, 9, 42, tzinfo=ZONE)
START = datetime(2026, 4, 1, tzinfo=UTC)
END = datetime(2027, 3, 31, 23, 59, 59, tzinfo=UTC)


def person(
    structured: tuple[float, float],
    unstructured: tuple[float, float] = (0, 0),
    *,
    start: datetime | None = START,
    end: datetime | None = END,
    now: datetime = NOW,
    unit: Unit = Unit.MINUTES,
) -> Progress:
    """One person's progress from (numerator, denominator) pairs."""
    target = TargetProgress(
        start_date=start,
        end_date=end,
        structured=Fraction(*structured),
        unstructured=Fraction(*unstructured),
    )
    return progress_of(target, now, unit)
