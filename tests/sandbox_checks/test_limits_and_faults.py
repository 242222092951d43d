"""Credits, and every fault on a real socket."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest
import requests

import tests.sandbox as package
from tests.sandbox.faults.kinds import KINDS
from tests.sandbox_checks.conftest import ANA, MAYA, App

WHOAMI = "/d2l/api/lp/1.50/users/whoami"
RECORDS = "/d2l/api/le/1.84/cpd/record/user/201?limit=2"
RECORDS_ROUTE = "/d2l/api/le/(version)/cpd/record/user/(userId)"
PROGRESS = "/d2l/api/le/1.84/cpd/target/progress/user/{}"
RATE_HEADERS = ("X-Rate-Limit-Remaining", "X-Rate-Limit-Reset", "X-Request-Cost")


def test_normal_replies_carry_the_three_rate_headers(app: App) -> None:
    first, second = app.get(WHOAMI), app.get(WHOAMI)
    assert first.headers["X-Request-Cost"] == "10"
    assert first.headers["X-Rate-Limit-Remaining"] == "49990"
    assert second.headers["X-Rate-Limit-Remaining"] == "49980"
    assert 1 <= int(first.headers["X-Rate-Limit-Reset"]) <= 60


def test_an_empty_bucket_is_a_429_for_everybody_until_it_is_refilled(app: App) -> None:
    app.sandbox.control.set_switches(credit_limit=20, credit_window_seconds=0.5)
    ana = app.sandbox.control.issue_access_token(ANA)
    assert [app.get(WHOAMI).status_code for _ in range(2)] == [200, 200]
    refused = app.get(WHOAMI, ana)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "1")
    assert not any(header in refused.headers for header in RATE_HEADERS)
    time.sleep(0.5)
    assert app.get(WHOAMI, ana).status_code == 200


def test_an_app_on_the_safe_list_sees_no_limit_and_no_headers(app: App) -> None:
    app.sandbox.control.set_switches(rate_limiting=False, credit_limit=0)
    reply = app.get(WHOAMI)
    assert reply.status_code == 200
    assert not any(header in reply.headers for header in RATE_HEADERS)


def test_a_fault_befalls_as_often_as_it_was_told_and_later_ones_wait_their_turn(app: App) -> None:
    app.sandbox.control.add_fault("500", times=1)
    app.sandbox.control.add_fault("503", times=2)
    assert [app.get(WHOAMI).status_code for _ in range(4)] == [500, 503, 503, 200]


@pytest.mark.parametrize(
    ("filters", "hit", "spared"),
    [
        ({"route": RECORDS_ROUTE}, RECORDS, WHOAMI),
        ({"path": r"limit=2$"}, RECORDS, RECORDS.replace("2", "1", 1)),
        ({"subject": ANA}, PROGRESS.format(ANA), PROGRESS.format(202)),
        ({"subject": ANA}, f"/d2l/api/le/1.84/overdueItems/?userId={ANA}", WHOAMI),
    ],
)
def test_a_fault_can_be_limited_to_some_requests(app: App, filters: dict[str, Any], hit: str, spared: str) -> None:
    app.sandbox.control.add_fault("500", **filters)
    assert app.get(hit).status_code == 500
    assert app.get(spared).status_code != 500


def test_a_fault_can_be_limited_to_a_method_and_a_caller(app: App) -> None:
    app.sandbox.control.add_fault("500", caller=ANA, method="GET")
    assert app.get(WHOAMI).status_code == 200
    ana = app.sandbox.control.issue_access_token(ANA)
    assert app.get(WHOAMI, ana).status_code == 500
    assert app.get(WHOAMI, ana, method="PUT").status_code == 405


@pytest.mark.parametrize("retry_after", [7, "garbage", "999999999", "date:30"])
def test_a_429_carries_whatever_retry_after_is_asked_for(app: App, retry_after: str | int) -> None:
    app.sandbox.control.add_fault("429", retry_after=retry_after)
    reply = app.get(WHOAMI)
    assert reply.status_code == 429
    value = reply.headers["Retry-After"]
    if retry_after == "date:30":
        wait = parsedate_to_datetime(value).timestamp() - time.time()
        assert 25 < wait < 31
    else:
        assert value == str(retry_after)


def test_a_502_is_a_web_page(app: App) -> None:
    app.sandbox.control.add_fault("502")
    reply = app.get(WHOAMI)
    assert (reply.status_code, reply.headers["Content-Type"][:9]) == (502, "text/html")


def test_html_comes_with_200_in_place_of_json(app: App) -> None:
    app.sandbox.control.add_fault("html")
    reply = app.get(WHOAMI)
    assert (reply.status_code, reply.headers["Content-Type"][:9]) == (200, "text/html")


def test_cut_json_is_whole_http_and_half_json(app: App) -> None:
    app.sandbox.control.add_fault("cut_json")
    with pytest.raises(json.JSONDecodeError):
        json.loads(app.get(WHOAMI).text)


def test_a_truncated_body_ends_before_its_content_length(app: App) -> None:
    app.sandbox.control.add_fault("truncated")
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        app.get(WHOAMI)


@pytest.mark.parametrize(("kind", "done"), [("drop", False), ("drop_after", True)])
def test_a_dropped_connection_has_or_has_not_done_the_work(app: App, kind: str, done: bool) -> None:
    token = app.tokens()["refresh_token"]
    app.sandbox.control.add_fault(kind, route="/core/connect/token", times=1)
    with pytest.raises(requests.exceptions.ConnectionError):
        app.refresh(token)
    assert app.refresh(token).status_code == (400 if done else 200)


@pytest.mark.parametrize(("after_work", "status"), [(False, 200), (True, 400)])
def test_a_500_comes_before_or_after_the_work(app: App, after_work: bool, status: int) -> None:
    token = app.tokens()["refresh_token"]
    app.sandbox.control.add_fault("500", route="/core/connect/token", after_work=after_work, times=1)
    assert app.refresh(token).status_code == 500
    assert app.refresh(token).status_code == status


def test_token_endpoint_faults_can_be_limited_to_a_caller(app: App) -> None:
    mayas, anas = app.tokens(MAYA)["refresh_token"], app.tokens(ANA)["refresh_token"]
    app.sandbox.control.add_fault("html", route="/core/connect/token", caller=ANA)
    assert app.refresh(mayas).headers["Content-Type"] == "application/json"
    assert app.refresh(anas).headers["Content-Type"].startswith("text/html")


def test_the_authorize_page_can_fail_too(app: App) -> None:
    app.sandbox.control.add_fault("503", route="/oauth2/auth", times=1)
    assert requests.get(app.authorize_url(), timeout=10).status_code == 503
    assert requests.get(app.authorize_url(), timeout=10).status_code == 200


def test_a_slow_answer_takes_its_time_and_comes(app: App) -> None:
    app.sandbox.control.add_fault("slow", delay_ms=120)
    started = time.monotonic()
    assert app.get(WHOAMI).status_code == 200
    assert time.monotonic() - started >= 0.12


@pytest.mark.parametrize("kind", ["drip", "drip_headers"])
def test_a_dripping_answer_arrives_byte_by_byte(app: App, kind: str) -> None:
    app.sandbox.control.add_fault(kind, delay_ms=1)
    started = time.monotonic()
    assert app.get(WHOAMI).json()["Identifier"] == str(MAYA)
    assert time.monotonic() - started >= 0.1


@pytest.mark.parametrize("chunked", [False, True])
def test_a_big_body_is_streamed_and_valid(app: App, chunked: bool) -> None:
    app.sandbox.control.add_fault("big", size=3_000_000, chunked=chunked)
    reply = app.get(WHOAMI)
    assert ("Content-Length" in reply.headers) is not chunked
    assert len(reply.json()["Objects"][0]) == 3_000_000


def test_a_big_body_is_never_held_whole(app: App) -> None:
    app.sandbox.control.add_fault("big")
    reply = app.get(WHOAMI, stream=True)
    assert int(reply.headers["Content-Length"]) > 200_000_000
    pieces: Iterator[bytes] = reply.iter_content(65536)
    assert next(pieces).startswith(b'{"Next":null')
    reply.close()


def test_a_big_body_can_hide_in_a_small_gzip(app: App) -> None:
    app.sandbox.control.add_fault("big", size=3_000_000, gzip=True)
    reply = app.get(WHOAMI)
    assert int(reply.headers["Content-Length"]) < 10_000
    assert len(reply.content) > 3_000_000


def test_a_redirect_points_to_another_host(app: App) -> None:
    app.sandbox.control.add_fault("redirect", host="evil.invalid")
    reply = app.get(RECORDS)
    assert (reply.status_code, reply.headers["Location"]) == (302, f"http://evil.invalid{RECORDS}")


def test_an_empty_body_keeps_the_status(app: App) -> None:
    app.sandbox.control.add_fault("empty")
    reply = app.get(WHOAMI)
    assert (reply.status_code, reply.content) == (200, b"")


def test_wrong_type_is_json_of_another_shape(app: App) -> None:
    app.sandbox.control.add_fault("wrong_type")
    assert isinstance(app.get(WHOAMI).json(), list)
    assert isinstance(app.get("/d2l/api/versions/").json(), dict)


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ("not_authorized", "securityVariableName: Some.Permission ]"),
        ("insufficient_scope", '{"Error":"Insufficient scope to call'),
        ("no_scopes", "No scopes defined for specified requests."),
        ("errors", '{"Errors":[{"Message":'),
        ("html", "<!DOCTYPE html>"),
        ("empty", ""),
    ],
)
def test_a_403_comes_in_each_of_its_shapes(app: App, shape: str, expected: str) -> None:
    app.sandbox.control.add_fault("forbidden", shape=shape, permission="Some.Permission")
    reply = app.get(WHOAMI)
    assert reply.status_code == 403
    assert expected in reply.text
    assert bool(reply.text) is bool(expected)


@pytest.mark.parametrize(("kind", "status"), [("not_found", 404), ("expired", 401)])
def test_a_thing_can_be_missing_and_a_token_expired_by_fault(app: App, kind: str, status: int) -> None:
    app.sandbox.control.add_fault(kind)
    assert app.get(WHOAMI).json()["status"] == status


def test_next_can_name_another_host_or_none(app: App) -> None:
    plain = app.get(RECORDS).json()["Next"]
    path = plain.removeprefix(app.sandbox.url)
    app.sandbox.control.add_fault("next_elsewhere", host="internal:81", times=1)
    assert app.get(RECORDS).json()["Next"] == f"http://internal:81{path}"
    app.sandbox.control.add_fault("next_relative", times=1)
    assert app.get(RECORDS).json()["Next"] == path


def test_dates_can_come_without_milliseconds(app: App) -> None:
    app.sandbox.control.add_fault("no_milliseconds")
    for record in app.get(RECORDS).json()["Objects"]:
        assert len(record["DateCompleted"]) == len("2026-01-01T00:00:00Z")


def test_answers_can_hold_unknown_fields_and_enum_values(app: App) -> None:
    app.sandbox.control.add_fault("extra")
    record = app.get(RECORDS).json()["Objects"][0]
    assert record["RecordStateId"] == 99
    assert "SandboxUnknown" in record


def test_answers_can_set_a_cookie_named_after_the_caller(app: App) -> None:
    app.sandbox.control.add_fault("set_cookie")
    assert app.get(WHOAMI).cookies["d2lSessionVal"] == f"of-{MAYA}"


def test_a_kept_alive_connection_can_be_closed_without_a_word(app: App) -> None:
    app.sandbox.control.add_fault("close_silently", times=1)
    reply = app.get(WHOAMI)
    assert (reply.status_code, reply.headers.get("Connection")) == (200, None)


def test_delays_and_changes_add_up(app: App) -> None:
    app.sandbox.control.add_fault("slow", delay_ms=50)
    app.sandbox.control.add_fault("extra")
    app.sandbox.control.add_fault("set_cookie")
    reply = app.get(WHOAMI)
    assert reply.elapsed.total_seconds() >= 0.05
    assert "SandboxUnknown" in reply.json()
    assert reply.cookies


def test_latency_applies_everywhere_or_to_one_route(app: App) -> None:
    app.sandbox.control.set_latency(60, route="/d2l/api/lp/(version)/users/whoami")
    assert app.get(WHOAMI).elapsed.total_seconds() >= 0.06
    assert app.get(RECORDS).elapsed.total_seconds() < 0.06
    app.sandbox.control.set_latency(60)
    assert app.get(RECORDS).elapsed.total_seconds() >= 0.06


@pytest.mark.parametrize(
    ("kind", "options"),
    [("nonsense", {}), ("500", {"colour": "red"}), ("forbidden", {"shape": "round"})],
)
def test_a_fault_that_makes_no_sense_is_refused(app: App, kind: str, options: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"fault|shape"):
        app.sandbox.control.add_fault(kind, **options)
    assert app.sandbox.control.faults() == []


def test_the_readme_names_every_kind_of_fault() -> None:
    readme = (Path(str(package.__file__)).parent / "README.md").read_text()
    assert [kind for kind in KINDS if f"`{kind}`" not in readme] == []


def test_the_readme_names_every_switch(app: App) -> None:
    readme = (Path(str(package.__file__)).parent / "README.md").read_text()
    switches = app.sandbox.control.switches()
    assert [name for name in switches if f"`{name}`" not in readme] == []
