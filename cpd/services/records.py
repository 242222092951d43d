"""CPD records. Scope ``cpd:records:read``, LE 1.84."""

from cpd.schemas import PUBLISHED, RecordSummary
from portal.brightspace.actions import action
from portal.brightspace.pages import Page
from portal.brightspace.reads import Read
from portal.brightspace.routes import Route

OF_PERSON = Route("le", "/cpd/record/user/(userId)", since="1.84")
PAGE_SIZE = 20


def latest_of(person_id: int) -> Read[Page[RecordSummary]]:
    """``GET le/cpd/record/user/(userId)``: the last published record alone."""
    query = (("limit", 1), ("recordStateId", PUBLISHED))
    return Read(OF_PERSON, Page[RecordSummary], ids=(("userId", person_id),), query=query)


@action("GET", OF_PERSON, "cpd:records:read")
def records_of(person_id: int, cursor: str = "") -> Read[Page[RecordSummary]]:
    """``GET le/cpd/record/user/(userId)``: a page of a person's records, newest first.

    ``cursor`` is where an earlier page's ``Next`` led; empty for the first page.
    """
    query = (("limit", PAGE_SIZE),)
    return Read(OF_PERSON, Page[RecordSummary], ids=(("userId", person_id),), query=query, cursor=cursor)
