"""Many calls at once: bounded, shared between everybody, each with an outcome of its own.

One executor serves the process. A batch takes part with as many lanes as its width; a lane does
one job and then queues up again behind everybody else's lanes, so a long batch cannot starve a
short one.
"""

import contextvars
import os
import queue
import threading
from collections import deque
from collections.abc import Callable, Hashable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

from portal.brightspace.errors import BrightspaceError, DeadlineExceeded
from portal.brightspace.http.deadline import Deadline
from portal.brightspace.http.sockets import CONNECTIONS

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")

_inside_a_lane: ContextVar[bool] = ContextVar("brightspace_lane", default=False)
_executor: ThreadPoolExecutor | None = None
_executor_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What became of one job: its value, or the error that kept it."""

    value: T | None = None
    error: BrightspaceError | None = None


def fan_out(
    jobs: Mapping[K, Callable[[], T]], *, width: int = 16, deadline: Deadline
) -> Iterator[tuple[K, Outcome[T]]]:
    """Run ``jobs``, at most ``width`` at once, and yield each key with its outcome as it ends.

    Starts with the first item asked for. Jobs put into the mapping meanwhile take part: they go
    before those not yet begun, for somebody's next step waits for them. At the deadline the rest
    come out as DeadlineExceeded. Closing the iterator early drops what has not begun. An exception that
    is no BrightspaceError is a bug and is raised here. Context variables, the deadline among them,
    hold inside the jobs.
    """
    if _inside_a_lane.get():
        # A lane waiting for lanes of its own could leave none to do the work.
        return _one_by_one(jobs, deadline)
    return _at_once(jobs, width, deadline)


def _one_by_one(jobs: Mapping[K, Callable[[], T]], deadline: Deadline) -> Iterator[tuple[K, Outcome[T]]]:
    begun = 0
    while new := dict(islice(jobs.items(), begun, None)):
        begun += len(new)
        for key, job in new.items():
            yield key, _outcome(job, deadline)


def _at_once(jobs: Mapping[K, Callable[[], T]], width: int, deadline: Deadline) -> Iterator[tuple[K, Outcome[T]]]:
    batch: _Batch[K, T] = _Batch(width, deadline)
    waiting: dict[K, None] = {}
    taken = 0
    try:
        while True:
            if len(jobs) > taken:
                new = dict(islice(jobs.items(), taken, None))
                taken += len(new)
                waiting |= dict.fromkeys(new)
                batch.add(new)
            if not waiting:
                return
            try:
                result = batch.done.get(timeout=deadline.remaining()).result()
            except queue.Empty:
                break
            if result is not None:
                del waiting[result[0]]
                yield result
    finally:
        batch.drop_the_rest()
    while waiting:
        for key in waiting:
            yield key, Outcome(error=DeadlineExceeded())
        waiting = dict.fromkeys(islice(jobs, taken, None))
        taken += len(waiting)


class _Batch(Generic[K, T]):
    def __init__(self, width: int, deadline: Deadline) -> None:
        self.done: queue.SimpleQueue[Future[tuple[K, Outcome[T]] | None]] = queue.SimpleQueue()
        self._left: deque[tuple[K, Callable[[], T]]] = deque()
        self._width = width
        self._lanes = 0
        self._lock = threading.Lock()
        self._deadline = deadline
        self._context = contextvars.copy_context()

    def add(self, jobs: Mapping[K, Callable[[], T]]) -> None:
        """Put ``jobs`` before those that have not begun, and open lanes for them."""
        with self._lock:
            self._left.extendleft(reversed(list(jobs.items())))
            new = min(self._width - self._lanes, len(self._left))
            self._lanes += new
        for _ in range(new):
            self._open_lane()

    def drop_the_rest(self) -> None:
        """Begin no further job."""
        self._left.clear()

    def _open_lane(self) -> None:
        """Queue up behind everybody else for one job."""
        _shared_executor().submit(self._next_job).add_done_callback(self._lane_ended)

    def _next_job(self) -> tuple[K, Outcome[T]] | None:
        try:
            key, job = self._left.popleft()
        except IndexError:
            return None
        # A context can be entered by one thread at a time: each job has a copy of its own.
        return key, self._context.copy().run(_in_lane, job, self._deadline)

    def _lane_ended(self, lane: Future[tuple[K, Outcome[T]] | None]) -> None:
        self.done.put(lane)
        with self._lock:
            goes_on = bool(self._left)
            self._lanes -= not goes_on
        if goes_on:
            self._open_lane()


def _in_lane(job: Callable[[], T], deadline: Deadline) -> Outcome[T]:
    _inside_a_lane.set(True)
    return _outcome(job, deadline)


def _outcome(job: Callable[[], T], deadline: Deadline) -> Outcome[T]:
    if deadline.expired:
        return Outcome(error=DeadlineExceeded(sent=False))
    try:
        with deadline.enforced():
            return Outcome(value=job())
    except BrightspaceError as error:
        return Outcome(error=error)


def _shared_executor() -> ThreadPoolExecutor:
    global _executor
    with _executor_lock:
        if _executor is None:
            _executor = ThreadPoolExecutor(CONNECTIONS, thread_name_prefix="brightspace")
        return _executor


def _forget_threads() -> None:
    """A forked child has none of its parent's threads."""
    global _executor, _executor_lock
    _executor, _executor_lock = None, threading.Lock()


os.register_at_fork(after_in_child=_forget_threads)
