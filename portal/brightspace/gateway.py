"""A signed-in person at work: their token, their kept answers, one deadline. Services stand on this.

Reads come from the cache while fresh; what is missing is fetched in a bounded fan-out and kept as it
arrives. Database and cache are touched by the calling thread alone, pool threads only speak HTTP.
"""

import threading
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from typing import Any, TypeVar

from django.conf import settings

from portal.brightspace.auth import tokens
from portal.brightspace.cache import Entry, PersonCache
from portal.brightspace.configuration import configuration
from portal.brightspace.endpoints.actions import scope_of
from portal.brightspace.endpoints.reads import Read
from portal.brightspace.endpoints.versions import Versions
from portal.brightspace.endpoints.writes import FileRead, Write
from portal.brightspace.errors import (
    BrightspaceError,
    DeadlineExceeded,
    RateLimited,
    ScopeMissing,
    SignInExpired,
    TokenRejected,
    UnexpectedResponse,
)
from portal.brightspace.flows import FlowRunner, FollowUp, PendingReads, ReadFlow, no_follow_up
from portal.brightspace.http.client import Client
from portal.brightspace.http.deadline import Deadline
from portal.brightspace.http.downloads import Download
from portal.brightspace.http.fanout import Outcome, fan_out
from portal.brightspace.ratelimit import (
    background_calls_per_minute,
    charge_background,
    rate_limit,
    reserve_for_background,
)
from portal.brightspace.results import Answer, from_entry, newest, to_entry
from portal.brightspace.tenant import is_token_accepted, site_versions

__all__ = ["Answer", "Gateway"]
T = TypeVar("T")
K = TypeVar("K")
R = TypeVar("R")
SHARED_FLIGHT = 4  # up to so many reads at once wait for another process that fetches the same
PART_OF_ONE = 0.5  # of the time left may go into a single read where others wait for it to go on
BACKGROUND_CHUNK = 64
_count_lock = threading.Lock()


