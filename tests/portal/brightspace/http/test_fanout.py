"""The fan-out: many jobs at once, each with its own outcome."""

import os
import threading
import time
from collections.abc import Callable, Generator, Mapping
from contextvars import ContextVar
from functools import partial
from typing import Any

import pytest

from portal.brightspace.errors import DeadlineExceeded, NotFound
from portal.brightspace.http import deadline as deadlines
from portal.brightspace.http.client import Client
from portal.brightspace.http.deadline import Deadline
from portal.brightspace.http.fanout import WIDTH, FanOut
from portal.brightspace.http.sockets import CONNECTIONS
from portal.brightspace.outcomes import Outcome
from tests.portal.brightspace.http.raw_server import RawServer

DEADLINE_SECONDS = 20.0
person: ContextVar[str] = ContextVar("person", default="nobody")


def fan_out(
    jobs: Mapping[Any, Callable[[], Any]], *, deadline: Deadline, width: int = WIDTH
) -> Generator[tuple[Any, Outcome[Any]], None, None]:
    """Run jobs side by side and yield each key with its outcome."""
    with FanOut[Any, Any](deadline=deadline, width=width) as calls:
        calls.submit(jobs)
        yield from calls


def wait_until_idle() -> None:
    """Return when every thread of the executor is free: each takes one of these jobs, which all end together."""
    all_threads_are_here = threading.Barrier(CONNECTIONS)
    jobs = dict.fromkeys(range(CONNECTIONS), lambda: all_threads_are_here.wait(DEADLINE_SECONDS))
    list(fan_out(jobs, width=CONNECTIONS, deadline=Deadline.after(DEADLINE_SECONDS)))


def test_every_job_keeps_its_own_outcome() -> None:
    def job(number: int) -> int:
        if number % 3 == 0:
            raise NotFound
        return number * 2

    outcomes = dict(fan_out({n: partial(job, n) for n in range(50)}, deadline=Deadline.after(DEADLINE_SECONDS)))
    assert set(outcomes) == set(range(50))
    for number, outcome in outcomes.items():
        if number % 3 == 0:
            assert isinstance(outcome.error, NotFound)
        else:
            assert (outcome.value, outcome.error) == (number * 2, None)


def test_a_fan_out_without_jobs_ends_at_once() -> None:
    assert list(fan_out({}, deadline=Deadline.after(DEADLINE_SECONDS))) == []


def test_outcomes_come_in_the_order_in_which_jobs_end() -> None:
    gate = threading.Event()
    jobs: dict[str, Callable[[], bool]] = {
        "slow": lambda: gate.wait(DEADLINE_SECONDS),
        "quick": lambda: True,
    }
    outcomes = fan_out(jobs, deadline=Deadline.after(DEADLINE_SECONDS))
    assert next(outcomes)[0] == "quick"
    gate.set()
    assert next(outcomes)[0] == "slow"


def test_at_most_width_jobs_run_at_once() -> None:
    running, max_running, lock = [0], [0], threading.Lock()

    def job() -> None:
        with lock:
            running[0] += 1
            max_running[0] = max(max_running[0], running[0])
        time.sleep(0.01)
        with lock:
            running[0] -= 1

    list(fan_out(dict.fromkeys(range(40), job), width=4, deadline=Deadline.after(DEADLINE_SECONDS)))
    assert max_running[0] == 4


def test_the_deadline_ends_the_iteration_and_jobs_left_exceed_it() -> None:
    gate = threading.Event()
    started_jobs: list[int] = []

    def hang(number: int) -> None:
        started_jobs.append(number)
        gate.wait(DEADLINE_SECONDS)

    jobs = {n: partial(hang, n) for n in range(20)}
    started = time.monotonic()
    outcomes = dict(fan_out(jobs, width=3, deadline=Deadline.after(0.3)))
    assert time.monotonic() - started < 3
    assert set(outcomes) == set(jobs)
    assert all(isinstance(outcome.error, DeadlineExceeded) for outcome in outcomes.values())
    gate.set()
    wait_until_idle()
    assert len(started_jobs) == 3


def test_a_fan_out_closed_early_starts_no_further_jobs() -> None:
    gate = threading.Event()
    started_jobs: list[int] = []

    def job(number: int) -> int:
        started_jobs.append(number)
        if number:
            gate.wait(DEADLINE_SECONDS)
        return number

    outcomes = fan_out({n: partial(job, n) for n in range(100)}, width=4, deadline=Deadline.after(DEADLINE_SECONDS))
    assert next(outcomes)[0] == 0
    outcomes.close()
    gate.set()
    wait_until_idle()
    assert len(started_jobs) <= 5


def test_a_bug_in_a_job_is_raised_by_the_iteration() -> None:
    def bug() -> None:
        raise ZeroDivisionError("a bug")

    with pytest.raises(ZeroDivisionError):
        list(fan_out({"bug": bug}, deadline=Deadline.after(DEADLINE_SECONDS)))


