"""The contract observer: a test fails if a service or the sandbox violates an API document in it."""

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.conftest import MAYA
from tests.contract.documents import ACTIONS
from tests.contract.observer import ContractObserver, exchange_violations
from tests.sandbox.api.calls import Call
from tests.sandbox.api.responses import ApiError, Response
from tests.sandbox.api.routing import ROUTES, Action
from tests.sandbox_checks.api_client import ApiClient

CATEGORY = "/d2l/api/le/(version)/cpd/category/(categoryId)"
RECORD = "/d2l/api/le/(version)/cpd/record/(recordId)"
UPDATE: dict[str, Any] = {
    "Name": "A new name",
    "CategoryId": 11,
    "IsStructured": True,
    "MethodId": 21,
    "CreditMinutes": 77.5,
    "Answers": [],
    "DateCompleted": "2026-06-01T08:00:00.000Z",
    "RecordStateId": None,
}


@pytest.fixture
def exchange() -> tuple[Call, Response]:
    """A call and its response, as the sandbox hands them to its observer."""
    api, seen = ApiClient(), []
    api.state.observer = lambda call, response: seen.append((call, response))
    api.send("PUT", MAYA, "le/1.90/cpd/record/201001", body=UPDATE)
    [found] = seen
    return found


def with_body(call: Call, **changes: Any) -> Call:
    """The call with changed values in its body."""
    return replace(call, body=json.dumps({**UPDATE, **changes}).encode())


def test_an_exchange_as_documented_has_no_violations(exchange: tuple[Call, Response]) -> None:
    assert exchange_violations(*exchange) == []


def test_a_request_is_compared_with_the_document(exchange: tuple[Call, Response]) -> None:
    call, response = exchange

    assert exchange_violations(with_body(call, CategoryId="11"), response) == [
        f"PUT {RECORD}: sent $.CategoryId: '11' is no number:D2LID"
    ]
    assert exchange_violations(with_body(call, Mood=1), response) == [f"PUT {RECORD}: sent $.Mood: is unknown"]
    assert exchange_violations(replace(call, body=b"{"), response) == [f"PUT {RECORD}: sent no JSON"]


def test_a_response_is_compared_with_the_document(exchange: tuple[Call, Response]) -> None:
    call, response = exchange
    violating = replace(response, value={**response.value, "UserId": "201"})

    assert exchange_violations(call, violating) == [f"PUT {RECORD}: answered $.UserId: '201' is no number:D2LID"]


def test_a_query_parameter_that_is_not_documented_is_a_violation(exchange: tuple[Call, Response]) -> None:
    call, response = exchange
    call = replace(call, query=type(call.query)({"categorieId": "1"}))

    assert exchange_violations(call, response) == [f"PUT {RECORD}: sent query parameter categorieId is unknown"]


def test_a_request_that_was_refused_is_not_compared(exchange: tuple[Call, Response]) -> None:
    assert exchange_violations(with_body(exchange[0], CategoryId="11"), ApiError.invalid_parameters("").response) == []


def test_a_status_that_the_document_does_not_list_is_a_violation(exchange: tuple[Call, Response]) -> None:
    call = replace(exchange[0], method="GET", route="/d2l/api/bas/(version)/creditSummary", body=b"")

    assert exchange_violations(call, ApiError.not_authorized("Awards.See").response) == [
        "GET /d2l/api/bas/(version)/creditSummary: status 403 is not among 200 400 429"
    ]


def test_fields_that_a_test_added_to_a_record_are_allowed(exchange: tuple[Call, Response]) -> None:
    call, response = exchange
    record = call.world.record(201_001)
    assert record is not None
    violating = replace(response, value={**response.value, "AddedIn2031": 1})
    assert exchange_violations(call, violating) == [f"PUT {RECORD}: answered $.AddedIn2031: is unknown"]

    record.extra = {"AddedIn2031": 1}
    assert exchange_violations(call, violating) == []


def test_an_api_client_of_the_sandbox_checks_raises_at_a_violation(monkeypatch: pytest.MonkeyPatch) -> None:
    api = ApiClient()
    [action] = [each for each in ROUTES.all() if each.template == CATEGORY]
    monkeypatch.setattr(
        ROUTES, "find", lambda path: ({"GET": replace(action, handler=_without_name)}, {"version": "1.90"})
    )

    with pytest.raises(AssertionError, match=r"answered \$\.Name: is missing"):
        api.get(MAYA, "le/1.90/cpd/category/11")


def _without_name(call: Call) -> Response:
    return Response({"Id": 11, "SortOrder": 1, "InUse": True})


def test_the_report_has_each_violation_once(exchange: tuple[Call, Response]) -> None:
    observer = ContractObserver()
    for _ in range(2):
        observer(with_body(exchange[0], Mood=1), exchange[1])

    assert observer.report() == f"PUT {RECORD}: sent $.Mood: is unknown"
    observer.clear()
    assert (observer.calls, observer.violations) == ([], [])


def sandbox_actions() -> dict[str, Action]:
    return {f"{each.method} {each.template}": each for each in ROUTES.all()}


def test_the_sandbox_has_all_documented_actions_with_their_scopes() -> None:
    found = sandbox_actions()

    assert {each.name for each in ACTIONS} <= found.keys()
    for each in ACTIONS:
        beyond = set(found[each.name].scopes) - set(each.scopes.split())
        assert set(each.scopes.split()) <= set(found[each.name].scopes)
        assert beyond <= {"content:modules:read", "content:topics:read"}, "they still work, though deprecated"
