"""Access to Brightspace as one person for one request: token, cache, deadline.

Everything a page or a task asks of Brightspace goes through a `Gateway`: single reads, many reads, flows, changes,
files. What is cached and fresh is not asked for; what is missing is fetched in one bounded fan-out.
"""

import time
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, TypeVar

from django.conf import settings

from portal.brightspace.cache import PersonCache
from portal.brightspace.calls import open_file, send
from portal.brightspace.endpoints.reads import Read
from portal.brightspace.endpoints.writes import FileRead, Write
from portal.brightspace.errors import DeadlineExceeded, ScopeMissing
from portal.brightspace.fetcher import Fetcher
from portal.brightspace.flows import Answers, FlowResults, FlowRunner, PendingReads, ReadFlow, Reads
from portal.brightspace.http.deadline import Deadline
from portal.brightspace.http.downloads import Download
from portal.brightspace.outcomes import Answer
from portal.brightspace.ratelimit import rate_limit
from portal.brightspace.read_cache import CachePolicy, ReadCache
from portal.brightspace.results import newest

__all__ = ["CachePolicy", "Gateway"]
T = TypeVar("T")
K = TypeVar("K")
R = TypeVar("R")
MAX_SHARED_READS = 4  # up to so many reads at once wait for another process that fetches the same
POLL_SECONDS = 0.02


class Gateway:
    """Access to Brightspace as one person for one request or task.

    Every answer must come within ``seconds``, by default those of a page. ``background`` work, which nobody waits
    for, takes its credits from the share left to it.
    """

    def __init__(self, person_id: int, *, seconds: float | None = None, background: bool = False) -> None:
        self.person_id = person_id
        self.deadline = Deadline.after(seconds or settings.PORTAL_PAGE_SECONDS)
        self.cache = PersonCache(person_id)
        self._reads = ReadCache(self.cache)
        self._fetcher = Fetcher(person_id, self.deadline, self._reads, background=background)

    def read(self, read: Read[T], policy: CachePolicy = CachePolicy.STALE_OK) -> T:
        """One read's value. Raises whatever Brightspace, the deadline or the sign-in had against it."""
        answer: Answer[T] = self.answers([read], policy)[read]
        return answer.unwrap()

    def answers(
        self, reads: Iterable[Read[Any]], policy: CachePolicy = CachePolicy.STALE_OK
    ) -> dict[Read[Any], Answer[Any]]:
        """Every read's own answer; one that fails takes no other with it. Raises SignInExpired only."""
        wanted = list(dict.fromkeys(reads))
        known = self._reads.answers(wanted)
        missing = [read for read in wanted if not policy.serves(known.get(read))]
        fetched: dict[Read[Any], Answer[Any]] = {}
        if policy is CachePolicy.CACHE_ONLY:
            pass
        elif len(missing) > MAX_SHARED_READS:
            fetched = self._fetcher.fetch(missing)
        else:
            with self._reads.single_flight(missing, self.deadline.remaining()) as mine:
                fetched = self._served(mine, policy)  # by whoever cached it between our look and our claim
                if left := [read for read in mine if read not in fetched]:
                    fetched |= self._fetcher.fetch(left)
            for read in missing:
                if read not in mine:
                    fetched |= self._awaited(read, policy)
        for read in missing:
            known[read] = newest(fetched.get(read) or Answer(error=DeadlineExceeded()), known.get(read))
        return known

    def run(self, flows: Mapping[K, ReadFlow[R]], policy: CachePolicy = CachePolicy.STALE_OK) -> FlowResults[K, R]:
        """Run flows side by side in one fan-out and give what each returned. Raises SignInExpired only.

        Each flow goes on as soon as its own answers are there; what it reads next joins the calls under way.
        """
        cached: dict[Read[Any], Answer[Any]] = {}

        def lookup(reads: list[Read[Any]]) -> Answers:
            cached.update(self._reads.answers(reads))
            return {read: cached[read] for read in reads if policy.serves(cached.get(read))}

        def follow_up(read: Read[Any], answer: Answer[Any]) -> Reads:
            return runner.receive(read, newest(answer, cached.get(read)))

        runner = FlowRunner(flows, lookup)
        missing = runner.start()
        incomplete = runner.unfinished if policy is CachePolicy.CACHE_ONLY else frozenset[K]()
        if policy is CachePolicy.CACHE_ONLY:
            PendingReads(missing, follow_up).give_up(DeadlineExceeded())
        else:
            self._fetcher.fetch(missing, follow_up)
        return FlowResults(runner.results, incomplete, any(answer.stale for answer in cached.values()))

    def write(self, write: Write[T]) -> T | None:
        """Carry out one change, sent once; this person's cache is cleared, whatever came of it.

        Raises whatever Brightspace had against it; OutcomeUnknown when it may or may not have been carried out.
        """
        rate_limit.check()
        try:
            return self._fetcher.call(partial(send, write))
        except ScopeMissing as error:
            raise ScopeMissing(error.scope or write.endpoint.scope) from error
        finally:
            rate_limit.publish()
            self.cache.clear()

    def download(self, file: FileRead) -> Download:
        """Open a file of Brightspace's as a stream, to be read before the deadline."""
        rate_limit.check()
        try:
            return self._fetcher.call(partial(open_file, file))
        except ScopeMissing as error:
            raise ScopeMissing(error.scope or file.endpoint.scope) from error
        finally:
            rate_limit.publish()

    def _served(self, reads: list[Read[Any]], policy: CachePolicy) -> dict[Read[Any], Answer[Any]]:
        return {read: answer for read, answer in self._reads.answers(reads).items() if policy.serves(answer)}

    def _awaited(self, read: Read[Any], policy: CachePolicy) -> dict[Read[Any], Answer[Any]]:
        """Another process's answer as soon as it is cached; our own if that process gave up."""
        while not self.deadline.expired:
            if found := self._served([read], policy):
                return found
            if not self._reads.is_claimed(read):  # it may have cached its answer and ended since we looked
                return self._served([read], policy) or self._fetcher.fetch([read])
            time.sleep(POLL_SECONDS)
        return {}