def test_a_short_fan_out_does_not_wait_for_a_long_one() -> None:
    stop = threading.Event()
    done: list[int] = []

    def long_job() -> None:
        if not stop.is_set():
            time.sleep(0.02)
            done.append(1)

    def run_long() -> None:
        jobs = dict.fromkeys(range(2000), long_job)
        for _ in fan_out(jobs, width=64, deadline=Deadline.after(DEADLINE_SECONDS)):
            pass

    thread = threading.Thread(target=run_long)
    thread.start()
    while not done:
        time.sleep(0.01)
    list(fan_out({n: (lambda: None) for n in range(8)}, deadline=Deadline.after(DEADLINE_SECONDS)))
    finished_by_then = len(done)
    stop.set()
    thread.join()
    assert finished_by_then < 1000


def test_context_and_deadline_hold_inside_the_jobs() -> None:
    deadline = Deadline.after(DEADLINE_SECONDS)

    def job() -> tuple[str, Deadline | None]:
        seen = person.get()
        person.set("changed")
        return seen, deadlines.current()

    person.set("ana")
    outcomes = dict(fan_out(dict.fromkeys(range(40), job), deadline=deadline))
    assert {outcome.value for outcome in outcomes.values()} == {("ana", deadline)}
    assert person.get() == "ana"


def test_nested_fan_outs_cannot_deadlock() -> None:
    every_thread_is_in = threading.Barrier(CONNECTIONS)

    def outer() -> int:
        every_thread_is_in.wait(DEADLINE_SECONDS)
        inner = fan_out(dict.fromkeys(range(3), lambda: 1), deadline=Deadline.after(2.0))
        return sum(outcome.value or 0 for _, outcome in inner)

    jobs = dict.fromkeys(range(CONNECTIONS), outer)
    outcomes = dict(fan_out(jobs, width=CONNECTIONS, deadline=Deadline.after(DEADLINE_SECONDS)))
    assert {outcome.value for outcome in outcomes.values()} == {3}


def test_a_forked_process_has_connections_and_threads_of_its_own(server: RawServer, client: Client) -> None:
    call = partial(client.get, "/d2l/api/versions/", dict)
    list(fan_out({1: call}, deadline=Deadline.after(DEADLINE_SECONDS)))
    child = os.fork()
    if child == 0:
        outcomes = dict(fan_out({1: call}, deadline=Deadline.after(DEADLINE_SECONDS)))
        os._exit(0 if outcomes[1].value == {} else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert call() == {}
    assert server.connections == 2


def test_threads_are_named_after_brightspace() -> None:
    jobs = {1: lambda: threading.current_thread().name}
    ((_, outcome),) = fan_out(jobs, deadline=Deadline.after(DEADLINE_SECONDS))
    assert (outcome.value or "").startswith("brightspace")


@pytest.mark.parametrize("seconds", [DEADLINE_SECONDS, 0.0])
def test_jobs_submitted_during_the_iteration_take_part(seconds: float) -> None:
    ended = []
    with FanOut[int, int](deadline=Deadline.after(seconds), width=3) as calls:
        calls.submit({n: partial(int, n) for n in range(20)})
        for number, _ in calls:
            ended.append(number)
            if number < 100:
                calls.submit({number + 100: partial(int, number)})
    assert sorted(ended) == [*range(20), *range(100, 120)]


def test_jobs_submitted_later_go_before_those_not_started() -> None:
    gate = threading.Event()
    ended: list[int] = []
    with FanOut[int, bool](deadline=Deadline.after(DEADLINE_SECONDS), width=1) as calls:
        calls.submit({0: lambda: True} | dict.fromkeys(range(1, 9), partial(gate.wait, DEADLINE_SECONDS)))
        for number, _ in calls:
            if not ended:
                calls.submit({99: lambda: True})
            ended.append(number)
            gate.set()
    assert ended == [0, 1, 99, *range(2, 9)]


def test_at_most_width_jobs_run_at_once_when_more_are_submitted() -> None:
    running, max_running, lock = [0], [0], threading.Lock()

    def job() -> None:
        with lock:
            running[0] += 1
            max_running[0] = max(max_running[0], running[0])
        time.sleep(0.005)
        with lock:
            running[0] -= 1

    with FanOut[int, None](deadline=Deadline.after(DEADLINE_SECONDS), width=4) as calls:
        calls.submit(dict.fromkeys(range(8), job))
        for number, _ in calls:
            if number < 30:
                calls.submit({number + 8: job, number + 100: job})
    assert max_running[0] == 4


def test_a_single_job_has_a_deadline_of_its_own() -> None:
    with FanOut[int, Deadline | None](deadline=Deadline.after(DEADLINE_SECONDS), seconds_each=0.5) as calls:
        calls.submit({1: deadlines.current})
        ((_, outcome),) = calls
    assert outcome.value is not None
    assert outcome.value.remaining() <= 0.5
