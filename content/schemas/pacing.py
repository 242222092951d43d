"""Pacing: the first and last day on which a course or module is meant to be worked through, without times."""

from datetime import date

from portal.brightspace import Block


class PacingInfo(Block, frozen=True, kw_only=True):
    """``Pacing.PacingInfo``: the days of a course, as they are read."""

    start_date: date | None = None
    end_date: date | None = None


class PacingData(Block, frozen=True, kw_only=True):
    """``Pacing.PacingData``: the days of a course, to send; with ``skip_weekends`` its modules' days avoid weekends."""

    start_date: date | None = None
    end_date: date | None = None
    skip_weekends: bool = False


class ModulePacingData(Block, frozen=True, kw_only=True):
    """``Pacing.ModulePacingData``: the days of a module, to send."""

    start_date: date | None = None
    end_date: date | None = None
