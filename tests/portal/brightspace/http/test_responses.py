"""Status, headers and body become a value or the right error, however the error is dressed."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from requests.structures import CaseInsensitiveDict

from portal.brightspace.codec.json import decode
from portal.brightspace.errors import (
    BrightspaceError,
    Conflict,
    Gone,
    NotFound,
    NotPermitted,
    RateLimited,
    Refused,
    ScopeMissing,
    TokenRejected,
    Unavailable,
    UnexpectedResponse,
)
from portal.brightspace.http.responses import MAX_RETRY_AFTER, Response, error_for, parse_response, retry_after_time

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
NOT_AUTHORIZED = (
    b'{"type":"http://docs.valence.desire2learn.com/res/apiprop.html#not-authorized",'
    b'"title":"Not Authorized","status":403,"detail":"Not authorized for '
    b'[ orgUnitId: 111111, securityVariableName: Quizzing.SeeQuizzing ]"}'
)


def reply(status: int, body: bytes = b"", **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(status, CaseInsensitiveDict(named), body)


def error_of(status: int, body: bytes = b"", **headers: str) -> BrightspaceError:
    error = error_for(reply(status, body, **headers), NOW)
    assert error is not None
    return error


def test_a_good_reply_is_read() -> None:
    value = parse_response(reply(200, b'{"a":1}'), lambda body: decode(body, dict[str, int]), NOW)
    assert value == {"a": 1}
    assert parse_response(reply(204), lambda body: None, NOW) is None


@pytest.mark.parametrize("kind", ["application/json", "application/problem+json", "text/html"])
def test_a_permission_refusal_names_permission_and_org_unit(kind: str) -> None:
    error = error_of(403, NOT_AUTHORIZED, Content_Type=kind)
    assert isinstance(error, NotPermitted)
    assert (error.permission, error.org_unit_id) == ("Quizzing.SeeQuizzing", 111111)
    assert "Quizzing.SeeQuizzing" in error.message


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"Forbidden",
        b"Invalid Token",
        b"<html><body>Not authorized</body></html>",
        b'{"Errors":[{"Message":"Not Authorized"}]}',
        b'{"Error":null}',
        b"[]",
        b"{",
        b"\xff\xfe",
        b"[" * 60_000,
    ],
)
def test_any_other_403_is_a_missing_right_and_never_a_lost_sign_in(body: bytes) -> None:
    error = error_of(403, body, Content_Type="text/html")
    assert isinstance(error, NotPermitted)
    assert (error.permission, error.org_unit_id) == (None, None)


@pytest.mark.parametrize(
    ("body", "scope"),
    [
        (b'{"Error":"Insufficient scope to call GET users"}', None),
        (
            b'{"Error":"Insufficient scope to call; needs cpd:records:read"}',
            "cpd:records:read",
        ),
        (b"Insufficient scope to call this. Required: core:*:*", "core:*:*"),
        (b"<p>Insufficient scope to call</p>", None),
        (
            b'{"Errors":[{"Message":"No scopes defined for specified requests."}]}',
            "core:*:*",
        ),
    ],
)
def test_a_missing_scope_is_told_from_a_missing_right(body: bytes, scope: str | None) -> None:
    error = error_of(403, body)
    assert isinstance(error, ScopeMissing)
    assert error.scope == scope


def test_a_scope_named_in_the_header_is_found() -> None:
    header = 'Bearer error="insufficient_scope", scope="users:profile:read"'
    error = error_of(403, b"", WWW_Authenticate=header)
    assert isinstance(error, ScopeMissing)
    assert error.scope == "users:profile:read"


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (301, UnexpectedResponse),
        (304, UnexpectedResponse),
        (400, Refused),
        (401, TokenRejected),
        (404, NotFound),
        (409, Conflict),
        (410, Gone),
        (415, Refused),
        (422, Refused),
        (408, Unavailable),
        (429, RateLimited),
        (500, Unavailable),
        (599, Unavailable),
    ],
)
def test_each_status_has_its_error(status: int, kind: type[BrightspaceError]) -> None:
    assert type(error_of(status, b"<html>")) is kind


@given(
    st.integers(100, 599),
    st.binary(max_size=200),
    st.sampled_from(["text/html", "application/json"]),
)
def test_no_reply_whatsoever_raises_anything_but_ours(status: int, body: bytes, kind: str) -> None:
    given_reply = reply(status, body, Content_Type=kind)
    with suppress(BrightspaceError):
        parse_response(given_reply, lambda data: decode(data, list[int]), NOW)
    error = error_for(given_reply, NOW)
    assert (error is None) == (200 <= status < 300)


def test_refused_input_keeps_brightspaces_reason_and_the_fields() -> None:
    problem = error_of(
        400,
        b'{"title":"Invalid Parameters","detail":"limit must be below 200","errors":{"limit":["too high"]}}',
    )
    assert isinstance(problem, Refused)
    assert (problem.detail, problem.fields) == (
        "limit must be below 200",
        {"limit": "too high"},
    )
    listed = error_of(409, b'{"Errors":[{"Field":"Name","Message":"is taken"}]}')
    assert isinstance(listed, Conflict)
    assert listed.fields == {"Name": "is taken"}
    assert "is taken" in listed.message


def test_a_reason_is_made_safe_to_show() -> None:
    token = "eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJzdWIiOiIxNyJ9.c2lnbmF0dXJl"
    said = f"Bad <b>token</b> {token} at https://inside.example/x \u202e\x00 {'long ' * 100}"
    error = error_of(400, said.encode())
    assert isinstance(error, Refused)
    assert error.detail.startswith("Bad token")
    assert len(error.detail) <= 200
    for forbidden in (token, "inside.example", "<b>", "\u202e", "\x00"):
        assert forbidden not in error.message
    page = error_of(400, b"<html><script>x</script></html>", Content_Type="text/html")
    assert isinstance(page, Refused)
    assert page.detail == ""


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0),
        ("30", 30),
        (" 1.5 ", 1.5),
        ("Sat, 21 Nov 2026 12:00:45 GMT", 45),
        ("Sat, 21 Nov 2026 11:00:00 GMT", 0),
        ("86400", MAX_RETRY_AFTER.total_seconds()),
        ("9" * 400, MAX_RETRY_AFTER.total_seconds()),
        ("Sat, 21 Nov 9999 12:00:00 GMT", MAX_RETRY_AFTER.total_seconds()),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date_and_capped(value: str, seconds: float) -> None:
    assert retry_after_time({"Retry-After": value}, NOW) == NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize("value", ["", "soon", "-5", "1e9", "٣", "Sat, 99 Xyz", "NaN", "\x00"])
def test_garbage_in_retry_after_says_nothing(value: str) -> None:
    assert retry_after_time({"Retry-After": value}, NOW) is None


@given(st.text())
def test_no_retry_after_breaks_anything(value: str) -> None:
    until = retry_after_time({"Retry-After": value}, NOW)
    assert until is None or NOW <= until <= NOW + MAX_RETRY_AFTER


def test_a_limit_without_retry_after_ends_with_the_next_refill() -> None:
    assert error_of(429).retry_at == NOW + timedelta(minutes=1)
    assert error_of(429, b"", X_Rate_Limit_Reset="12").retry_at == NOW + timedelta(seconds=12)


@pytest.mark.parametrize("body", [b"<html></html>", b"  <!doctype html>"])
def test_a_page_in_place_of_data_is_named_as_one(body: bytes) -> None:
    with pytest.raises(UnexpectedResponse, match="web page"):
        parse_response(reply(200, body), lambda data: decode(data, dict), NOW)


def test_the_wrong_shape_is_named_by_place_and_not_by_content() -> None:
    with pytest.raises(UnexpectedResponse) as caught:
        parse_response(reply(200, b'["secret"]'), lambda data: decode(data, list[int]), NOW)
    assert "$[0]" in caught.value.reason
    assert "secret" not in caught.value.reason
    assert "$" not in caught.value.message
