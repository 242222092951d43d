"""What is kept per person: found by nobody else, never misread, forgotten at once; and without it all works."""

import time

import msgspec
import pytest
from django.core.cache import cache
from pytest_django import Settings

from portal.brightspace import cache as cache_module
from portal.brightspace.cache import Entry, PersonCache, SiteCache
from tests.conftest import MAYA, SignIn

FRESH = 300
NO_TABLE = {
    "BACKEND": "portal.cachebackends.database.BatchingDatabaseCache",
    "LOCATION": "a_table_that_is_not_there",
}
GARBAGE = [b"", b"\xc1", b"not msgpack", msgspec.msgpack.encode(["1", 2, 3]), "text", None, 7, ["a", "list"]]


@pytest.fixture(autouse=True)
def _empty(db: None) -> None:
    cache.clear()


@pytest.fixture
def _broken_cache(transactional_db: None, settings: Settings) -> None:
    settings.CACHES = {"default": NO_TABLE}


def entry(age: float = 0) -> Entry:
    return Entry(time.time() - age, b"body")


def test_a_key_names_the_person_and_the_generation() -> None:
    mine = PersonCache(101)

    assert mine.key("figures").startswith(f"portal:{cache_module.SCHEMA}:p101:{mine.generation.generation}:")
    assert len(mine.generation.generation) >= 16


def test_what_is_kept_for_one_person_nobody_else_finds() -> None:
    PersonCache(101).put("figures", entry(), 60)

    assert "figures" in PersonCache(101).entries(["figures"])
    assert PersonCache(102).entries(["figures"]) == {}


def test_two_people_whose_numbers_begin_alike_share_nothing() -> None:
    PersonCache(10).put("1:figures", entry(), 60)

    assert PersonCache(101).entries([":figures", "figures", "1:figures"]) == {}


def test_forgetting_holds_for_whoever_looks_afterwards() -> None:
    PersonCache(101).put("figures", entry(), 60)
    PersonCache(101).clear()

    assert PersonCache(101).entries(["figures"]) == {}


def test_whoever_was_at_work_when_it_was_forgotten_keeps_nothing_that_is_found() -> None:
    at_work = PersonCache(101)
    assert at_work.generation
    PersonCache(101).clear()
    at_work.put("figures", entry(), 60)
    at_work.put_later("more", entry(), 60)
    at_work.flush()

    assert PersonCache(101).entries(["figures", "more"]) == {}


def test_forgetting_one_person_leaves_the_others_alone() -> None:
    PersonCache(102).put("figures", entry(), 60)
    PersonCache(101).clear()

    assert "figures" in PersonCache(102).entries(["figures"])


def test_asking_anew_keeps_what_was_known_and_calls_it_aged() -> None:
    PersonCache(101).put("figures", entry(age=1), 60)
    PersonCache(101).mark_stale()
    later = PersonCache(101)
    found = later.entries(["figures"])["figures"]

    assert found.body == b"body"
    assert not later.is_fresh(found, FRESH)
    assert later.is_fresh(entry(age=-1), FRESH)


@pytest.mark.parametrize(("age", "fresh"), [(0, True), (FRESH - 5, True), (FRESH + 5, False), (10**9, False)])
def test_an_entry_is_fresh_by_its_age(age: float, fresh: bool) -> None:
    assert PersonCache(101).is_fresh(entry(age), FRESH) is fresh


@pytest.mark.parametrize("garbage", GARBAGE, ids=repr)
def test_an_entry_nobody_can_read_is_none(garbage: object) -> None:
    mine = PersonCache(101)
    mine.put("good", entry(), 60)
    cache.set(mine.key("figures"), garbage)

    assert set(mine.entries(["figures", "good"])) == {"good"}


@pytest.mark.parametrize("garbage", GARBAGE, ids=repr)
def test_a_generation_nobody_can_read_gives_way_to_a_new_one(garbage: object) -> None:
    cache.set("portal:1:p101", garbage)
    PersonCache(101).put("figures", entry(), 60)

    assert "figures" in PersonCache(101).entries(["figures"])


def test_another_schema_finds_nothing_of_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    PersonCache(101).put("figures", entry(), 60)
    SiteCache().set("versions", b"1", 60)
    monkeypatch.setattr(cache_module, "SCHEMA", cache_module.SCHEMA + 1)

    assert PersonCache(101).entries(["figures"]) == {}
    assert SiteCache().get("versions") is None


def test_one_of_two_takes_off_and_the_next_after_it_has_landed() -> None:
    first, second = PersonCache(101), PersonCache(101)

    assert first.claim("figures", 5)
    assert not second.claim("figures", 5)
    assert second.is_claimed("figures")
    first.release("figures")
    assert second.claim("figures", 5)


def test_a_single_flight_ends_with_its_block() -> None:
    first, second = PersonCache(101), PersonCache(101)
    with first.single_flight(["figures", "courses"], 5) as mine, second.single_flight(["courses", "last"], 5) as theirs:
        assert mine == ["figures", "courses"]
        assert theirs == ["last"]

    assert not any(second.is_claimed(name) for name in ("figures", "courses", "last"))


def test_people_do_not_wait_for_each_other() -> None:
    assert PersonCache(101).claim("figures", 5)
    assert PersonCache(102).claim("figures", 5)


@pytest.mark.usefixtures("_broken_cache")
def test_without_a_working_cache_everybody_fetches_and_nothing_is_kept() -> None:
    mine = PersonCache(101)
    mine.put("figures", entry(), 60)
    mine.put_later("more", entry(), 60)
    mine.flush()
    mine.release("figures")
    mine.mark_stale()
    mine.clear()

    assert mine.entries(["figures", "more"]) == {}
    assert PersonCache(101).claim("figures", 5)
    assert PersonCache(101).claim("figures", 5)


@pytest.mark.usefixtures("transactional_db")
@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/team/", "Ana Novak"),
        ("/team/?wait=1", "5.8 of 35 h"),
        ("/team/export.csv", "201,Ana Novak,overdue"),
        ("/people/201/?panel=cpd", "By category"),
    ],
)
def test_without_a_cache_every_page_works(sign_in: SignIn, settings: Settings, address: str, words: str) -> None:
    settings.CACHES = {"default": NO_TABLE}

    assert words in sign_in(MAYA).get(address).content.decode()
