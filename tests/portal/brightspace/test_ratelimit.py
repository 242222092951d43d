"""The rate limit: one 429 stops all processes, and background work stays within its share."""

import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from django.db.models import Sum
from django.test import Client
from pytest_django import Settings

from portal.brightspace.errors import RateLimited
from portal.brightspace.gateway import Gateway
from portal.brightspace.models import BackgroundSpend
from portal.brightspace.ratelimit import (
    CREDITS_PER_CALL,
    RateLimit,
    charge_background,
    rate_limit,
    reserve_for_background,
)
from portal.team.gathering import gathered_team
from portal.team.tasks import warm_team
from tests.conftest import HELENA, MAYA
from tests.portal.sign_in_steps import callback_url, new_browser
from tests.processes.own_site import outputs_of, own_site
from tests.sandbox.server import Sandbox

PROGRESS = "/d2l/api/le/(version)/cpd/target/progress/user/(userId)"
PAGES = ["/team/?wait=1", "/team/export.csv", "/people/201/?panel=cpd", "/people/201/?panel=content"]
MAX_CALLS_UNDER_WAY = 16  # when the first 429 arrives


def is_granted(calls: int) -> bool:
    try:
        reserve_for_background(calls)
    except RateLimited:
        return False
    return True


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "headers", "seconds"),
    [
        (429, {"Retry-After": "30"}, 30),
        (429, {"Retry-After": "a date"}, 40),
        (429, {"X-Rate-Limit-Reset": "20"}, 20),
        (429, {}, 5),
        (429, {"Retry-After": "soon"}, 5),
        (429, {"Retry-After": "9" * 30}, 900),
        (200, {"X-Rate-Limit-Remaining": "9", "X-Rate-Limit-Reset": "12"}, 12),
        (200, {"X-Rate-Limit-Remaining": "0"}, 5),
    ],
)
def test_a_limit_forbids_calls_until_it_is_over(status: int, headers: dict[str, str], seconds: int) -> None:
    limit, http_date = RateLimit(), format_datetime(datetime.now(UTC) + timedelta(seconds=40), usegmt=True)
    limit.note({name: http_date if value == "a date" else value for name, value in headers.items()}, status)

    with pytest.raises(RateLimited) as caught:
        limit.check()
    assert caught.value.retry_at is not None
    left = caught.value.retry_at - datetime.now(UTC)
    assert seconds - 3 < left.total_seconds() <= seconds


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (200, {}),
        (200, {"X-Rate-Limit-Remaining": "10", "X-Rate-Limit-Reset": "60"}),
        (200, {"X-Rate-Limit-Remaining": "plenty"}),
        (200, {"X-Rate-Limit-Remaining": "-1"}),
        (503, {"Retry-After": "30"}),
        (429, {"Retry-After": "0"}),
    ],
)
def test_other_responses_set_no_limit(status: int, headers: dict[str, str]) -> None:
    limit = RateLimit()
    limit.note(headers, status)

    limit.check()


@pytest.mark.django_db
def test_a_published_limit_holds_in_other_processes() -> None:
    first, second = RateLimit(), RateLimit()
    first.note({"Retry-After": "30"}, 429)
    second.check()
    first.publish()

    with pytest.raises(RateLimited):
        second.check()


def test_a_429_stops_all_calls_and_every_page_says_until_when(maya: Client, sandbox: Sandbox) -> None:
    sandbox.control.add_fault("429", route=PROGRESS, retry_after="40", times=1)
    maya.get(PAGES[0])
    rate_limit.clear()  # as in another process, which knows only the published limit
    sandbox.control.clear_requests()
    pages = {address: maya.get(address) for address in PAGES}

    assert sandbox.control.requests() == []
    assert {page.status_code for page in pages.values()} == {200}
    for address in (PAGES[0], PAGES[2], PAGES[3]):
        assert "Try again in " in pages[address].content.decode(), address
        assert " seconds." in pages[address].content.decode(), address


def test_sign_in_obeys_the_limit(maya: Client, sandbox: Sandbox) -> None:
    sandbox.control.add_fault("429", route=PROGRESS, retry_after="40", times=1)
    maya.get(PAGES[0])
    other_browser = new_browser()
    callback = callback_url(other_browser, HELENA)
    sandbox.control.clear_requests()
    page = other_browser.get(callback)

    assert page.status_code == 503
    assert "Brightspace is being asked too much" in page.content.decode()
    assert sandbox.control.requests(path="/d2l/") == []


def test_a_limit_met_by_a_fan_out_stops_the_calls_not_begun(maya: Client, sandbox: Sandbox) -> None:
    sandbox.control.add_fault("429", retry_after="40", path="cpd|overdue|orgUnits")
    maya.get(PAGES[0])

    assert 1 < len(sandbox.control.requests()) <= MAX_CALLS_UNDER_WAY + 2


def test_a_roster_that_meets_the_limit_leads_to_a_page_with_retry_after(maya: Client, sandbox: Sandbox) -> None:
    sandbox.control.add_fault("429", retry_after="40")
    page = maya.get("/team/")

    assert page.status_code == 503
    assert 30 <= int(page["Retry-After"]) <= 40
    assert "Brightspace is being asked too much" in page.content.decode()