class Gateway:
    """One person's access to Brightspace for the length of one page or task.

    ``renew`` fetches what has gone stale instead of serving it (the worker, a refresh); without it stale
    answers are served and ``served_stale`` tells that a refresh is due. ``background`` work takes its
    credits from the share left to it.
    """

    def __init__(
        self,
        person_id: int,
        *,
        seconds: float | None = None,
        renew: bool = False,
        background: bool = False,
    ) -> None:
        self.person_id = person_id
        self.deadline = Deadline.after(seconds or settings.PORTAL_PAGE_SECONDS)
        self.renew = renew
        self.background = background
        self.cache_only = False  # look at what is kept and ask nothing; ``missed`` tells if that was not all
        self.missed = False
        self.cache = PersonCache(person_id)
        self.served_stale = False
        self._answered = 0
        self._versions: Versions | None = None

    def read(self, read: Read[T]) -> T:
        """One read's value. Raises whatever Brightspace, the deadline or the sign-in had against it."""
        answer: Answer[T] = self.answers([read])[read]
        return answer.unwrap()

    def answers(self, reads: Iterable[Read[Any]]) -> dict[Read[Any], Answer[Any]]:
        """Every read's own answer; one that fails takes no other with it. Raises SignInExpired only."""
        wanted = list(dict.fromkeys(reads))
        known = self._kept_answers(wanted)
        missing = [read for read in wanted if self._is_wanting(known.get(read))]
        fetched: dict[Read[Any], Answer[Any]] = {}
        if self.cache_only:
            self.missed |= bool(missing)
        elif len(missing) <= SHARED_FLIGHT:
            fetched = self._shared(missing)
        else:
            fetched = self._fetched(missing)
        for read in missing:
            known[read] = newest(fetched.get(read) or Answer(error=DeadlineExceeded()), known.get(read))
        self.served_stale |= any(answer.stale for answer in known.values())
        return known

    def gather(self, steps: Mapping[K, ReadFlow[R]]) -> dict[K, R]:
        """Run generators of reads side by side and give what each returned. Raises SignInExpired only.

        Each goes on as soon as its own answers are there, and what it reads next joins the calls under way.
        """
        aged: dict[Read[Any], Answer[Any]] = {}

        def usable(reads: Collection[Read[Any]]) -> dict[Read[Any], Answer[Any]]:
            aged.update(self._kept_answers(reads))
            return {read: aged[read] for read in reads if read in aged and not self._is_wanting(aged[read])}

        def settled(read: Read[Any], answer: Answer[Any]) -> list[Read[Any]]:
            return run.told(read, newest(answer, aged.get(read)))

        run = FlowRunner(steps, usable)
        missing = run.first()
        if self.cache_only:
            self.missed |= bool(missing)
            PendingReads(missing, settled).give_up(DeadlineExceeded())
        else:
            self._fetched(missing, settled)
        self.served_stale |= any(answer.stale for answer in aged.values())
        return run.results

    def write(self, write: Write[T]) -> T | None:
        """Carry out one change, sent once; what was kept for this person is forgotten, whatever came of it.

        Raises whatever Brightspace had against it; Unclear when it may or may not have been carried out.
        """
        rate_limit.check()
        try:
            return self._with_token(write.send)
        except ScopeMissing as error:
            raise ScopeMissing(error.scope or scope_of(write.method, write.route)) from error
        finally:
            rate_limit.publish()
            self.cache.clear()

    def download(self, file: FileRead) -> Download:
        """Open a file of Brightspace's as a stream, to be read before the deadline."""
        rate_limit.check()
        try:
            return self._with_token(file.open)
        except ScopeMissing as error:
            raise ScopeMissing(error.scope or scope_of("GET", file.route)) from error
        finally:
            rate_limit.publish()

    def _with_token(self, call: Callable[[Client, Versions], T]) -> T:
        """One call with a good token. A 401 says that nothing was done, so it is made again with a new one."""
        token = tokens.access_token(self.person_id, self.deadline)
        try:
            client = self._client(token)
            return call(client, self.versions(client))
        except TokenRejected:
            token = tokens.access_token(self.person_id, self.deadline, rejected=token)
            client = self._client(token)
            return call(client, self.versions(client))

    def _is_wanting(self, answer: Answer[Any] | None) -> bool:
        return answer is None or (answer.stale and self.renew and not self.cache_only)

    def _kept_answers(self, reads: Collection[Read[Any]]) -> dict[Read[Any], Answer[Any]]:
        kept = self.cache.entries(read.name for read in reads)
        return {read: answer for read in reads if (answer := self._answer(read, kept.get(read.name)))}

    def _answer(self, read: Read[T], entry: Entry | None) -> Answer[T] | None:
        if entry is None:
            return None
        stale = not self.cache.is_fresh(entry, read.fresh_seconds or settings.PORTAL_CACHE_FRESH_SECONDS)
        return from_entry(entry, read, stale)

    def _shared(self, reads: Collection[Read[Any]]) -> dict[Read[Any], Answer[Any]]:
        """Fetch what nobody else is fetching, and wait for the rest."""
        mine = [read for read in reads if self.cache.acquire_flight(read.name, self.deadline.remaining())]
        try:
            found = self._just_kept(mine)
            found |= self._fetched([read for read in mine if read not in found])
        finally:
            for read in mine:
                self.cache.release_flight(read.name)
        for read in reads:
            if read not in found:
                found.update(self._awaited(read))
        return found

    def _just_kept(self, reads: Collection[Read[Any]]) -> dict[Read[Any], Answer[Any]]:
        """What somebody else kept between our look at the cache and our taking off."""
        kept = self._kept_answers(reads)
        return {read: answer for read, answer in kept.items() if not self._is_wanting(answer)}

    def _awaited(self, read: Read[Any]) -> dict[Read[Any], Answer[Any]]:
        """Another process's answer as soon as it is kept; our own if that process gave up."""
        while not self.deadline.expired:
            if found := self._just_kept([read]):
                return found
            if not self.cache.is_in_flight(read.name):  # it may have kept its answer and landed since we looked
                return self._just_kept([read]) or self._fetched([read])
            time.sleep(0.02)
        return {}

    def _fetched(self, reads: Collection[Read[Any]], follow: FollowUp = no_follow_up) -> dict[Read[Any], Answer[Any]]:
        """Ask Brightspace for each read, keep what it answers, refresh the token once if it is refused."""
        errand = PendingReads(reads, follow)
        try:
            while errand.open:
                self._ask(self._chunk(errand), errand)
        except SignInExpired:
            raise
        except BrightspaceError as error:
            if self.background and isinstance(error, RateLimited):
                raise  # nobody waits for this: it goes on when there are credits again
            errand.give_up(error)
        return errand.answers

    def _ask(self, reads: Collection[Read[Any]], errand: PendingReads) -> None:
        """One fan-out with a good token; what is refused with a 401 is asked once more with a new one."""
        before = self._answered
        token = tokens.access_token(self.person_id, self.deadline)
        refused = self._fetch(reads, token, errand)
        if refused:
            token = tokens.access_token(self.person_id, self.deadline, rejected=token)
            refused = self._fetch(refused, token, errand)
        if refused and not is_token_accepted(self._client(token)):
            raise SignInExpired
        for read in refused:
            errand.settle(read, Answer(error=UnexpectedResponse("a refusal of a sign-in it accepts elsewhere")))
        if self.background:
            charge_background(max(0, self._answered - before - len(reads)))
            for limit in (answer.error for answer in errand.answers.values() if isinstance(answer.error, RateLimited)):
                raise limit

    def _chunk(self, errand: PendingReads) -> list[Read[Any]]:
        """What to ask for next. Background work asks in small steps, each paid for before it starts."""
        rate_limit.check()
        if not self.background:
            return list(errand.open)
        chunk = list(islice(errand.open, max(1, min(BACKGROUND_CHUNK, background_calls_per_minute()))))
        reserve_for_background(len(chunk))
        return chunk

    def _fetch(self, reads: Collection[Read[Any]], token: tokens.AccessToken, errand: PendingReads) -> list[Read[Any]]:
        """One fan-out, which is joined by what follows from its answers; returns what was refused with a 401."""
        client = self._client(token)
        versions = self.versions(client)
        time_of_one = self.deadline.remaining() * (PART_OF_ONE if errand.leads_on else 1)
        jobs = {read: partial(_asked, read, client, versions, time_of_one) for read in reads}
        refused = []
        try:
            for read, outcome in fan_out(jobs, deadline=self.deadline.or_current()):
                rate_limit.publish()
                if isinstance(outcome.error, SignInExpired):
                    refused.append(read)
                    continue
                new = errand.settle(read, self._kept(read, outcome))
                if not self.background:  # there the next step has to be paid for first
                    jobs |= {one: partial(_asked, one, client, versions, time_of_one) for one in new}
        finally:
            self.cache.flush()
        return refused

    def _kept(self, read: Read[T], outcome: Outcome[T]) -> Answer[T]:
        now = time.time()
        if isinstance(outcome.error, ScopeMissing) and outcome.error.scope is None:
            outcome = Outcome(error=ScopeMissing(scope_of("GET", read.route)))
        if (entry := to_entry(outcome, now)) is not None:
            self.cache.put_later(read.name, entry, read.stale_seconds or settings.PORTAL_CACHE_STALE_SECONDS)
        return Answer(outcome.value, outcome.error, datetime.fromtimestamp(now, UTC))

    def _client(self, token: tokens.AccessToken) -> Client:
        return Client(
            token=token.value,
            deadline=self.deadline,
            configuration=configuration(),
            on_response=self._heard,
        )

    def _heard(self, headers: Mapping[str, str], status: int) -> None:
        with _count_lock:
            self._answered += 1
        rate_limit.note(headers, status)

    def versions(self, client: Client) -> Versions:
        """The API versions this tenant and the portal share, asked once a day for the whole site."""
        if self._versions is None:
            self._versions = site_versions(client)
        return self._versions


def _asked(read: Read[T], client: Client, versions: Versions, seconds: float) -> T:
    rate_limit.check_here()  # an answer to another call may have said meanwhile that it is enough
    with Deadline.after(seconds).enforced():
        return read.fetch(client, versions)
