"""Races for a refresh: many threads and processes that find a token expired make exactly one."""

from collections import Counter
from itertools import chain

from tests.processes.callers import Callers

MAYA = 101


def call_in_all_threads(callers: Callers, threads: int, seconds: float = 8) -> Counter[str]:
    """The results of a call by so many threads in each of the four processes at once."""
    return Counter(chain.from_iterable(callers.call_all("who_am_i", person_id=MAYA, threads=threads, seconds=seconds)))


def test_64_callers_in_4_processes_make_one_refresh(callers: Callers) -> None:
    cookie = callers.first.call("sign_in", person_id=MAYA)
    callers.expire_tokens()

    assert call_in_all_threads(callers, threads=16) == {"101": 64}
    assert callers.refreshes() == 1
    assert callers.first.call("open_pages", cookie=cookie, addresses=["/team/"]) == ["200"]


def test_64_pages_in_4_processes_make_one_refresh(callers: Callers) -> None:
    cookie = callers.first.call("sign_in", person_id=MAYA)
    callers.expire_tokens()
    pages = ["/team/", "/people/101/", "/team/?q=a", "/team/?sort=name"] * 4
    statuses = callers.call_all("open_pages", cookie=cookie, addresses=pages)

    assert Counter(chain.from_iterable(statuses)) == {"200": 64}
    assert callers.refreshes() == 1


def test_every_expiry_makes_one_refresh_however_many_callers_race(callers: Callers) -> None:
    callers.first.call("sign_in", person_id=MAYA)
    callers.sandbox.control.set_switches(refresh_reuse="revoke_family")
    outcomes: Counter[str] = Counter()
    for _ in range(5):
        callers.expire_tokens()
        outcomes += call_in_all_threads(callers, threads=8)

    assert outcomes == {"101": 5 * 32}
    assert callers.refreshes() == 5
    assert callers.sandbox.control.token_counts().get("reused", 0) == 0


def test_a_process_killed_in_a_refresh_costs_one_sign_in_and_no_stampede(callers: Callers) -> None:
    callers.first.call("sign_in", person_id=MAYA)
    callers.expire_tokens()
    callers.sandbox.control.add_fault("slow", route="/core/connect/token", delay_ms=1500, times=1)
    killed = callers.new_process()
    killed.send("who_am_i", person_id=MAYA, threads=1, seconds=8)
    callers.wait_for_refreshes(1)
    killed.kill()

    assert call_in_all_threads(callers, threads=16) == {"SignInExpired": 64}
    assert callers.refreshes() == 2
    assert call_in_all_threads(callers, threads=4) == {"SignInExpired": 16}
    assert callers.refreshes() == 2
