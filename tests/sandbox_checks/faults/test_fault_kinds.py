"""Every kind of fault on a real socket."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from email.utils import parsedate_to_datetime

import pytest
import requests

from tests.sandbox.seeds.demo_people import MAYA
from tests.sandbox_checks.registered_app import WHOAMI, RegisteredApp

RECORDS = "/d2l/api/le/1.84/cpd/record/user/201?limit=2"


@pytest.mark.parametrize("retry_after", [7, "garbage", "999999999", "date:30"])
def test_retry_after_of_a_429_is_any_value(app: RegisteredApp, retry_after: str | int) -> None:
    app.sandbox.control.add_fault("429", retry_after=retry_after)
    reply = app.get(WHOAMI)
    assert reply.status_code == 429
    value = reply.headers["Retry-After"]
    if retry_after == "date:30":
        delay_seconds = parsedate_to_datetime(value).timestamp() - time.time()
        assert 25 < delay_seconds < 31
    else:
        assert value == str(retry_after)


def test_status_502_is_a_web_page(app: RegisteredApp) -> None:
    app.sandbox.control.add_fault("502")
    reply = app.get(WHOAMI)
    assert (reply.status_code, reply.headers["Content-Type"][:9]) == (502, "text/html")


def test_html_is_200_with_a_web_page(app: RegisteredApp) -> None:
    app.sandbox.control.add_fault("html")
    reply = app.get(WHOAMI)
    assert (reply.status_code, reply.headers["Content-Type"][:9]) == (200, "text/html")


def test_cut_json_is_valid_http_with_half_of_the_json(app: RegisteredApp) -> None:
    app.sandbox.control.add_fault("cut_json")
    with pytest.raises(json.JSONDecodeError):
        json.loads(app.get(WHOAMI).text)


def test_truncated_body_ends_before_its_content_length(app: RegisteredApp) -> None:
    app.sandbox.control.add_fault("truncated")
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        app.get(WHOAMI)


@pytest.mark.parametrize(("kind", "is_done"), [("drop", False), ("drop_after", True)])
def test_dropped_connection_is_before_or_after_the_work(app: RegisteredApp, kind: str, is_done: bool) -> None:
    token = app.tokens()["refresh_token"]
    app.sandbox.control.add_fault(kind, route="/core/connect/token", times=1)
    with pytest.raises(requests.exceptions.ConnectionError):
        app.refresh(token)
    assert app.refresh(token).status_code == (400 if is_done else 200)


@pytest.mark.parametrize(("after_work", "status"), [(False, 200), (True, 400)])
def test_status_500_is_before_or_after_the_work(app: RegisteredApp, after_work: bool, status: int) -> None:
    token = app.tokens()["refresh_token"]
    app.sandbox.control.add_fault("500", route="/core/connect/token", after_work=after_work, times=1)
    assert app.refresh(token).status_code == 500
    assert app.refresh(token).status_code == status


def test_slow_response_is_delayed(app: RegisteredApp) -> None:
    app.sandbox.control.add_fault("slow", delay_ms=120)
    started = time.monotonic()
    assert app.get(WHOAMI).status_code == 200
    assert time.monotonic() - started >= 0.12


@pytest.mark.parametrize("kind", ["drip", "drip_headers"])
def test_dripping_response_arrives_byte_by_byte(app: RegisteredApp, kind: str) -> None:
    app.sandbox.control.add_fault(kind, delay_ms=1)
    started = time.monotonic()
    assert app.get(WHOAMI).json()["Identifier"] == str(MAYA)
    assert time.monotonic() - started >= 0.1


@pytest.mark.parametrize("chunked", [False, True])
def test_big_body_is_streamed_and_valid(app: RegisteredApp, chunked: bool) -> None:
    app.sandbox.control.add_fault("big", size=3_000_000, chunked=chunked)
    reply = app.get(WHOAMI)
    assert ("Content-Length" in reply.headers) is not chunked
    assert len(reply.json()["Objects"][0]) == 3_000_000


def test_big_body_is_never_whole_in_memory(app: RegisteredApp) -> None:
    app.sandbox.control.add_fault("big")
    reply = app.get(WHOAMI, stream=True)
    assert int(reply.headers["Content-Length"]) > 200_000_000
    pieces: Iterator[bytes] = reply.iter_content(65536)
    assert next(pieces).startswith(b'{"Next":null')
    reply.close()


def test_big_body_can_be_small_in_gzip(app: RegisteredApp) -> None:
    app.sandbox.control.add_fault("big", size=3_000_000, gzip=True)
    reply = app.get(WHOAMI)
    assert int(reply.headers["Content-Length"]) < 10_000
    assert len(reply.content) > 3_000_000


def test_redirect_leads_to_another_host(app: RegisteredApp) -> None:
    app.sandbox.control.add_fault("redirect", host="evil.invalid")
    reply = app.get(RECORDS)
    assert (reply.status_code, reply.headers["Location"]) == (302, f"http://evil.invalid{RECORDS}")


def test_empty_body_keeps_the_status(app: RegisteredApp) -> None:
    app.sandbox.control.add_fault("empty")
    reply = app.get(WHOAMI)
    assert (reply.status_code, reply.content) == (200, b"")


def test_wrong_type_is_json_of_another_shape(app: RegisteredApp) -> None:
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
def test_forbidden_has_every_one_of_its_shapes(app: RegisteredApp, shape: str, expected: str) -> None:
    app.sandbox.control.add_fault("forbidden", shape=shape, permission="Some.Permission")
    reply = app.get(WHOAMI)
    assert reply.status_code == 403
    assert expected in reply.text
    assert bool(reply.text) is bool(expected)


@pytest.mark.parametrize(("kind", "status"), [("not_found", 404), ("expired", 401)])
def test_not_found_and_expired_have_their_status(app: RegisteredApp, kind: str, status: int) -> None:
    app.sandbox.control.add_fault(kind)
    assert app.get(WHOAMI).json()["status"] == status


def test_next_can_have_another_host_or_none(app: RegisteredApp) -> None:
    plain = app.get(RECORDS).json()["Next"]
    path = plain.removeprefix(app.sandbox.url)
    app.sandbox.control.add_fault("next_elsewhere", host="internal:81", times=1)
    assert app.get(RECORDS).json()["Next"] == f"http://internal:81{path}"
    app.sandbox.control.add_fault("next_relative", times=1)
    assert app.get(RECORDS).json()["Next"] == path


def test_dates_can_be_without_milliseconds(app: RegisteredApp) -> None:
    app.sandbox.control.add_fault("no_milliseconds")
    for record in app.get(RECORDS).json()["Objects"]:
        assert len(record["DateCompleted"]) == len("2026-01-01T00:00:00Z")


def test_responses_can_have_unknown_fields_and_enum_values(app: RegisteredApp) -> None:
    app.sandbox.control.add_fault("extra")
    record = app.get(RECORDS).json()["Objects"][0]
    assert record["RecordStateId"] == 99
    assert "SandboxUnknown" in record


def test_responses_can_set_a_cookie_named_after_the_caller(app: RegisteredApp) -> None:
    app.sandbox.control.add_fault("set_cookie")
    assert app.get(WHOAMI).cookies["d2lSessionVal"] == f"of-{MAYA}"


def test_kept_alive_connection_can_be_closed_without_notice(app: RegisteredApp) -> None:
    app.sandbox.control.add_fault("close_silently", times=1)
    reply = app.get(WHOAMI)
    assert (reply.status_code, reply.headers.get("Connection")) == (200, None)
