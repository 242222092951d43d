"""What is overdue, in words."""

from collections.abc import Sequence
from datetime import date

from content.schemas import OverdueItem
from portal.team.columns import local_day


def days_late(item: OverdueItem, today: date) -> int | None:
    """Whole days since an item was due, in the site's time zone; None without a due date (year 1 is none)."""
    return max(0, (today - local_day(item.due_date)).days) if item.due_date and item.due_date.year > 1 else None


def late_words(days: int | None) -> str:
    """``11 days late``, ``due today``."""
    if days is None:
        return "overdue"
    return "due today" if days == 0 else f"{days} {'day' if days == 1 else 'days'} late"


def reason(items: Sequence[OverdueItem], today: date) -> str:
    """``2 items overdue, oldest 11 days``."""
    oldest = max((days for item in items if (days := days_late(item, today)) is not None), default=0)
    count = "1 item overdue" if len(items) == 1 else f"{len(items)} items overdue"
    if not oldest:
        return count
    age = f"{oldest} {'day' if oldest == 1 else 'days'}"
    return f"{count}, {age} late" if len(items) == 1 else f"{count}, oldest {age}"
