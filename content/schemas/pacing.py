"""When a course is meant to be worked through: days, without a time."""

from datetime import date

from portal.brightspace import Block


class PacingInfo(Block, frozen=True, kw_only=True):
    """``Pacing.PacingInfo``: the course's pacing dates."""

    start_date: date | None = None
    end_date: date | None = None


class PacingData(Block, frozen=True, kw_only=True):
    """``Pacing.PacingData``: with ``skip_weekends`` modules' dates keep off weekends."""

    start_date: date | None = None
    end_date: date | None = None
    skip_weekends: bool = False


class ModulePacingData(Block, frozen=True, kw_only=True):
    """``Pacing.ModulePacingData``: one module's pacing dates."""

    start_date: date | None = None
    end_date: date | None = None
