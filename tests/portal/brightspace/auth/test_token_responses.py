"""What an answer of the token endpoint means."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import requests

from portal.brightspace.auth.token_responses import TokenResponseLost, read_token_response
from portal.brightspace.errors import RateLimited, Unavailable

PAIR = {"access_token": "an-access-token", "refresh_token": "a-refresh-token", "token_type": "Bearer"}


def answer(body: object, status: int = 200, **headers: str) -> requests.Response:
    response = requests.Response()
    response.status_code = status
    response._content = body.encode() if isinstance(body, str) else json.dumps(body).encode()
    response.headers.update(headers)
    return response


def test_a_pair_is_taken_with_its_life() -> None:
    assert read_token_response(answer(PAIR | {"expires_in": 72000})) == PAIR | {"expires_in": 72000}


@pytest.mark.parametrize(("told", "seconds"), [("3600", 3600), (4.5, 4.5), ("1e3", 1000), (1e300, 31_536_000)])
def test_an_odd_life_is_read_as_meant(told: object, seconds: float) -> None:
    assert read_token_response(answer(PAIR | {"expires_in": told}))["expires_in"] == seconds


@pytest.mark.parametrize("told", [None, "", "soon", 0, -1, True, [], {}, float("nan"), "nan", 10**400])
def test_a_life_without_a_meaning_is_left_out(told: object) -> None:
    assert read_token_response(answer(PAIR | {"expires_in": told, "expires_at": "never"})) == PAIR


@pytest.mark.parametrize("error", ["invalid_grant", ["invalid_grant"], 42])
def test_an_error_is_handed_on_as_text(error: object) -> None:
    assert read_token_response(answer({"error": error}, 400))["error"] == str(error)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_server_in_trouble_used_nothing_up(status: int) -> None:
    with pytest.raises(Unavailable):
        read_token_response(answer(PAIR, status))


@pytest.mark.parametrize("status", [200, 302, 403, 404])
def test_a_web_page_used_nothing_up(status: int) -> None:
    with pytest.raises(Unavailable):
        read_token_response(answer("<html>Back soon</html>", status, **{"Content-Type": "text/html; charset=utf-8"}))


def test_too_many_requests_says_when_to_come_back() -> None:
    with pytest.raises(RateLimited) as limited:
        read_token_response(answer("", 429, **{"Retry-After": "20"}))

    assert limited.value.retry_at is not None
    assert timedelta(0) < limited.value.retry_at - datetime.now(UTC) <= timedelta(seconds=20)


@pytest.mark.parametrize(
    "body",
    ["", "null", "[]", '"token"', "7", '{"access_token":"cut', {}, {"access_token": None}, {"access_token": [1]}],
)
def test_a_good_status_without_a_token_may_have_used_it_up(body: object) -> None:
    with pytest.raises(TokenResponseLost):
        read_token_response(answer(body))
