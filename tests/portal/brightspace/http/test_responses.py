"""Responses become a value or the right error, whatever the format of the error's body."""

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


def response(status: int, body: bytes = b"", **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(status, CaseInsensitiveDict(named), body)


def error_of(status: int, body: bytes = b"", **headers: str) -> BrightspaceError:
    error = error_for(response(status, body, **headers), NOW)
    assert error is not None
    return error


def test_a_successful_response_is_read() -> None:
    value = parse_response(response(200, b'{"a":1}'), lambda body: decode(body, dict[str, int]), NOW)
    assert value == {"a": 1}
    assert parse_response(response(204), lambda body: None, NOW) is None


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
def test_any_other_403_is_a_missing_permission_and_no_expired_sign_in(body: bytes) -> None:
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
def test_a_missing_scope_is_distinguished_from_a_missing_permission(body: bytes, scope: str | None) -> None:
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
def test_every_response_is_read_or_raises_a_brightspace_error(status: int, body: bytes, kind: str) -> None:
    given_response = response(status, body, Content_Type=kind)
    with suppress(BrightspaceError):
        parse_response(given_response, lambda data: decode(data, list[int]), NOW)
    error = error_for(given_response, NOW)
    assert (error is None) == (200 <= status < 300)


def test_refused_input_has_brightspaces_reason_and_the_fields() -> None:
    refused = error_of(
        400,
        b'{"title":"Invalid Parameters","detail":"limit must be below 200","errors":{"limit":["too high"]}}',
    )
    assert isinstance(refused, Refused)
    assert (refused.detail, refused.fields) == (
        "limit must be below 200",
        {"limit": "too high"},
    )
    conflict = error_of(409, b'{"Errors":[{"Field":"Name","Message":"is taken"}]}')
    assert isinstance(conflict, Conflict)
    assert conflict.fields == {"Name": "is taken"}
    assert "is taken" in conflict.message


def test_a_reason_is_made_safe_to_show() -> None:
    token = "eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJzdWIiOiIxNyJ9.c2lnbmF0dXJl"
    text = f"Bad <b>token</b> {token} at https://inside.example/x \u202e\x00 {'long ' * 100}"
    error = error_of(400, text.encode())
    assert isinstance(error, Refused)
    assert error.detail.startswith("Bad token")
    assert len(error.detail) <= 200
    for forbidden in (token, "inside.example", "<b>", "\u202e", "\x00"):
        assert forbidden not in error.message
    web_page = error_of(400, b"<html><script>x</script></html>", Content_Type="text/html")
    assert isinstance(web_page, Refused)
    assert web_page.detail == ""


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
def test_an_invalid_retry_after_is_ignored(value: str) -> None:
    assert retry_after_time({"Retry-After": value}, NOW) is None


@given(st.text())
def test_every_retry_after_is_ignored_or_within_the_maximum(value: str) -> None:
    until = retry_after_time({"Retry-After": value}, NOW)
    assert until is None or NOW <= until <= NOW + MAX_RETRY_AFTER


def test_a_limit_without_retry_after_ends_when_credits_are_renewed() -> None:
    assert error_of(429).retry_at == NOW + timedelta(minutes=1)
    assert error_of(429, b"", X_Rate_Limit_Reset="12").retry_at == NOW + timedelta(seconds=12)


@pytest.mark.parametrize("body", [b"<html></html>", b"  <!doctype html>"])
def test_a_web_page_instead_of_data_is_named_as_one(body: bytes) -> None:
    with pytest.raises(UnexpectedResponse, match="web page"):
        parse_response(response(200, body), lambda data: decode(data, dict), NOW)


def test_an_unexpected_type_is_named_by_its_place_and_not_by_its_content() -> None:
    with pytest.raises(UnexpectedResponse) as caught:
        parse_response(response(200, b'["secret"]'), lambda data: decode(data, list[int]), NOW)
    assert "$[0]" in caught.value.reason
    assert "secret" not in caught.value.reason
    assert "$" not in caught.value.message
