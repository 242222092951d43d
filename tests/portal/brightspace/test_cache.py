"""The cache of answers per person: private, never misread, cleared at once; and pages that work without it."""

import time

import msgspec
import pytest
from django.core.cache import cache
from pytest_django import Settings

from portal.brightspace import cache as cache_module
from portal.brightspace.cache import Entry, PersonCache, SiteCache
from tests.conftest import MAYA, SignIn

FRESH_SECONDS = 300
CACHE_WITHOUT_TABLE = {
    "BACKEND": "portal.cachebackends.database.BatchingDatabaseCache",
    "LOCATION": "a_table_that_is_not_there",
}
GARBAGE = [b"", b"\xc1", b"not msgpack", msgspec.msgpack.encode(["1", 2, 3]), "text", None, 7, ["a", "list"]]


@pytest.fixture(autouse=True)
def _empty_cache(db: None) -> None:
    cache.clear()


@pytest.fixture
def _broken_cache(transactional_db: None, settings: Settings) -> None:
    settings.CACHES = {"default": CACHE_WITHOUT_TABLE}


def entry(age: float = 0) -> Entry:
    return Entry(time.time() - age, b"body")


def test_a_key_names_the_person_and_the_generation() -> None:
    person_cache = PersonCache(101)

    assert person_cache.key("figures").startswith(
        f"portal:{cache_module.SCHEMA}:p101:{person_cache.generation.generation}:"
    )
    assert len(person_cache.generation.generation) >= 16


def test_an_entry_of_one_person_is_found_by_no_other() -> None:
    PersonCache(101).put("figures", entry(), 60)

    assert "figures" in PersonCache(101).entries(["figures"])
    assert PersonCache(102).entries(["figures"]) == {}


def test_people_whose_ids_begin_alike_share_no_entries() -> None:
    PersonCache(10).put("1:figures", entry(), 60)

    assert PersonCache(101).entries([":figures", "figures", "1:figures"]) == {}


def test_clearing_holds_for_every_later_look() -> None:
    PersonCache(101).put("figures", entry(), 60)
    PersonCache(101).clear()

    assert PersonCache(101).entries(["figures"]) == {}


def test_entries_written_by_work_begun_before_clearing_are_not_found() -> None:
    earlier = PersonCache(101)
    assert earlier.generation
    PersonCache(101).clear()
    earlier.put("figures", entry(), 60)
    earlier.put_later("more", entry(), 60)
    earlier.flush()

    assert PersonCache(101).entries(["figures", "more"]) == {}


def test_clearing_one_person_leaves_the_others_entries() -> None:
    PersonCache(102).put("figures", entry(), 60)
    PersonCache(101).clear()

    assert "figures" in PersonCache(102).entries(["figures"])


def test_marking_as_stale_leaves_the_entries_and_calls_them_stale() -> None:
    PersonCache(101).put("figures", entry(age=1), 60)
    PersonCache(101).mark_stale()
    later = PersonCache(101)
    entry_found = later.entries(["figures"])["figures"]

    assert entry_found.body == b"body"
    assert not later.is_fresh(entry_found, FRESH_SECONDS)
    assert later.is_fresh(entry(age=-1), FRESH_SECONDS)


@pytest.mark.parametrize(
    ("age", "fresh"), [(0, True), (FRESH_SECONDS - 5, True), (FRESH_SECONDS + 5, False), (10**9, False)]
)
def test_an_entry_is_fresh_by_its_age(age: float, fresh: bool) -> None:
    assert PersonCache(101).is_fresh(entry(age), FRESH_SECONDS) is fresh


@pytest.mark.parametrize("garbage", GARBAGE, ids=repr)
def test_an_unreadable_entry_counts_as_missing(garbage: object) -> None:
    person_cache = PersonCache(101)
    person_cache.put("good", entry(), 60)
    cache.set(person_cache.key("figures"), garbage)

    assert set(person_cache.entries(["figures", "good"])) == {"good"}


@pytest.mark.parametrize("garbage", GARBAGE, ids=repr)
def test_an_unreadable_generation_is_replaced(garbage: object) -> None:
    cache.set("portal:1:p101", garbage)
    PersonCache(101).put("figures", entry(), 60)

    assert "figures" in PersonCache(101).entries(["figures"])


def test_another_schema_finds_no_entries_of_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    PersonCache(101).put("figures", entry(), 60)
    SiteCache().set("versions", b"1", 60)
    monkeypatch.setattr(cache_module, "SCHEMA", cache_module.SCHEMA + 1)

    assert PersonCache(101).entries(["figures"]) == {}
    assert SiteCache().get("versions") is None


def test_a_claim_is_free_again_after_its_release() -> None:
    first, second = PersonCache(101), PersonCache(101)

    assert first.claim("figures", 5)
    assert not second.claim("figures", 5)
    assert second.is_claimed("figures")
    first.release("figures")
    assert second.claim("figures", 5)


def test_a_single_flight_ends_with_its_block() -> None:
    first, second = PersonCache(101), PersonCache(101)
    with (
        first.single_flight(["figures", "courses"], 5) as first_claims,
        second.single_flight(["courses", "last"], 5) as second_claims,
    ):
        assert first_claims == ["figures", "courses"]
        assert second_claims == ["last"]

    assert not any(second.is_claimed(name) for name in ("figures", "courses", "last"))


def test_claims_of_different_people_are_independent() -> None:
    assert PersonCache(101).claim("figures", 5)
    assert PersonCache(102).claim("figures", 5)


@pytest.mark.usefixtures("_broken_cache")
def test_a_cache_that_does_not_work_stores_nothing_and_grants_every_claim() -> None:
    person_cache = PersonCache(101)
    person_cache.put("figures", entry(), 60)
    person_cache.put_later("more", entry(), 60)
    person_cache.flush()
    person_cache.release("figures")
    person_cache.mark_stale()
    person_cache.clear()

    assert person_cache.entries(["figures", "more"]) == {}
    assert PersonCache(101).claim("figures", 5)
    assert PersonCache(101).claim("figures", 5)


@pytest.mark.usefixtures("transactional_db")
@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("/team/", "Ana Novak"),
        ("/team/?wait=1", " of 35 h"),
        ("/team/export.csv", "201,Ana Novak,overdue"),
        ("/people/201/?panel=cpd", "By category"),
    ],
)
def test_every_page_works_without_a_cache(sign_in: SignIn, settings: Settings, address: str, text: str) -> None:
    settings.CACHES = {"default": CACHE_WITHOUT_TABLE}

    assert text in sign_in(MAYA).get(address).content.decode()
