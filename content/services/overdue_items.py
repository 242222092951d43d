"""Overdue items: own, of people one audits, or of learners whose content one manages. Scope ``core:*:*``."""

from content.schemas import OverdueItem
from portal.brightspace.reads import Read
from portal.brightspace.routes import Route

OVERDUE = Route("le", "/overdueItems/")


def overdue_items_of(person_id: int) -> Read[list[OverdueItem]]:
    """``GET le/overdueItems/?userId=``: what a person should have completed by now, in every org unit."""
    return Read(OVERDUE, list[OverdueItem], query=(("userId", person_id),))
