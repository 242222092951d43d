"""What is overdue and by how much, in days and in words."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.schemas import OverdueItem
from portal.team.columns import local_day
from portal.team.statuses import Status


def due_date(item: OverdueItem) -> datetime | None:
    """When an item was due; None without a due date, for which Brightspace may send one in the year 1."""
    return item.due_date if item.due_date and item.due_date.year > 1 else None


def due_day(item: OverdueItem) -> date | None:
    """The day on which an item was due, in the site's time zone; None without a due date."""
    moment = due_date(item)
    return local_day(moment) if moment else None


def days_late(item: OverdueItem, today: date) -> int | None:
    """Whole days since an item was due, in the site's time zone; None without a due date."""
    day = due_day(item)
    return max(0, (today - day).days) if day else None


def lateness(days: int | None) -> str:
    """How late an item is: ``11 days late``, ``due today``; ``overdue`` if nobody knows since when."""
    if days is None:
        return str(Status.OVERDUE.label)
    if days == 0:
        return _("due today")
    return ngettext("%(days)d day late", "%(days)d days late", days) % {"days": days}


def reason(items: Sequence[OverdueItem], today: date) -> str:
    """Why somebody with these overdue items needs a look: ``2 items overdue, oldest 11 days``."""
    oldest = max((days for item in items if (days := days_late(item, today)) is not None), default=0)
    values = {"count": len(items), "days": oldest}
    if not oldest:
        return ngettext("%(count)d item overdue", "%(count)d items overdue", len(items)) % values
    if len(items) == 1:
        return ngettext("1 item overdue, %(days)d day late", "1 item overdue, %(days)d days late", oldest) % values
    # Plural of the days; there are always several items here.
    several = ngettext(
        "%(count)d items overdue, oldest %(days)d day", "%(count)d items overdue, oldest %(days)d days", oldest
    )
    return several % values
