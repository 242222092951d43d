"""Scheduled and overdue items of a person."""

from datetime import datetime

from portal.brightspace import Block, Id, UtcDateTime


class ScheduledItem(Block, frozen=True, kw_only=True):
    """``Content.ScheduledItem``: a topic with a start, an end or a due date, for one person."""

    user_id: Id
    org_unit_id: Id
    item_id: Id
    item_name: str = ""
    item_type: int | None = None
    item_url: str | None = None
    start_date: UtcDateTime | None = None
    end_date: UtcDateTime | None = None
    due_date: UtcDateTime | None = None
    completion_type: int | None = None
    date_completed: UtcDateTime | None = None
    activity_type: int | None = None
    is_exempt: bool = False

    @property
    def earliest(self) -> datetime | None:
        """The first of its dates; None if it has none."""
        return min((date for date in (self.start_date, self.end_date, self.due_date) if date), default=None)


class ScheduledItemCount(Block, frozen=True, kw_only=True):
    """``Content.ScheduledItemCount``: how many scheduled items a person has in an org unit."""

    org_unit_id: Id
    user_id: Id
    item_count: int = 0


class OverdueItem(Block, frozen=True, kw_only=True):
    """``Content.OverdueItem``: a topic that is not completed although its due date has passed."""

    user_id: Id
    org_unit_id: Id
    item_id: Id
    item_name: str = ""
    due_date: UtcDateTime | None = None
