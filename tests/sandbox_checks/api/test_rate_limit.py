"""Rate limiting by credits."""

from __future__ import annotations

from tests.sandbox.seeds.demo_people import ANA, MAYA
from tests.sandbox_checks.api_client import ApiClient
from tests.sandbox_checks.registered_app import WHOAMI, RegisteredApp

RATE_HEADERS = ("X-Rate-Limit-Remaining", "X-Rate-Limit-Reset", "X-Request-Cost")


def test_normal_responses_have_the_three_rate_headers(app: RegisteredApp) -> None:
    first, second = app.get(WHOAMI), app.get(WHOAMI)
    assert first.headers["X-Request-Cost"] == "10"
    assert first.headers["X-Rate-Limit-Remaining"] == "49990"
    assert second.headers["X-Rate-Limit-Remaining"] == "49980"
    assert 1 <= int(first.headers["X-Rate-Limit-Reset"]) <= 60


def test_spent_credits_are_a_429_for_everybody_until_the_next_window(api: ApiClient) -> None:
    seconds = 1000.0
    api.state.rate_limit.clock = lambda: seconds
    api.state.switches.credit_limit, api.state.switches.credit_window_seconds = 20, 0.5
    assert [api.get(MAYA, "lp/1.50/users/whoami").status for _ in range(2)] == [200, 200]
    refused = api.get(ANA, "lp/1.50/users/whoami")
    assert (refused.status, refused.headers["Retry-After"]) == (429, "1")
    assert not any(header in refused.headers for header in RATE_HEADERS)
    seconds += 0.5
    assert api.get(ANA, "lp/1.50/users/whoami").status == 200


def test_app_on_the_safe_list_has_no_limit_and_no_headers(app: RegisteredApp) -> None:
    app.sandbox.control.set_switches(rate_limiting=False, credit_limit=0)
    reply = app.get(WHOAMI)
    assert reply.status_code == 200
    assert not any(header in reply.headers for header in RATE_HEADERS)
