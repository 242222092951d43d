"""Races of sign-in and sign-out with calls of other processes."""

from collections import Counter
from itertools import chain

from tests.processes.callers import Callers

MAYA = 101
TOKEN = "/core/connect/token"


def test_a_cookie_opens_nothing_in_any_process_after_a_sign_out(callers: Callers) -> None:
    cookie = callers.first.call("sign_in", person_id=MAYA)
    pages = ["/team/", "/people/101/", "/team/?figures=0.0", "/team/export.csv"] * 3
    before = callers.call_all("open_pages", cookie=cookie, addresses=pages[:2])
    assert Counter(chain.from_iterable(before)) == {"200": 8}

    assert callers.processes[1].call("sign_out", cookie=cookie) == 200
    results = list(chain.from_iterable(callers.call_all("open_pages", cookie=cookie, addresses=pages)))
    assert len(results) >= 40
    assert [result for result in results if not result.startswith("302 /signin/?next=")] == []


def test_a_sign_out_during_a_refresh_of_another_process_leaves_no_tokens(callers: Callers) -> None:
    cookie = callers.first.call("sign_in", person_id=MAYA)
    callers.expire_tokens()
    callers.sandbox.control.add_fault("slow", route=TOKEN, delay_ms=700)
    callers.processes[1].send("who_am_i", person_id=MAYA, threads=4, seconds=8)
    callers.wait_for_refreshes(1)

    assert callers.processes[2].call("sign_out", cookie=cookie) == 200
    assert callers.processes[1].receive() == ["SignInExpired"] * 4
    assert callers.first.call("stored_tokens") == []


def test_a_sign_in_during_a_refresh_of_another_process_serves_both_processes(callers: Callers) -> None:
    callers.first.call("sign_in", person_id=MAYA)
    callers.expire_tokens()
    callers.sandbox.control.add_fault("slow", route=TOKEN, delay_ms=700, times=1)
    callers.processes[1].send("who_am_i", person_id=MAYA, threads=4, seconds=8)
    callers.wait_for_refreshes(1)
    cookie = callers.first.call("sign_in", person_id=MAYA)

    assert callers.processes[1].receive() == ["101"] * 4
    assert callers.first.call("open_pages", cookie=cookie, addresses=["/team/"]) == ["200"]
    assert callers.refreshes() == 1


def test_a_callback_opened_twice_at_once_signs_in_once(callers: Callers) -> None:
    callers.sandbox.control.add_fault("slow", route=TOKEN, delay_ms=300)
    results = sorted(callers.first.call("open_callback_twice", person_id=MAYA))

    assert results == ["302 /team/", "400"]
    assert callers.sandbox.control.token_counts()["authorization_code"] == 1
