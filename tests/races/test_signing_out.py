"""Signing in and out while other processes are at work."""

from collections import Counter
from itertools import chain

import pytest

from tests.races.crew import Crew

MAYA = 101
TOKEN = "/core/connect/token"
pytestmark = pytest.mark.xdist_group("races")


def test_after_signing_out_the_cookie_opens_nothing_in_any_process(crew: Crew) -> None:
    cookie = crew.first.ask("sign_in", person_id=MAYA)
    pages = ["/team/", "/people/101/", "/team/?figures=0.0", "/team/export.csv"] * 3
    assert Counter(chain.from_iterable(crew.all("look", cookie=cookie, addresses=pages[:2]))) == {"200": 8}

    assert crew.members[1].ask("sign_out", cookie=cookie) == 200
    shown = list(chain.from_iterable(crew.all("look", cookie=cookie, addresses=pages)))
    assert len(shown) >= 40
    assert [answer for answer in shown if not answer.startswith("302 /signin/?next=")] == []


def test_a_sign_out_during_a_refresh_of_another_process_leaves_no_tokens(crew: Crew) -> None:
    cookie = crew.first.ask("sign_in", person_id=MAYA)
    crew.expire()
    crew.sandbox.control.add_fault("slow", route=TOKEN, delay_ms=700)
    crew.members[1].tell("ask", person_id=MAYA, threads=4, seconds=8)
    crew.wait_for_refreshes(1)

    assert crew.members[2].ask("sign_out", cookie=cookie) == 200
    assert crew.members[1].hear() == ["SignInExpired"] * 4
    assert crew.first.ask("kept") == []


def test_a_sign_in_during_a_refresh_of_another_process_serves_both(crew: Crew) -> None:
    crew.first.ask("sign_in", person_id=MAYA)
    crew.expire()
    crew.sandbox.control.add_fault("slow", route=TOKEN, delay_ms=700, times=1)
    crew.members[1].tell("ask", person_id=MAYA, threads=4, seconds=8)
    crew.wait_for_refreshes(1)
    cookie = crew.first.ask("sign_in", person_id=MAYA)

    assert crew.members[1].hear() == ["101"] * 4
    assert crew.first.ask("look", cookie=cookie, addresses=["/team/"]) == ["200"]
    assert crew.refreshes() == 1


def test_coming_back_twice_at_once_signs_in_once(crew: Crew) -> None:
    crew.sandbox.control.add_fault("slow", route=TOKEN, delay_ms=300)
    answers = sorted(crew.first.ask("come_back_twice", person_id=MAYA))

    assert answers == ["302 /team/", "400"]
    assert crew.sandbox.control.token_counts()["authorization_code"] == 1
