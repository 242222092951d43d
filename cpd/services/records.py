"""CPD records and the files attached to them.

Three newer actions are not covered: ``POST le/cpd/record/(recordId)/attachment/upload``, and ``POST`` and ``DELETE
le/cpd/record/(recordId)/attachments``. Nothing Brightspace has published shows what they take.
"""

from datetime import datetime

from cpd.schemas import Record, RecordState, RecordSummary, RecordUpdate
from cpd.services.filters import filters
from cpd.validators import validate_record
from portal.brightspace import FileRead, Page, Read, Service, Write, d2l_id, get, put
from portal.brightspace.endpoints.validators import validate_between, validate_choice

PAGE_SIZE = 20
MAX_PAGE_SIZE = 200


class RecordService(Service):
    """CPD records and the files attached to them. Every action may raise NotPermitted and NotFound."""

    product, since, source = "le", "1.84", "https://docs.valence.desire2learn.com/res/cpd.html"
    scope = "cpd:records:read"

    @get("/cpd/record/(recordId)")
    def record(self, record_id: int) -> Read[Record]:
        """One record in full. NotPermitted for a record of somebody who does not report to the signed-in person."""
        return self.read(Record, recordId=record_id)

    @get("/cpd/record/user/(userId)")
    def records(
        self,
        person_id: int,
        cursor: str = "",
        *,
        method_id: int | None = None,
        category_id: int | None = None,
        record_name: str | None = None,
        start: datetime | None = None,
        end: datetime | None = None,
        state: RecordState | int | None = None,
        oldest_first: bool | None = None,
        limit: int = PAGE_SIZE,
        bookmark: int | None = None,
    ) -> Read[Page[RecordSummary]]:
        """A page of a person's records, newest first unless ``oldest_first``.

        The filters choose records completed from ``start`` to ``end``, both included, whose name contains
        ``record_name``. A page has ``limit`` records and begins after the record with the id ``bookmark``; ``cursor``
        is the ``Next`` of an earlier page. Raises Refused for a bookmark that is no record's id.
        """
        query = filters(
            method_id,
            category_id,
            record_name,
            start,
            end,
            recordStateId=None if state is None else int(validate_choice(state, "state", RecordState)),
            sortDateAscending=oldest_first,
            limit=validate_between(limit, "records a page", 1, MAX_PAGE_SIZE),
            recordIdBookmark=None if bookmark is None else d2l_id(bookmark, "bookmark"),
        )
        return self.read(Page[RecordSummary], query=query, cursor=cursor, userId=person_id)

    @get("/cpd/record/(recordId)/attachment/(attachmentId)")
    def attachment(self, record_id: int, attachment_id: int) -> FileRead:
        """A file attached to a record."""
        return self.file(recordId=record_id, attachmentId=attachment_id)

    @put("/cpd/record/(recordId)", scope="cpd:records:manage")
    def update(self, record_id: int, changed: RecordUpdate) -> Write[Record]:
        """Replaces every field of the block. Raises InvalidArgument before anything is sent, and Refused afterwards."""
        return self.write(Record, body=validate_record(changed), recordId=record_id)
