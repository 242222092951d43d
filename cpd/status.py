"""How a person stands on CPD: their status, and how soon a manager should look.

Somebody who logged nothing and is behind a steady pace is *behind*, not merely *not started*, so that the count of
people behind leaves nobody out. Once the period is over, anything missing is behind.
"""

from dataclasses import dataclass
from datetime import date

from cpd.credit import Tally
from cpd.pace import Pace, is_behind
from cpd.period import Period
from portal.team.statuses import Priority, Status

_PRIORITIES = {
    Status.BEHIND: Priority.BEHIND,
    Status.NOT_STARTED: Priority.NOT_STARTED,
    Status.IN_PROGRESS: Priority.IN_PROGRESS,
    Status.NO_TARGET: Priority.NO_TARGET,
    Status.ON_TRACK: Priority.ON_TRACK,
    Status.COMPLETE: Priority.COMPLETE,
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """A status, and how soon it needs a look: by priority, and within a priority the larger weight first."""

    status: Status
    priority: Priority
    weight: float  # hours (records) that are missing


def judge(tally: Tally, period: Period, pace: Pace | None, today: date) -> Judgement:
    """Judge a person's CPD as of ``today``."""
    status = _status(tally, period, pace, today)
    missing = pace.behind if pace is not None else tally.target - tally.counted
    return Judgement(status, _priority(status, period, pace, today), float(missing))


def _status(tally: Tally, period: Period, pace: Pace | None, today: date) -> Status:
    if not tally.has_target:
        return Status.NO_TARGET
    if tally.is_complete:
        return Status.COMPLETE
    if period.is_over(today) or (pace is not None and is_behind(pace)):
        return Status.BEHIND
    if tally.is_empty:
        return Status.NOT_STARTED
    return Status.IN_PROGRESS if pace is None else Status.ON_TRACK


def _priority(status: Status, period: Period, pace: Pace | None, today: date) -> Priority:
    """The status's own priority, unless it is still early for the person.

    A period still to come can wait as long as somebody on track; nothing logged yet in the first tenth of a period is
    no worse than being in progress.
    """
    if today < period.first and status not in (Status.NO_TARGET, Status.COMPLETE):
        return Priority.ON_TRACK
    if status is Status.NOT_STARTED and pace is None and not period.rolling:
        return Priority.IN_PROGRESS
    return _PRIORITIES[status]