def test_a_limit_that_is_over_permits_calls_again(
    maya: Client, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox.control.add_fault("429", route=PROGRESS, retry_after="40", times=1)
    limited_page = maya.get(PAGES[0]).content.decode()
    later = time.time() + 40
    monkeypatch.setattr("time.time", lambda: later)
    page = maya.get(PAGES[0]).content.decode()

    assert "asked too much" in limited_page
    assert "asked too much" not in page
    assert 'data-waiting="0"' in page


@pytest.mark.parametrize(
    "switches", [{"credit_headers": False}, {"rate_limiting": False}], ids=["no headers", "no limit"]
)
def test_a_site_without_credit_headers_is_read_in_full(
    maya: Client, sandbox: Sandbox, switches: dict[str, bool]
) -> None:
    sandbox.control.set_switches(**switches)

    assert 'data-waiting="0"' in maya.get(PAGES[0]).content.decode()


def test_spent_credits_stop_further_calls(maya: Client, sandbox: Sandbox) -> None:
    sandbox.control.set_switches(credit_limit=300)
    for _ in range(3):
        assert maya.get(PAGES[0]).status_code == 200

    assert 100 < sum(request.credits for request in sandbox.control.requests()) <= 300
    assert len(sandbox.control.requests(status=429)) <= MAX_CALLS_UNDER_WAY


@pytest.mark.django_db
def test_the_background_share_of_a_minute_is_granted_once(settings: Settings) -> None:
    settings.BRIGHTSPACE_CREDITS_A_MINUTE, settings.PORTAL_BACKGROUND_SHARE = 1000, 0.4
    granted = sum(is_granted(1) for _ in range(100))
    spent = list(BackgroundSpend.objects.values_list("credits", flat=True))  # two, if a minute has just begun

    assert max(spent) == 400
    assert CREDITS_PER_CALL * granted == sum(spent)


@pytest.mark.django_db
def test_a_reservation_above_the_share_is_refused_until_the_next_minute(settings: Settings) -> None:
    settings.BRIGHTSPACE_CREDITS_A_MINUTE, settings.PORTAL_BACKGROUND_SHARE = 1000, 0.4

    with pytest.raises(RateLimited) as caught:
        reserve_for_background(41)
    assert caught.value.retry_at is not None
    assert caught.value.retry_at.second == 0


@pytest.mark.django_db
def test_charged_calls_count_towards_the_share(settings: Settings) -> None:
    settings.BRIGHTSPACE_CREDITS_A_MINUTE, settings.PORTAL_BACKGROUND_SHARE = 1000, 0.4
    assert is_granted(1)
    charge_background(40)

    assert not is_granted(40)


def test_the_worker_stays_within_its_share_and_goes_on_in_the_next_minute(
    maya: Client, sandbox: Sandbox, settings: Settings
) -> None:
    settings.BRIGHTSPACE_CREDITS_A_MINUTE, settings.PORTAL_BACKGROUND_SHARE = 1000, 0.4
    runs = 0
    while sandbox.control.requests() or not runs:
        runs += 1
        sandbox.control.clear_requests()
        BackgroundSpend.objects.all().delete()  # a minute later
        warm_team(MAYA)
        spent = list(BackgroundSpend.objects.values_list("credits", flat=True))
        assert all(credits <= 400 for credits in spent)
        assert CREDITS_PER_CALL * len(sandbox.control.requests()) <= sum(spent)

    assert runs > 3
    assert gathered_team(Gateway(MAYA)).complete


def test_retries_of_the_worker_are_charged(maya: Client, sandbox: Sandbox) -> None:
    sandbox.control.add_fault("500", route=PROGRESS)
    warm_team(MAYA)
    spent = BackgroundSpend.objects.aggregate(all=Sum("credits"))["all"]

    assert len(sandbox.control.requests(route=PROGRESS)) > 12
    assert spent >= CREDITS_PER_CALL * len(sandbox.control.requests())


def test_pages_are_independent_of_the_workers_share(maya: Client, settings: Settings) -> None:
    settings.BRIGHTSPACE_CREDITS_A_MINUTE, settings.PORTAL_BACKGROUND_SHARE = 10, 0.01

    assert 'data-waiting="0"' in maya.get(PAGES[0]).content.decode()


RESERVE_IN_4_THREADS = """
from django.db import connection
from django.utils import timezone
from concurrent.futures import ThreadPoolExecutor
from portal.brightspace.ratelimit import reserve_for_background
from portal.brightspace.errors import RateLimited

def take(_):
    taken = []
    for _ in range(20):
        try:
            minute = f"{timezone.now():%H:%M}"
            reserve_for_background(1)
            taken.append(minute)
        except RateLimited:
            pass
    connection.close()
    return taken

input()
with ThreadPoolExecutor(4) as pool:
    for taken in pool.map(take, range(4)):
        for minute in taken:
            print(minute)
"""


def test_several_workers_together_stay_within_one_share(sandbox: Sandbox, tmp_path: Path) -> None:
    site = own_site(tmp_path, sandbox, BRIGHTSPACE_CREDITS_A_MINUTE="1000", PORTAL_BACKGROUND_SHARE="0.4")
    taken = Counter(outputs_of([site.run_code(RESERVE_IN_4_THREADS) for _ in range(2)]))

    assert taken.total() >= 40
    assert taken.total() <= 40 * len(taken)
