"""How a person stands on CPD: one word, the reason for it, and how urgent it is.

Somebody who logged nothing and is behind a steady pace is *behind*, not merely *not started*, so
that the count of people behind leaves nobody out. Once the period is over, anything missing is
behind.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from cpd.credit import Tally
from cpd.pace import Pace, is_late
from cpd.period import Period
from cpd.reasons import reason_for

_RANKS_PER_BAND = 10_000


class Status(StrEnum):
    """The words of the product's vocabulary that CPD can give."""

    NOT_STARTED = "not started"
    IN_PROGRESS = "in progress"
    ON_TRACK = "on track"
    BEHIND = "behind"
    COMPLETE = "complete"
    NO_TARGET = "no target"

    @property
    def slug(self) -> str:
        """The word as an address carries it, ``on-track``."""
        return self.value.replace(" ", "-")

    @property
    def tone(self) -> str:
        """The tint of its pill: ``good``, ``warn``, ``quiet`` or none."""
        return _TONES.get(self, "")


_TONES = {
    Status.BEHIND: "warn",
    Status.ON_TRACK: "good",
    Status.COMPLETE: "good",
    Status.NOT_STARTED: "quiet",
    Status.NO_TARGET: "quiet",
}

_BANDS = {
    Status.BEHIND: 6,
    Status.NOT_STARTED: 5,
    Status.IN_PROGRESS: 4,
    Status.NO_TARGET: 3,
    Status.ON_TRACK: 2,
    Status.COMPLETE: 1,
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """A status with its reason; the larger ``severity``, the sooner a manager should look."""

    status: Status
    reason: str
    severity: float


def judge(tally: Tally, period: Period, pace: Pace | None, today: date) -> Judgement:
    """Judge a person's CPD as of ``today``."""
    status = _status(tally, period, pace, today)
    reason = reason_for(tally, period, pace, today)
    return Judgement(status, reason, _severity(status, tally, period, pace, today))


def _status(tally: Tally, period: Period, pace: Pace | None, today: date) -> Status:
    if not tally.has_target:
        return Status.NO_TARGET
    if tally.is_done:
        return Status.COMPLETE
    if period.is_over(today) or (pace is not None and is_late(tally, pace)):
        return Status.BEHIND
    if tally.is_empty:
        return Status.NOT_STARTED
    return Status.IN_PROGRESS if pace is None else Status.ON_TRACK


def _severity(status: Status, tally: Tally, period: Period, pace: Pace | None, today: date) -> float:
    """Rank by need of attention, and within a band by the hours (records) that are missing.

    The bands, worst first: behind; nothing logged although the pace is judged or the period rolls;
    in progress, or nothing logged yet in the first tenth; no target; on track, or a period still to
    come; complete.
    """
    missing = pace.behind if pace is not None else tally.target - tally.counted
    band = _BANDS[status]
    if today < period.first and tally.has_target and not tally.is_done:
        band = _BANDS[Status.ON_TRACK]
    elif status is Status.NOT_STARTED and pace is None and not period.rolling:
        band = _BANDS[Status.IN_PROGRESS]
    # The cap keeps an absurd target inside its band.
    return float(band * _RANKS_PER_BAND + min(missing, Decimal(_RANKS_PER_BAND - 1)))
