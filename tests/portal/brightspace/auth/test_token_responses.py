"""Responses of the token endpoint: tokens, errors, and whether the token sent has been used."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import requests

from portal.brightspace.auth.token_responses import TokenResponseLost, read_token_response
from portal.brightspace.errors import RateLimited, Unavailable

PAIR = {"access_token": "an-access-token", "refresh_token": "a-refresh-token", "token_type": "Bearer"}


def response(body: object, status: int = 200, **headers: str) -> requests.Response:
    made = requests.Response()
    made.status_code = status
    made._content = body.encode() if isinstance(body, str) else json.dumps(body).encode()
    made.headers.update(headers)
    return made


def test_a_pair_of_tokens_is_read_with_its_lifetime() -> None:
    assert read_token_response(response(PAIR | {"expires_in": 72000})) == PAIR | {"expires_in": 72000}


@pytest.mark.parametrize(("claimed", "seconds"), [("3600", 3600), (4.5, 4.5), ("1e3", 1000), (1e300, 31_536_000)])
def test_an_unusual_lifetime_is_read_as_seconds(claimed: object, seconds: float) -> None:
    assert read_token_response(response(PAIR | {"expires_in": claimed}))["expires_in"] == seconds


@pytest.mark.parametrize("claimed", [None, "", "soon", 0, -1, True, [], {}, float("nan"), "nan", 10**400])
def test_an_invalid_lifetime_is_left_out(claimed: object) -> None:
    assert read_token_response(response(PAIR | {"expires_in": claimed, "expires_at": "never"})) == PAIR


@pytest.mark.parametrize("error", ["invalid_grant", ["invalid_grant"], 42])
def test_an_error_code_is_returned_as_text(error: object) -> None:
    assert read_token_response(response({"error": error}, 400))["error"] == str(error)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_server_error_has_not_used_the_token(status: int) -> None:
    with pytest.raises(Unavailable):
        read_token_response(response(PAIR, status))


@pytest.mark.parametrize("status", [200, 302, 403, 404])
def test_a_web_page_has_not_used_the_token(status: int) -> None:
    with pytest.raises(Unavailable):
        read_token_response(response("<html>Back soon</html>", status, **{"Content-Type": "text/html; charset=utf-8"}))


def test_a_429_says_when_to_retry() -> None:
    with pytest.raises(RateLimited) as limited:
        read_token_response(response("", 429, **{"Retry-After": "20"}))

    assert limited.value.retry_at is not None
    assert timedelta(0) < limited.value.retry_at - datetime.now(UTC) <= timedelta(seconds=20)


@pytest.mark.parametrize(
    "body",
    ["", "null", "[]", '"token"', "7", '{"access_token":"cut', {}, {"access_token": None}, {"access_token": [1]}],
)
def test_a_200_without_a_token_may_have_used_the_token(body: object) -> None:
    with pytest.raises(TokenResponseLost):
        read_token_response(response(body))
