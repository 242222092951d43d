"""CPD records and the files attached to them. LE 1.84; may raise NotPermitted and NotFound.

Three newer actions are not covered: ``POST le/cpd/record/(recordId)/attachment/upload``, and ``POST`` and ``DELETE
le/cpd/record/(recordId)/attachments``. Nothing Brightspace has published shows what they take.
"""

from datetime import datetime
from math import isfinite

from cpd.schemas import Record, RecordState, RecordSummary, RecordUpdate
from cpd.services.filters import filters
from portal.brightspace import FileRead, InvalidArgument, Page, Read, Route, Write, action, d2l_id
from portal.brightspace.endpoints.validators import validate_between, validate_choice, validate_moment, validate_text

ONE = Route("le", "/cpd/record/(recordId)", since="1.84")
OF_PERSON = Route("le", "/cpd/record/user/(userId)", since="1.84")
ATTACHMENT = Route("le", "/cpd/record/(recordId)/attachment/(attachmentId)", since="1.84")
PAGE_SIZE = 20
MAX_PAGE_SIZE = 200
MAX_NAME_LENGTH, MAX_ANSWER_LENGTH = 512, 4000  # characters, as Brightspace stores them


@action("GET", ONE, "cpd:records:read")
def record(record_id: int) -> Read[Record]:
    """``GET le/cpd/record/(recordId)``: one record in full. Scope ``cpd:records:read``, LE 1.84.

    Raises NotPermitted for a record of somebody who does not report to the caller, NotFound.
    """
    return Read(ONE, Record, ids=(("recordId", record_id),))


@action("GET", OF_PERSON, "cpd:records:read")
def records_of(
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
    """``GET le/cpd/record/user/(userId)``: a page of a person's records. Scope ``cpd:records:read``, LE 1.84.

    Newest first unless ``oldest_first``; completed from ``start`` to ``end``, both included; only those whose
    name contains ``record_name``. ``limit`` records a page, beginning behind the record ``bookmark``; ``cursor``
    is where an earlier page's ``Next`` led. Raises NotPermitted, NotFound, Refused (a bookmark that is none).
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
    return Read(OF_PERSON, Page[RecordSummary], ids=(("userId", person_id),), query=query, cursor=cursor)


@action("GET", ATTACHMENT, "cpd:records:read")
def attachment(record_id: int, attachment_id: int) -> FileRead:
    """``GET le/cpd/record/(recordId)/attachment/(attachmentId)``: a file. Scope ``cpd:records:read``, LE 1.84.

    Raises NotPermitted, NotFound.
    """
    return FileRead(ATTACHMENT, ids=(("recordId", record_id), ("attachmentId", attachment_id)))


@action("PUT", ONE, "cpd:records:manage")
def update(record_id: int, changed: RecordUpdate) -> Write[Record]:
    """``PUT le/cpd/record/(recordId)``: replaces what the block carries. Scope ``cpd:records:manage``, LE 1.84.

    Raises InvalidArgument, by field, before anything is sent; then NotPermitted, NotFound, Refused.
    """
    validate_text(changed.name, "name", most=MAX_NAME_LENGTH)
    d2l_id(changed.category_id, "category")
    d2l_id(changed.method_id, "method")
    if not isinstance(changed.is_structured, bool):
        raise InvalidArgument("“Structured” must be yes or no.")
    _check_minutes(changed.credit_minutes)
    _check_answers(changed)
    validate_moment(changed.date_completed, "date completed")
    if changed.record_state_id is not None:
        validate_choice(changed.record_state_id, "state", RecordState)
    return Write("PUT", ONE, Record, ids=(("recordId", record_id),), body=changed)


def _check_minutes(value: object) -> None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not isfinite(value) or value < 0:  # type: ignore[arg-type,operator]
        raise InvalidArgument("“Credit” must be a number of minutes, 0 or more.")


def _check_answers(changed: RecordUpdate) -> None:
    """An answer may be empty: a question need not be answered."""
    for place, answer in enumerate(changed.answers, start=1):
        d2l_id(answer.question_id, "question")
        if answer.text != "":
            validate_text(answer.text, f"answer {place}", most=MAX_ANSWER_LENGTH)
