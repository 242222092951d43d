"""A signed-in person's reads: cached, revalidated, refused, shared between processes, each with its own outcome."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from django.core.cache import cache

from cpd.services import RecordService, TargetService
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
AUDITED_BY_MAYA = (201, 202, 203, 204, 205, 207, 208, 209)  # and 206, who is not her report
PROGRESS_OF_ANA = TargetService().progress(ANA)
PROGRESS_ROUTE = "/d2l/api/le/(version)/cpd/target/progress/user/(userId)"
VERSIONS = "/d2l/api/versions/"
WHOAMI = "/d2l/api/lp/(version)/users/whoami"


@pytest.fixture
def _maya(db: None, sandbox: Sandbox) -> None:
    cache.clear()
    for person in (MAYA, HELENA):
        tokens.store(person, {"access_token": sandbox.control.issue_access_token(person), "expires_in": 3600})


pytestmark = pytest.mark.usefixtures("_maya")


class OtherProgress(Block, frozen=True, kw_only=True):
    """The fields of the same answer in another release."""

    start_date: str | None = None


def one_step(read: Read[T]) -> ReadFlow[Answer[T]]:
    answers = yield [read]
    return answers[read]


def call_count(sandbox: Sandbox, route: str = PROGRESS_ROUTE) -> int:
    return len(sandbox.control.requests(route=route))


def test_a_fresh_answer_is_served_from_the_cache(sandbox: Sandbox) -> None:
    first, second = Gateway(MAYA).read(PROGRESS_OF_ANA), Gateway(MAYA).read(PROGRESS_OF_ANA)

    assert first == second
    assert call_count(sandbox) == 1


def test_every_answer_has_the_time_it_was_read() -> None:
    Gateway(MAYA).read(PROGRESS_OF_ANA)
    answer = Gateway(MAYA).answers([PROGRESS_OF_ANA])[PROGRESS_OF_ANA]

    assert answer.as_of is not None
    assert timedelta() <= datetime.now(UTC) - answer.as_of < timedelta(minutes=1)
    assert not answer.stale


def test_equal_reads_make_one_call(sandbox: Sandbox) -> None:
    assert (
        len(
            Gateway(MAYA).answers(
                [TargetService().progress(ANA), TargetService().progress(ANA), TargetService().progress(ANA)]
            )
        )
        == 1
    )
    assert call_count(sandbox) == 1


def test_two_people_never_share_an_answer(sandbox: Sandbox) -> None:
    Gateway(MAYA).read(PROGRESS_OF_ANA)
    Gateway(HELENA).read(PROGRESS_OF_ANA)

    assert [request.caller for request in sandbox.control.requests(route=PROGRESS_ROUTE)] == [MAYA, HELENA]


@pytest.mark.parametrize(
    ("fault", "error"), [("forbidden", NotPermitted), ("not_found", NotFound)], ids=["refused", "unknown"]
)
def test_a_refusal_is_cached_like_an_answer(sandbox: Sandbox, fault: str, error: type[Exception]) -> None:
    sandbox.control.add_fault(fault, route=PROGRESS_ROUTE, times=1)
    answers = [Gateway(MAYA).answers([PROGRESS_OF_ANA])[PROGRESS_OF_ANA] for _ in range(2)]

    assert all(isinstance(answer.error, error) for answer in answers)
    assert call_count(sandbox) == 1


def test_a_cached_refusal_still_names_the_permission(sandbox: Sandbox) -> None:
    sandbox.control.add_fault("forbidden", route=PROGRESS_ROUTE, permission="CPD.ViewRecords", times=1)
    Gateway(MAYA).answers([PROGRESS_OF_ANA])

    with pytest.raises(NotPermitted) as caught:
        Gateway(MAYA).read(PROGRESS_OF_ANA)
    assert caught.value.permission == "CPD.ViewRecords"


@pytest.mark.parametrize("fault", ["500", "html", "wrong_type", "redirect", "empty"])
def test_a_failure_is_not_cached(sandbox: Sandbox, fault: str) -> None:
    sandbox.control.add_fault(fault, route=PROGRESS_ROUTE)
    assert Gateway(MAYA).answers([PROGRESS_OF_ANA])[PROGRESS_OF_ANA].value is None
    sandbox.control.clear_faults()

    assert Gateway(MAYA).read(PROGRESS_OF_ANA)


def test_stale_answers_are_served_at_once_and_marked_as_stale(sandbox: Sandbox) -> None:
    Gateway(MAYA).read(PROGRESS_OF_ANA)
    PersonCache(MAYA).mark_stale()
    answer = Gateway(MAYA).answers([PROGRESS_OF_ANA])[PROGRESS_OF_ANA]

    assert answer.value is not None
    assert answer.stale
    assert Gateway(MAYA).run({1: one_step(PROGRESS_OF_ANA)}).stale
    assert call_count(sandbox) == 1


def test_flows_run_from_the_cache_alone_say_which_are_incomplete(sandbox: Sandbox) -> None:
    Gateway(MAYA).read(PROGRESS_OF_ANA)
    flows: dict[str, ReadFlow[Answer[Any]]] = {
        "known": one_step(PROGRESS_OF_ANA),
        "unknown": one_step(RecordService().records(ANA)),
    }
    results = Gateway(MAYA).run(flows, CachePolicy.CACHE_ONLY)

    assert results.incomplete == {"unknown"}
    assert results.values["known"].value is not None
    assert isinstance(results.values["unknown"].error, DeadlineExceeded)
    assert call_count(sandbox) == 1
    assert call_count(sandbox, "/d2l/api/le/(version)/cpd/record/user/(userId)") == 0


def test_revalidating_fetches_newer_answers(sandbox: Sandbox) -> None:
    before = Gateway(MAYA).answers([PROGRESS_OF_ANA])[PROGRESS_OF_ANA]
    PersonCache(MAYA).mark_stale()
    after = Gateway(MAYA).answers([PROGRESS_OF_ANA], CachePolicy.REVALIDATE)[PROGRESS_OF_ANA]

    assert call_count(sandbox) == 2
    assert not after.stale
    assert before.as_of is not None
    assert after.as_of is not None
    assert after.as_of > before.as_of


@pytest.mark.parametrize("fault", ["500", "drop", "html", "cut_json"])
def test_a_failed_revalidation_serves_the_older_answer_with_the_error(sandbox: Sandbox, fault: str) -> None:
    before = Gateway(MAYA).answers([PROGRESS_OF_ANA])[PROGRESS_OF_ANA]
    PersonCache(MAYA).mark_stale()
    sandbox.control.add_fault(fault, route=PROGRESS_ROUTE)
    after = Gateway(MAYA).answers([PROGRESS_OF_ANA], CachePolicy.REVALIDATE)[PROGRESS_OF_ANA]

    assert (after.value, after.as_of) == (before.value, before.as_of)
    assert after.stale
    assert isinstance(after.error, (Unavailable, UnexpectedResponse))


def test_a_refusal_replaces_an_older_answer(sandbox: Sandbox) -> None:
    Gateway(MAYA).read(PROGRESS_OF_ANA)
    PersonCache(MAYA).mark_stale()
    sandbox.control.add_fault("forbidden", route=PROGRESS_ROUTE)
    answer = Gateway(MAYA).answers([PROGRESS_OF_ANA], CachePolicy.REVALIDATE)[PROGRESS_OF_ANA]

    assert answer.value is None
    assert isinstance(answer.error, NotPermitted)


def test_a_cleared_cache_is_filled_by_new_calls(sandbox: Sandbox) -> None:
    Gateway(MAYA).read(PROGRESS_OF_ANA)
    PersonCache(MAYA).clear()
    Gateway(MAYA).read(PROGRESS_OF_ANA)

    assert call_count(sandbox) == 2


def test_a_read_that_fails_does_not_affect_the_others(sandbox: Sandbox) -> None:
    sandbox.control.add_fault("html", subject=ANA)
    reads = [TargetService().progress(person) for person in AUDITED_BY_MAYA]
    answers = Gateway(MAYA).answers(reads)

    assert isinstance(answers[reads[0]].error, UnexpectedResponse)
    assert all(answers[read].value is not None for read in reads[1:])


def test_a_read_that_hangs_does_not_affect_the_others(sandbox: Sandbox) -> None:
    sandbox.control.add_fault("slow", subject=ANA, delay_ms=20_000)
    reads = [TargetService().progress(person) for person in AUDITED_BY_MAYA]
    answers = Gateway(MAYA, seconds=1.5).answers(reads)

    assert isinstance(answers[reads[0]].error, DeadlineExceeded)
    assert all(answers[read].value is not None for read in reads[1:])


def test_an_entry_of_a_release_with_other_fields_is_not_read(sandbox: Sandbox) -> None:
    other_read = Read(PROGRESS_OF_ANA.endpoint, OtherProgress, ids=(("userId", ANA),))
    Gateway(MAYA).read(other_read)
    answer_read = Gateway(MAYA).read(PROGRESS_OF_ANA)

    assert other_read.name != PROGRESS_OF_ANA.name
    assert answer_read.structured.denominator > 0
    assert call_count(sandbox) == 2


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
def test_an_unreadable_entry_is_replaced_by_a_new_call(sandbox: Sandbox, entry: Entry) -> None:
    PersonCache(MAYA).put(PROGRESS_OF_ANA.name, entry, 60)

    assert Gateway(MAYA).read(PROGRESS_OF_ANA).structured.denominator > 0
    assert call_count(sandbox) == 1


def test_a_missing_scope_is_named_even_where_brightspace_does_not_name_it(sandbox: Sandbox) -> None:
    sandbox.control.add_fault("forbidden", shape="insufficient_scope", route=PROGRESS_ROUTE)

    with pytest.raises(ScopeMissing, match="cpd:targets:read"):
        Gateway(MAYA).read(PROGRESS_OF_ANA)


def test_a_rejected_token_is_refreshed_once_and_every_read_answered(sign_in: SignIn, sandbox: Sandbox) -> None:
    sign_in(MAYA)
    sandbox.control.expire_tokens(MAYA)
    reads = [TargetService().progress(person) for person in AUDITED_BY_MAYA]

    assert all(answer.value is not None for answer in Gateway(MAYA).answers(reads).values())
    assert sandbox.control.token_counts().get("refresh_token") == 1


def test_a_token_rejected_by_one_route_alone_ends_no_sign_in(sign_in: SignIn, sandbox: Sandbox) -> None:
    sign_in(MAYA)
    sandbox.control.add_fault("expired", route=PROGRESS_ROUTE)

    assert isinstance(Gateway(MAYA).answers([PROGRESS_OF_ANA])[PROGRESS_OF_ANA].error, UnexpectedResponse)
    assert Gateway(MAYA).read(RecordService().records(ANA))


def test_a_token_rejected_by_every_route_ends_the_sign_in(sandbox: Sandbox) -> None:
    sandbox.control.add_fault("expired", route=PROGRESS_ROUTE)
    sandbox.control.add_fault("expired", route=WHOAMI)

    with pytest.raises(SignInExpired):
        Gateway(MAYA).answers([PROGRESS_OF_ANA])


@pytest.mark.parametrize("fault", ["not_found", "forbidden", "400", "410", "html", "wrong_type"])
def test_unreadable_versions_are_an_unexpected_response_and_no_refusal(sandbox: Sandbox, fault: str) -> None:
    cache.clear()
    sandbox.control.add_fault(fault, route=VERSIONS)

    assert isinstance(Gateway(MAYA).answers([PROGRESS_OF_ANA])[PROGRESS_OF_ANA].error, UnexpectedResponse)


READ_IN_16_THREADS = r"""
import sys, threading
from django.db import connection
from cpd.services import TargetService
from portal.brightspace.auth import tokens
from portal.brightspace.gateway import Gateway

tokens.store(101, {"access_token": sys.argv[1], "expires_in": 3600})
input()
def read():
    sys.stdout.write(f"{Gateway(101, seconds=30).read(TargetService().progress(201)).structured.denominator}\n")
    connection.close()
threads = [threading.Thread(target=read) for _ in range(16)]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""


def test_32_callers_in_two_processes_make_one_call(sandbox: Sandbox, tmp_path: Path) -> None:
    site: OwnSite = own_site(tmp_path, sandbox)
    token = sandbox.control.issue_access_token(MAYA)
    sandbox.control.set_latency(300, PROGRESS_ROUTE)
    answers = finished([site.start(READ_IN_16_THREADS, token) for _ in range(2)])

    assert len(answers) == 32
    assert len(set(answers)) == 1
    assert call_count(sandbox) == 1
