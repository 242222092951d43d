"""Any number of threads and processes that find a token expired make exactly one refresh."""

from collections import Counter
from itertools import chain

import pytest

from tests.races.crew import Crew

MAYA = 101
pytestmark = pytest.mark.xdist_group("races")


def everybody(crew: Crew, threads: int, seconds: float = 8) -> Counter[str]:
    """What came of a call by so many threads in each of the four processes at once."""
    return Counter(chain.from_iterable(crew.all("ask", person_id=MAYA, threads=threads, seconds=seconds)))


def test_64_callers_in_4_processes_make_one_refresh(crew: Crew) -> None:
    cookie = crew.first.ask("sign_in", person_id=MAYA)
    crew.expire()

    assert everybody(crew, threads=16) == {"101": 64}
    assert crew.refreshes() == 1
    assert crew.first.ask("look", cookie=cookie, addresses=["/team/"]) == ["200"]


def test_64_pages_in_4_processes_make_one_refresh(crew: Crew) -> None:
    cookie = crew.first.ask("sign_in", person_id=MAYA)
    crew.expire()
    pages = ["/team/", "/people/101/", "/team/?q=a", "/team/?sort=name"] * 4
    shown = crew.all("look", cookie=cookie, addresses=pages)

    assert Counter(chain.from_iterable(shown)) == {"200": 64}
    assert crew.refreshes() == 1


def test_five_expiries_make_five_refreshes_however_many_race(crew: Crew) -> None:
    crew.first.ask("sign_in", person_id=MAYA)
    crew.sandbox.control.set_switches(refresh_reuse="revoke_family")
    outcomes: Counter[str] = Counter()
    for _ in range(5):
        crew.expire()
        outcomes += everybody(crew, threads=8)

    assert outcomes == {"101": 5 * 32}
    assert crew.refreshes() == 5
    assert crew.sandbox.control.token_counts().get("reused", 0) == 0


def test_a_refresher_that_is_killed_costs_one_sign_in_and_no_stampede(crew: Crew) -> None:
    crew.first.ask("sign_in", person_id=MAYA)
    crew.expire()
    crew.sandbox.control.add_fault("slow", route="/core/connect/token", delay_ms=1500, times=1)
    victim = crew.recruit()
    victim.tell("ask", person_id=MAYA, threads=1, seconds=8)
    crew.wait_for_refreshes(1)
    victim.end()

    assert everybody(crew, threads=16) == {"SignInExpired": 64}
    assert crew.refreshes() == 2
    assert everybody(crew, threads=4) == {"SignInExpired": 16}
    assert crew.refreshes() == 2
