"""The CPD services against the sandbox: what is sent, what is read, and what errors say."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpd.schemas import AnswerUpdate, Record, RecordState, RecordUpdate
from cpd.services import FieldService, RecordService, TargetService
from portal.brightspace.codec.fields import InvalidArgument
from portal.brightspace.codec.json import decode, encode
from portal.brightspace.endpoints.writes import FileRead, Write
from portal.brightspace.errors import (
    BrightspaceError,
    NotFound,
    NotPermitted,
    RateLimited,
    Refused,
    ScopeMissing,
    Unavailable,
)
from portal.brightspace.gateway import Gateway
from tests.conftest import ALMA, MAYA, GatewayFor
from tests.contract.observer import ContractObserver
from tests.sandbox.server import Sandbox

ANA, ODD_NUMBERS, STRANGER = 201, 316, 231
RECORD, ATTACHED = 201_001, 2_010_011
API = "/d2l/api/le/1.97"
START, END = datetime(2026, 1, 1, 8, 30, tzinfo=UTC), datetime(2026, 11, 30, tzinfo=UTC)
records, targets, fields = RecordService(), TargetService(), FieldService()
HOSTILE = "a&b=c#d/..?é%00 +“x”\t🦊 <b>"


def changed(**changes: Any) -> RecordUpdate:
    values: dict[str, Any] = {
        "name": "Sepsis workshop",
        "category_id": 11,
        "is_structured": True,
        "method_id": 21,
        "credit_minutes": 77.5,
        "answers": (AnswerUpdate(question_id=31, text="Everyone <b>here</b>"),),
        "date_completed": START,
        **changes,
    }
    return RecordUpdate(**values)


UPDATE_KEYS = [
    *("Name", "CategoryId", "IsStructured", "MethodId", "CreditMinutes", "Answers", "DateCompleted", "RecordStateId")
]
FILTERS: dict[str, Any] = {"method_id": 21, "category_id": 11, "record_name": HOSTILE, "start": START, "end": END}
FILTERS_SENT = {
    "methodId": "21",
    "categoryId": "11",
    "recordName": HOSTILE,
    "startDate": "2026-01-01T08:30:00.000Z",
    "endDate": "2026-11-30T00:00:00.000Z",
}
CALLS: list[tuple[Callable[[], Any], str, str, dict[str, str], list[str]]] = [
    (lambda: records.record(RECORD), "GET", f"/cpd/record/{RECORD}", {}, []),
    (lambda: records.records(ANA), "GET", f"/cpd/record/user/{ANA}", {"limit": "20"}, []),
    (
        lambda: records.records(ANA, **FILTERS, state=RecordState.DRAFT, oldest_first=True, limit=1),
        "GET",
        f"/cpd/record/user/{ANA}",
        {**FILTERS_SENT, "recordStateId": "2", "sortDateAscending": "true", "limit": "1"},
        [],
    ),
    (
        lambda: records.records(ANA, bookmark=RECORD),
        "GET",
        f"/cpd/record/user/{ANA}",
        {"limit": "20", "recordIdBookmark": str(RECORD)},
        [],
    ),
    (
        lambda: records.attachment(RECORD, ATTACHED),
        "GET",
        f"/cpd/record/{RECORD}/attachment/{ATTACHED}",
        {},
        [],
    ),
    (lambda: records.update(RECORD, changed()), "PUT", f"/cpd/record/{RECORD}", {}, UPDATE_KEYS),
    (lambda: targets.progress(ANA), "GET", f"/cpd/target/progress/user/{ANA}", {}, []),
    (lambda: targets.progress(ANA, **FILTERS), "GET", f"/cpd/target/progress/user/{ANA}", FILTERS_SENT, []),
    (lambda: fields.category(11), "GET", "/cpd/category/11", {}, []),
    (lambda: fields.method(21), "GET", "/cpd/method/21", {}, []),
    (lambda: fields.question(31), "GET", "/cpd/question/31", {}, []),
]


def ask(gateway: Gateway, action: Any) -> Any:
    if isinstance(action, Write):
        return gateway.write(action)
    return gateway.download(action) if isinstance(action, FileRead) else gateway.read(action)


@pytest.mark.parametrize(("action", "method", "path", "query", "keys"), CALLS)
def test_each_action_sends_the_request_that_its_document_describes(
    action: Callable[[], Any],
    method: str,
    path: str,
    query: dict[str, str],
    keys: list[str],
    gateway_for: GatewayFor,
    watch: ContractObserver,
) -> None:
    ask(gateway_for(MAYA), action())

    [call] = watch.calls
    assert (call.method, call.path) == (method, f"{API}{path}")
    assert call.query.to_dict(flat=False) == {name: [value] for name, value in query.items()}
    assert list(msgspec.json.decode(call.body or b"{}")) == keys


def test_a_record_is_read_in_full(gateway_for: GatewayFor) -> None:
    record = gateway_for(MAYA).read(records.record(RECORD))

    assert (record.record_id, record.user_id, record.category.id, record.method.name) == (RECORD, ANA, 12, "Workshop")
    assert [answer.text for answer in record.answers] == ["To act on the first sign.", "Brief the team each Monday."]
    assert record.attachments is not None
    assert [file.name for file in record.attachments.files] == ["certificate.pdf", "notes.txt"]


def test_a_record_without_files_answers_or_grade_is_read(gateway_for: GatewayFor, sandbox: Sandbox) -> None:
    sandbox.control.patch_record(RECORD, attachments=[], answers=[])
    record = gateway_for(MAYA).read(records.record(RECORD))

    assert (record.attachments, record.answers, record.grade, record.issued_id) == (None, (), None, None)


def test_a_record_may_have_unknown_fields_values_and_dates(gateway_for: GatewayFor, sandbox: Sandbox) -> None:
    gateway = gateway_for(ALMA)
    for kind in ("extra", "no_milliseconds"):
        sandbox.control.add_fault(kind, route="/d2l/api/le/(version)/cpd/record/(recordId)")
    record = gateway.read(records.record(ODD_NUMBERS * 1000 + 1))

    assert (record.record_state_id, record.is_draft, record.grade) == (99, False, 1.2)
    assert record.date_completed is not None
    assert record.date_completed.utcoffset() is not None


def test_pages_of_records_lead_to_the_end(gateway_for: GatewayFor) -> None:
    gateway = gateway_for(MAYA)
    page = gateway.read(records.records(ANA, limit=3))
    found = list(page.items)
    while page.cursor:
        page = gateway.read(records.records(ANA, page.cursor, limit=3))
        found += page.items

    assert sorted(record.record_id for record in found) == [RECORD + number for number in range(8)]


def test_progress_is_read_by_category(gateway_for: GatewayFor) -> None:
    progress = gateway_for(MAYA).read(targets.progress(ANA))

    assert progress.structured.denominator > 0
    assert [row.category.id for row in progress.category_progress] == [11, 12, 13]


def test_an_attachment_is_downloaded_unchanged(gateway_for: GatewayFor, sandbox: Sandbox) -> None:
    stored = sandbox.world.record(RECORD)
    assert stored is not None
    with gateway_for(MAYA).download(records.attachment(RECORD, ATTACHED)) as file:
        assert b"".join(file) == stored.attachments[0].content
        assert file.filename == "certificate.pdf"


def test_an_update_is_stored_and_answered_with_the_record(gateway_for: GatewayFor, sandbox: Sandbox) -> None:
    answer = gateway_for(MAYA).write(records.update(RECORD, changed(record_state_id=RecordState.DRAFT)))

    stored = sandbox.world.record(RECORD)
    assert answer is not None
    assert stored is not None
    assert (stored.name, stored.credit_minutes, stored.state, stored.completed_at) == (
        "Sepsis workshop",
        77.5,
        2,
        START,
    )
    assert (answer.name, answer.answers[0].text, answer.is_draft) == (stored.name, "Everyone <b>here</b>", True)


@pytest.mark.parametrize(
    ("action", "error"),
    [
        (lambda: records.record(STRANGER * 1000 + 1), NotPermitted),
        (lambda: records.record(201_999), NotFound),
        (lambda: records.records(STRANGER), NotPermitted),
        (lambda: records.records(ANA, bookmark=99), Refused),
        (lambda: records.attachment(RECORD, 99), NotFound),
        (lambda: records.update(STRANGER * 1000 + 1, changed()), NotPermitted),
        (lambda: records.update(RECORD, changed(category_id=99)), Refused),
        (lambda: targets.progress(STRANGER), NotPermitted),
        (lambda: targets.progress(99_999), NotFound),
        (lambda: fields.category(99), NotFound),
        (lambda: fields.method(99), NotFound),
        (lambda: fields.question(99), NotFound),
    ],
)
def test_a_refusal_is_an_error_with_a_sentence(
    action: Callable[[], Any], error: type[BrightspaceError], gateway_for: GatewayFor
) -> None:
    with pytest.raises(error) as raised:
        ask(gateway_for(MAYA), action())

    assert raised.value.message.endswith(".")


@pytest.mark.parametrize(("kind", "error"), [("429", RateLimited), ("501", Unavailable), ("403", NotPermitted)])
@pytest.mark.parametrize("action", [call[0] for call in CALLS])
def test_a_failure_is_told_apart_from_a_refusal(
    action: Callable[[], Any], kind: str, error: type[BrightspaceError], gateway_for: GatewayFor, sandbox: Sandbox
) -> None:
    gateway = gateway_for(MAYA)
    sandbox.control.add_fault(kind, path="/cpd/")
    with pytest.raises(error):
        ask(gateway, action())


def test_a_missing_scope_is_named_as_the_cause(gateway_for: GatewayFor, sandbox: Sandbox) -> None:
    gateway = gateway_for(MAYA)
    sandbox.control.add_fault("forbidden", path="/cpd/", shape="insufficient_scope")
    with pytest.raises(ScopeMissing):
        gateway.read(fields.category(11))


@pytest.mark.parametrize(
    ("field", "action"),
    [
        ("recordId", lambda: records.record(0)),
        ("userId", lambda: records.records(-1)),
        ("userId", lambda: targets.progress(2**53 + 1)),
        ("attachmentId", lambda: records.attachment(RECORD, True)),
        ("categoryId", lambda: fields.category("../1")),  # type: ignore[arg-type]
        ("method", lambda: records.records(ANA, method_id=0)),
        ("category", lambda: targets.progress(ANA, category_id=0)),
        ("record name", lambda: records.records(ANA, record_name=" ")),
        ("start", lambda: records.records(ANA, start=datetime(2026, 1, 1))),
        ("end", lambda: targets.progress(ANA, end="2026-01-01")),  # type: ignore[arg-type]
        ("state", lambda: records.records(ANA, state=3)),
        ("records a page", lambda: records.records(ANA, limit=0)),
        ("bookmark", lambda: records.records(ANA, bookmark=0)),
        ("Name", lambda: records.update(RECORD, changed(name=" "))),
        ("Name", lambda: records.update(RECORD, changed(name="x" * 513))),
        ("Category", lambda: records.update(RECORD, changed(category_id=0))),
        ("Method", lambda: records.update(RECORD, changed(method_id="x"))),
        ("Structured", lambda: records.update(RECORD, changed(is_structured=1))),
        ("Credit", lambda: records.update(RECORD, changed(credit_minutes=-1))),
        ("Credit", lambda: records.update(RECORD, changed(credit_minutes=float("nan")))),
        ("Date completed", lambda: records.update(RECORD, changed(date_completed=datetime(2026, 1, 1)))),
        ("Question", lambda: records.update(RECORD, changed(answers=(AnswerUpdate(question_id=0, text=""),)))),
        (
            "Answer 1",
            lambda: records.update(RECORD, changed(answers=(AnswerUpdate(question_id=31, text="x" * 4001),))),
        ),
        ("State", lambda: records.update(RECORD, changed(record_state_id=3))),
    ],
)
def test_a_wrong_argument_is_named_and_nothing_is_sent(field: str, action: Callable[[], Any]) -> None:
    with pytest.raises(InvalidArgument) as raised:
        action()

    assert f"“{field}”" in raised.value.message


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=80)


@given(
    name=texts.filter(str.strip),
    answer=texts.filter(str.strip) | st.just(""),
    minutes=st.integers(0, 10**9) | st.floats(0, 1e9),
    completed=st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC)),
    state=st.sampled_from([None, *RecordState]),
)
def test_an_update_sends_every_value_unchanged(
    name: str, answer: str, minutes: float, completed: datetime, state: RecordState | None
) -> None:
    to_the_millisecond = completed.replace(microsecond=completed.microsecond // 1000 * 1000)
    update = changed(
        name=name,
        answers=(AnswerUpdate(question_id=31, text=answer),),
        credit_minutes=minutes,
        date_completed=to_the_millisecond,
        record_state_id=state,
    )

    assert decode(encode(records.update(RECORD, update).body), RecordUpdate) == update


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_bytes_are_a_record_or_a_decode_error(data: bytes) -> None:
    with suppress(msgspec.DecodeError):
        assert isinstance(decode(data, Record), Record)
