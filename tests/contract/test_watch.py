"""The judge of exchanges: a service or a stand-in that strays from a document fails the test it does so in."""

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.conftest import MAYA
from tests.contract.documents import ACTIONS
from tests.contract.watch import Watch, judge
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
    """A call and its answer, as the stand-in shows them to whoever watches."""
    api, seen = ApiClient(), []
    api.state.observer = lambda call, answer: seen.append((call, answer))
    api.send("PUT", MAYA, "le/1.90/cpd/record/201001", body=UPDATE)
    [found] = seen
    return found


def sent(call: Call, **changes: Any) -> Call:
    return replace(call, body=json.dumps({**UPDATE, **changes}).encode())


def test_an_exchange_as_documented_is_in_order(exchange: tuple[Call, Response]) -> None:
    assert judge(*exchange) == []


def test_what_a_service_sends_is_judged(exchange: tuple[Call, Response]) -> None:
    call, answer = exchange

    assert judge(sent(call, CategoryId="11"), answer) == [f"PUT {RECORD}: sent $.CategoryId: '11' is no number:D2LID"]
    assert judge(sent(call, Mood=1), answer) == [f"PUT {RECORD}: sent $.Mood: is unknown"]
    assert judge(replace(call, body=b"{"), answer) == [f"PUT {RECORD}: sent no JSON"]


def test_what_the_stand_in_answers_is_judged(exchange: tuple[Call, Response]) -> None:
    call, answer = exchange
    strayed = replace(answer, value={**answer.value, "UserId": "201"})

    assert judge(call, strayed) == [f"PUT {RECORD}: answered $.UserId: '201' is no number:D2LID"]


def test_a_query_parameter_of_no_document_is_told(exchange: tuple[Call, Response]) -> None:
    call, answer = exchange
    asked = replace(call, query=type(call.query)({"categorieId": "1"}))

    assert judge(asked, answer) == [f"PUT {RECORD}: sent query parameter categorieId is unknown"]


def test_what_is_refused_was_not_accepted_and_is_not_judged(exchange: tuple[Call, Response]) -> None:
    assert judge(sent(exchange[0], CategoryId="11"), ApiError.invalid_parameters("").response) == []


def test_a_status_the_document_does_not_list_is_told(exchange: tuple[Call, Response]) -> None:
    call = replace(exchange[0], method="GET", route="/d2l/api/bas/(version)/creditSummary", body=b"")

    assert judge(call, ApiError.not_authorized("Awards.See").response) == [
        "GET /d2l/api/bas/(version)/creditSummary: status 403 is not among 200 400 429"
    ]


def test_fields_a_test_has_given_to_a_record_are_allowed(exchange: tuple[Call, Response]) -> None:
    call, answer = exchange
    record = call.world.record(201_001)
    assert record is not None
    strayed = replace(answer, value={**answer.value, "AddedIn2031": 1})
    assert judge(call, strayed) == [f"PUT {RECORD}: answered $.AddedIn2031: is unknown"]

    record.extra = {"AddedIn2031": 1}
    assert judge(call, strayed) == []


def test_the_checks_of_the_stand_in_stop_at_a_deviation(monkeypatch: pytest.MonkeyPatch) -> None:
    api = ApiClient()
    [strayed] = [each for each in ROUTES.all() if each.template == CATEGORY]
    monkeypatch.setattr(
        ROUTES, "find", lambda path: ({"GET": replace(strayed, handler=_nameless)}, {"version": "1.90"})
    )

    with pytest.raises(AssertionError, match=r"answered \$\.Name: is missing"):
        api.get(MAYA, "le/1.90/cpd/category/11")


def _nameless(call: Call) -> Response:
    return Response({"Id": 11, "SortOrder": 1, "InUse": True})


def test_a_watch_tells_each_deviation_once(exchange: tuple[Call, Response]) -> None:
    watch = Watch()
    for _ in range(2):
        watch(sent(exchange[0], Mood=1), exchange[1])

    assert watch.told() == f"PUT {RECORD}: sent $.Mood: is unknown"
    watch.clear()
    assert (watch.calls, watch.deviations) == ([], [])


def served() -> dict[str, Action]:
    return {f"{each.method} {each.template}": each for each in ROUTES.all()}


def test_the_stand_in_answers_all_documented_actions_under_their_scopes() -> None:
    found = served()

    assert {each.name for each in ACTIONS} <= found.keys()
    for each in ACTIONS:
        beyond = set(found[each.name].scopes) - set(each.scopes.split())
        assert set(each.scopes.split()) <= set(found[each.name].scopes)
        assert beyond <= {"content:modules:read", "content:topics:read"}, "they still work, though deprecated"
