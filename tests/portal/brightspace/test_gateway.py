"""A signed-in person's reads: kept, renewed, refused, shared between processes, and each with an outcome of its own."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from django.core.cache import cache

from cpd.services.records import records_of
from cpd.services.targets import PROGRESS, progress_of
from portal.brightspace import Answer
from portal.brightspace.auth import tokens
from portal.brightspace.cache import Entry, PersonCache
from portal.brightspace.codec.fields import Block
from portal.brightspace.endpoints.reads import Read
from portal.brightspace.errors import (
    DeadlineExceeded,
    NotFound,
    NotPermitted,
    ScopeMissing,
    SignInExpired,
    Unavailable,
    UnexpectedResponse,
)
from portal.brightspace.flows import ReadFlow
from portal.brightspace.gateway import CachePolicy, Gateway
from tests.conftest import HELENA, MAYA, SignIn
from tests.portal.own_site import OwnSite, finished, own_site
from tests.sandbox.server import Sandbox

T = TypeVar("T")
ANA = 201
MAYAS = (201, 202, 203, 204, 205, 207, 208, 209)  # she audits 206 as well, who is not her report
OF_ANA = progress_of(ANA)
PROGRESS_OF = "/d2l/api/le/(version)/cpd/target/progress/user/(userId)"
VERSIONS = "/d2l/api/versions/"
WHOAMI = "/d2l/api/lp/(version)/users/whoami"


@pytest.fixture
def _maya(db: None, sandbox: Sandbox) -> None:
    cache.clear()
    for person in (MAYA, HELENA):
        tokens.store(person, {"access_token": sandbox.control.issue_access_token(person), "expires_in": 3600})


pytestmark = pytest.mark.usefixtures("_maya")


class Other(Block, frozen=True, kw_only=True):
    """The same answer as another release would read it."""

    start_date: str | None = None


def one_step(read: Read[T]) -> ReadFlow[Answer[T]]:
    answers = yield [read]
    return answers[read]


def asked(sandbox: Sandbox, route: str = PROGRESS_OF) -> int:
    return len(sandbox.control.requests(route=route))


def test_what_was_read_is_not_asked_for_again(sandbox: Sandbox) -> None:
    first, second = Gateway(MAYA).read(OF_ANA), Gateway(MAYA).read(OF_ANA)

    assert first == second
    assert asked(sandbox) == 1


def test_every_answer_knows_when_it_was_read() -> None:
    Gateway(MAYA).read(OF_ANA)
    answer = Gateway(MAYA).answers([OF_ANA])[OF_ANA]

    assert answer.as_of is not None
    assert timedelta() <= datetime.now(UTC) - answer.as_of < timedelta(minutes=1)
    assert not answer.stale


def test_equal_reads_are_asked_for_once(sandbox: Sandbox) -> None:
    assert len(Gateway(MAYA).answers([progress_of(ANA), progress_of(ANA), progress_of(ANA)])) == 1
    assert asked(sandbox) == 1


def test_two_people_who_read_the_same_each_ask_for_themselves(sandbox: Sandbox) -> None:
    Gateway(MAYA).read(OF_ANA)
    Gateway(HELENA).read(OF_ANA)

    assert [request.caller for request in sandbox.control.requests(route=PROGRESS_OF)] == [MAYA, HELENA]


@pytest.mark.parametrize(
    ("fault", "error"), [("forbidden", NotPermitted), ("not_found", NotFound)], ids=["refused", "unknown"]
)
def test_a_refusal_is_an_answer_and_kept(sandbox: Sandbox, fault: str, error: type[Exception]) -> None:
    sandbox.control.add_fault(fault, route=PROGRESS_OF, times=1)
    answers = [Gateway(MAYA).answers([OF_ANA])[OF_ANA] for _ in range(2)]

    assert all(isinstance(answer.error, error) for answer in answers)
    assert asked(sandbox) == 1


def test_a_kept_refusal_still_names_the_permission(sandbox: Sandbox) -> None:
    sandbox.control.add_fault("forbidden", route=PROGRESS_OF, permission="CPD.ViewRecords", times=1)
    Gateway(MAYA).answers([OF_ANA])

    with pytest.raises(NotPermitted) as caught:
        Gateway(MAYA).read(OF_ANA)
    assert caught.value.permission == "CPD.ViewRecords"


@pytest.mark.parametrize("fault", ["500", "html", "wrong_type", "redirect", "empty"])
def test_a_failure_is_not_kept(sandbox: Sandbox, fault: str) -> None:
    sandbox.control.add_fault(fault, route=PROGRESS_OF)
    assert Gateway(MAYA).answers([OF_ANA])[OF_ANA].value is None
    sandbox.control.clear_faults()

    assert Gateway(MAYA).read(OF_ANA)


def test_aged_answers_are_served_at_once_and_known_to_be_aged(sandbox: Sandbox) -> None:
    Gateway(MAYA).read(OF_ANA)
    PersonCache(MAYA).mark_stale()
    answer = Gateway(MAYA).answers([OF_ANA])[OF_ANA]

    assert answer.value is not None
    assert answer.stale
    assert Gateway(MAYA).run({1: one_step(OF_ANA)}).stale
    assert asked(sandbox) == 1


def test_flows_run_from_the_cache_alone_say_which_of_them_miss_something(sandbox: Sandbox) -> None:
    Gateway(MAYA).read(OF_ANA)
    flows: dict[str, ReadFlow[Answer[Any]]] = {"known": one_step(OF_ANA), "unknown": one_step(records_of(ANA))}
    results = Gateway(MAYA).run(flows, CachePolicy.CACHE_ONLY)

    assert results.incomplete == {"unknown"}
    assert results.values["known"].value is not None
    assert isinstance(results.values["unknown"].error, DeadlineExceeded)
    assert asked(sandbox) == 1
    assert asked(sandbox, "/d2l/api/le/(version)/cpd/record/user/(userId)") == 0


def test_whoever_renews_gets_newer_answers(sandbox: Sandbox) -> None:
    before = Gateway(MAYA).answers([OF_ANA])[OF_ANA]
    PersonCache(MAYA).mark_stale()
    after = Gateway(MAYA).answers([OF_ANA], CachePolicy.REVALIDATE)[OF_ANA]

    assert asked(sandbox) == 2
    assert not after.stale
    assert before.as_of is not None
    assert after.as_of is not None
    assert after.as_of > before.as_of


@pytest.mark.parametrize("fault", ["500", "drop", "html", "cut_json"])
def test_where_renewing_fails_the_older_answer_stays_and_says_so(sandbox: Sandbox, fault: str) -> None:
    before = Gateway(MAYA).answers([OF_ANA])[OF_ANA]
    PersonCache(MAYA).mark_stale()
    sandbox.control.add_fault(fault, route=PROGRESS_OF)
    after = Gateway(MAYA).answers([OF_ANA], CachePolicy.REVALIDATE)[OF_ANA]

    assert (after.value, after.as_of) == (before.value, before.as_of)
    assert after.stale
    assert isinstance(after.error, (Unavailable, UnexpectedResponse))


def test_a_refusal_takes_the_place_of_an_older_answer(sandbox: Sandbox) -> None:
    Gateway(MAYA).read(OF_ANA)
    PersonCache(MAYA).mark_stale()
    sandbox.control.add_fault("forbidden", route=PROGRESS_OF)
    answer = Gateway(MAYA).answers([OF_ANA], CachePolicy.REVALIDATE)[OF_ANA]

    assert answer.value is None
    assert isinstance(answer.error, NotPermitted)


def test_after_forgetting_all_is_asked_again(sandbox: Sandbox) -> None:
    Gateway(MAYA).read(OF_ANA)
    PersonCache(MAYA).clear()
    Gateway(MAYA).read(OF_ANA)

    assert asked(sandbox) == 2


def test_one_read_that_fails_takes_no_other_with_it(sandbox: Sandbox) -> None:
    sandbox.control.add_fault("html", subject=ANA)
    reads = [progress_of(person) for person in MAYAS]
    answers = Gateway(MAYA).answers(reads)

    assert isinstance(answers[reads[0]].error, UnexpectedResponse)
    assert all(answers[read].value is not None for read in reads[1:])


def test_one_read_that_hangs_takes_no_other_with_it(sandbox: Sandbox) -> None:
    sandbox.control.add_fault("slow", subject=ANA, delay_ms=20_000)
    reads = [progress_of(person) for person in MAYAS]
    answers = Gateway(MAYA, seconds=1.5).answers(reads)

    assert isinstance(answers[reads[0]].error, DeadlineExceeded)
    assert all(answers[read].value is not None for read in reads[1:])


def test_what_another_release_kept_in_another_shape_is_not_misread(sandbox: Sandbox) -> None:
    theirs = Read(PROGRESS, Other, ids=(("userId", ANA),))
    Gateway(MAYA).read(theirs)
    mine = Gateway(MAYA).read(OF_ANA)

    assert theirs.name != OF_ANA.name
    assert mine.structured.denominator > 0
    assert asked(sandbox) == 2


@pytest.mark.parametrize(
    "entry",
    [
        Entry(time.time(), b""),
        Entry(time.time(), b"{"),
        Entry(time.time(), b'{"StartDate": 7}'),
        Entry(time.time(), b"\xff\xfe"),
        Entry(time.time(), refusal="Teapot"),
    ],
    ids=["empty", "cut", "misshapen", "no text", "unknown refusal"],
)
def test_what_cannot_be_read_is_asked_for_again(sandbox: Sandbox, entry: Entry) -> None:
    PersonCache(MAYA).put(OF_ANA.name, entry, 60)

    assert Gateway(MAYA).read(OF_ANA).structured.denominator > 0
    assert asked(sandbox) == 1


def test_a_scope_is_named_even_where_brightspace_does_not(sandbox: Sandbox) -> None:
    sandbox.control.add_fault("forbidden", shape="insufficient_scope", route=PROGRESS_OF)

    with pytest.raises(ScopeMissing, match="cpd:targets:read"):
        Gateway(MAYA).read(OF_ANA)


def test_a_token_that_is_refused_is_renewed_once_and_all_is_answered(sign_in: SignIn, sandbox: Sandbox) -> None:
    sign_in(MAYA)
    sandbox.control.expire_tokens(MAYA)
    reads = [progress_of(person) for person in MAYAS]

    assert all(answer.value is not None for answer in Gateway(MAYA).answers(reads).values())
    assert sandbox.control.token_counts().get("refresh_token") == 1


def test_a_sign_in_refused_for_one_read_alone_stays_a_sign_in(sign_in: SignIn, sandbox: Sandbox) -> None:
    sign_in(MAYA)
    sandbox.control.add_fault("expired", route=PROGRESS_OF)

    assert isinstance(Gateway(MAYA).answers([OF_ANA])[OF_ANA].error, UnexpectedResponse)
    assert Gateway(MAYA).read(records_of(ANA))


def test_a_sign_in_refused_for_everything_has_ended(sandbox: Sandbox) -> None:
    sandbox.control.add_fault("expired", route=PROGRESS_OF)
    sandbox.control.add_fault("expired", route=WHOAMI)

    with pytest.raises(SignInExpired):
        Gateway(MAYA).answers([OF_ANA])


@pytest.mark.parametrize("fault", ["not_found", "forbidden", "400", "410", "html", "wrong_type"])
def test_versions_that_cannot_be_had_are_no_refusal_of_the_person(sandbox: Sandbox, fault: str) -> None:
    cache.clear()
    sandbox.control.add_fault(fault, route=VERSIONS)

    assert isinstance(Gateway(MAYA).answers([OF_ANA])[OF_ANA].error, UnexpectedResponse)


ASK = r"""
import sys, threading
from django.db import connection
from cpd.services.targets import progress_of
from portal.brightspace.auth import tokens
from portal.brightspace.gateway import Gateway

tokens.store(101, {"access_token": sys.argv[1], "expires_in": 3600})
input()
def ask():
    sys.stdout.write(f"{Gateway(101, seconds=30).read(progress_of(201)).structured.denominator}\n")
    connection.close()
threads = [threading.Thread(target=ask) for _ in range(16)]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""


def test_32_callers_in_two_processes_make_one_call(sandbox: Sandbox, tmp_path: Path) -> None:
    site: OwnSite = own_site(tmp_path, sandbox)
    token = sandbox.control.issue_access_token(MAYA)
    sandbox.control.set_latency(300, PROGRESS_OF)
    answers = finished([site.start(ASK, token) for _ in range(2)])

    assert len(answers) == 32
    assert len(set(answers)) == 1
    assert asked(sandbox) == 1
