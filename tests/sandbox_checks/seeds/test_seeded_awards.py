"""The seeded awards: plausible, the same each day, and cheap in a large world."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest

from tests.sandbox.models.awards import FIXED, NEVER, RELATIVE, RELATIVE_DAY_OF_MONTH
from tests.sandbox.seeds import award_catalogue as cat
from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds import seed
from tests.sandbox.seeds.demo_people import CALLUM, INES, PRIYA
from tests.sandbox_checks.api_client import TODAY, ApiClient


def test_seeded_catalogue_has_every_type_of_expiry_and_award() -> None:
    awards = seed("demo", TODAY).awards.awards.values()
    assert {award.expiry.kind for award in awards} == {NEVER, FIXED, RELATIVE, RELATIVE_DAY_OF_MONTH}
    assert {award.award_type for award in awards} == {1, 2}
    assert any("onerror" in award.title for award in awards)


@pytest.mark.parametrize("today", [TODAY, date(2028, 2, 29), date(2027, 1, 1)])
def test_seeded_awards_expire_in_9_30_60_and_90_days_or_have_expired(today: date) -> None:
    world = seed("demo", today)
    issued = [award for person_id in world.people for award in world.issued_to(person_id) if not award.is_revoked]
    left = {(award.expires_at.date() - today).days for award in issued if award.expires_at}
    assert {9, 30, 60, 90, -1, -5, -40} <= left
    assert all(award.issued_at < world.now for award in issued)
    assert world.issued_to(CALLUM) == []


def test_awards_cited_by_records_exist_and_match_them() -> None:
    world, cited = seed("demo", TODAY), 0
    for person_id in world.people:
        for record in world.cpd_of(person_id).records:
            if record.issued_id is not None:
                issued = world.issued(record.issued_id)
                assert issued is not None
                assert (issued.person_id, issued.issued_at) == (person_id, record.completed_at)
                assert issued.award_id == cat.FIRE_WARDEN
                cited += 1
    assert cited > 30
    by_name = {r.issued_id is not None for r in world.cpd_of(PRIYA).records if r.name == "Fire Warden Certificate"}
    assert by_name == {True}


def test_issued_ids_are_unique_and_lead_to_their_award() -> None:
    world = seed(20, TODAY)
    issued = [award for person_id in world.people for award in world.issued_to(person_id)]
    assert len({award.issued_id for award in issued}) == len(issued)
    assert all(world.issued(award.issued_id) is award for award in issued)
    assert any(award.is_revoked for award in issued)


def test_worlds_of_one_day_have_the_same_awards() -> None:
    first, second = seed(5, TODAY), seed(5, TODAY)
    assert first.awards == second.awards
    for person_id in reversed(first.people):
        first.issued_to(person_id)
    assert all(first.issued_to(person_id) == second.issued_to(person_id) for person_id in first.people)


def test_current_awards_are_held_once() -> None:
    world = seed(20, TODAY)
    for person_id in world.people:
        held = [
            (award.award_id, award.org_unit_id)
            for award in world.issued_to(person_id)
            if not award.is_revoked and award.is_current(world.now)
        ]
        assert len(held) == len(set(held))


def test_fixed_award_expires_75_days_from_today() -> None:
    world = seed("demo", TODAY)
    expiry = world.awards.awards[cat.MENTOR].expiry.after(world.now)
    assert expiry is not None
    assert expiry.date() == TODAY + timedelta(days=75)


def test_large_world_makes_awards_only_when_asked_for() -> None:
    api = ApiClient(200)
    started = time.process_time()
    assert api.get(INES, f"bas/1.3/orgunits/{org.FIRE}/classlist/").status == 200
    assert time.process_time() - started < 2
    assert not api.world._cpd.keys() & set(range(20_001, 20_201))
