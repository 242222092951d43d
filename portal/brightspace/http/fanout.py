"""Many calls at once: bounded, fair between callers, each call with an outcome of its own.

One executor serves the process. A fan-out takes part with as many lanes as its width; a lane does one job and then
queues up again behind the lanes of every other fan-out, so a long one cannot starve a short one.
"""

import contextvars
import os
import queue
import threading
from collections import deque
from collections.abc import Callable, Hashable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import ContextVar
from typing import Generic, TypeVar

from portal.brightspace.errors import BrightspaceError, DeadlineExceeded
from portal.brightspace.http.deadline import Deadline
from portal.brightspace.http.sockets import CONNECTIONS
from portal.brightspace.outcomes import Outcome

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")

WIDTH = 16
_in_lane: ContextVar[bool] = ContextVar("brightspace_lane", default=False)
_executor: ThreadPoolExecutor | None = None
_executor_lock = threading.Lock()


class FanOut(Generic[K, T]):
    """Runs jobs side by side; iterate it for each key with its outcome, as they end.

    Iteration ends when every submitted job has ended. At the deadline those left come out as DeadlineExceeded.
    ``seconds_each`` limits a single job within the deadline. Context variables, the deadline among them, hold inside
    the jobs. An exception that is no BrightspaceError is a bug and is raised by the iteration. Use it in ``with``:
    on leaving, jobs that have not begun are dropped.
    """

    def __init__(self, *, deadline: Deadline, width: int = WIDTH, seconds_each: float | None = None) -> None:
        self._deadline = deadline
        self._seconds_each = seconds_each
        # A lane that waited for lanes of its own could leave none to do the work: there, jobs run one by one.
        self._width = 0 if _in_lane.get() else width
        self._lanes = 0
        self._lock = threading.Lock()
        self._waiting: dict[K, None] = {}
        self._queued: deque[tuple[K, Callable[[], T]]] = deque()
        self._ended: queue.SimpleQueue[Future[tuple[K, Outcome[T]] | None]] = queue.SimpleQueue()
        with deadline.enforced():
            self._context = contextvars.copy_context()
        self._context.run(_in_lane.set, True)

    def __enter__(self) -> "FanOut[K, T]":
        return self

    def __exit__(self, *_: object) -> None:
        self._queued.clear()

    def submit(self, jobs: Mapping[K, Callable[[], T]]) -> None:
        """Add jobs, before those that have not begun: somebody's next step waits for them."""
        self._waiting |= dict.fromkeys(jobs)
        with self._lock:
            self._queued.extendleft(reversed(list(jobs.items())))
            new_lanes = max(0, min(self._width - self._lanes, len(self._queued)))
            self._lanes += new_lanes
        for _ in range(new_lanes):
            self._open_lane()

    def __iter__(self) -> Iterator[tuple[K, Outcome[T]]]:
        while self._waiting:
            try:
                in_pool = self._width > 0
                ended = self._ended.get(timeout=self._deadline.remaining()).result() if in_pool else self._run_next()
            except queue.Empty:
                break
            if ended is not None:
                del self._waiting[ended[0]]
                yield ended
        while self._waiting:
            key = next(iter(self._waiting))
            del self._waiting[key]
            yield key, Outcome(error=DeadlineExceeded())

    def _open_lane(self) -> None:
        """Queue up behind everybody else for one job."""
        _shared_executor().submit(self._run_next).add_done_callback(self._lane_ended)

    def _run_next(self) -> tuple[K, Outcome[T]] | None:
        try:
            key, job = self._queued.popleft()
        except IndexError:
            return None
        if self._deadline.expired:
            return key, Outcome(error=DeadlineExceeded(sent=False))
        # A context can be entered by one thread at a time: each job has a copy of its own.
        context = self._context.copy()
        if self._seconds_each is not None:
            context.run(Deadline.after(self._seconds_each).enforce)
        try:
            return key, Outcome(value=context.run(job))
        except BrightspaceError as error:
            return key, Outcome(error=error)

    def _lane_ended(self, lane: Future[tuple[K, Outcome[T]] | None]) -> None:
        self._ended.put(lane)
        with self._lock:
            goes_on = bool(self._queued)
            self._lanes -= not goes_on
        if goes_on:
            self._open_lane()


def _shared_executor() -> ThreadPoolExecutor:
    global _executor
    with _executor_lock:
        if _executor is None:
            _executor = ThreadPoolExecutor(CONNECTIONS, thread_name_prefix="brightspace")
        return _executor


def _drop_threads() -> None:
    """A forked child has none of its parent's threads."""
    global _executor, _executor_lock
    _executor, _executor_lock = None, threading.Lock()


os.register_at_fork(after_in_child=_drop_threads)
