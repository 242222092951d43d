"""Sending reads to Brightspace: a good token, one bounded fan-out, every answer cached as it arrives.

Database and cache are touched by the calling thread alone; pool threads only speak HTTP.
"""

import threading
from collections.abc import Callable, Collection, Mapping
from functools import partial
from itertools import islice
from typing import Any, TypeVar

from portal.brightspace.auth import tokens
from portal.brightspace.calls import fetch
from portal.brightspace.configuration import configuration
from portal.brightspace.endpoints.reads import Read
from portal.brightspace.endpoints.versions import Versions
from portal.brightspace.errors import (
    BrightspaceError,
    RateLimited,
    ScopeMissing,
    SignInExpired,
    TokenRejected,
    UnexpectedResponse,
)
from portal.brightspace.flows import FollowUp, PendingReads
from portal.brightspace.http.client import Client
from portal.brightspace.http.deadline import Deadline
from portal.brightspace.http.fanout import FanOut
from portal.brightspace.oddities import Oddity
from portal.brightspace.outcomes import Answer, Outcome
from portal.brightspace.ratelimit import (
    background_calls_per_minute,
    charge_background,
    rate_limit,
    reserve_for_background,
)
from portal.brightspace.read_cache import ReadCache
from portal.brightspace.tenant import is_token_accepted, site_versions

T = TypeVar("T")
SHARE_OF_ONE_READ = 0.5  # of the time left may go into a single read where others wait for it to go on
BACKGROUND_BATCH = 64
_count_lock = threading.Lock()


class Fetcher:
    """One person's calls to Brightspace until a deadline. ``background`` calls are paid from the share left to them."""

    def __init__(self, person_id: int, deadline: Deadline, cache: ReadCache, *, background: bool) -> None:
        self._person_id = person_id
        self._deadline = deadline
        self._cache = cache
        self._background = background
        self._responses = 0
        self._versions: Versions | None = None

    def fetch(self, reads: Collection[Read[Any]], follow_up: FollowUp | None = None) -> dict[Read[Any], Answer[Any]]:
        """Ask for each read, and for what follows from its answer. A 401 is answered with a new token, once.

        Raises SignInExpired, and RateLimited in the background; any other error belongs to its read.
        """
        pending = PendingReads(reads, follow_up)
        rejected: tokens.AccessToken | None = None
        try:
            while pending.open:
                batch = self._next_batch(pending)
                token = tokens.access_token(self._person_id, self._deadline, rejected=rejected)
                rejected_reads = self._fan_out(batch, token, pending)
                if rejected_reads and rejected:
                    self._settle_rejected(rejected_reads, token, pending)
                rejected = token if rejected_reads and not rejected else None
        except SignInExpired:
            raise
        except BrightspaceError as error:
            if self._background and isinstance(error, RateLimited):
                raise  # nobody waits for this: it goes on when there are credits again
            pending.give_up(error)
        return pending.answers

    def _next_batch(self, pending: PendingReads) -> list[Read[Any]]:
        """What to ask for next. Background work asks in small steps, each paid for before it starts."""
        rate_limit.check()
        if not self._background:
            return list(pending.open)
        batch = list(islice(pending.open, max(1, min(BACKGROUND_BATCH, background_calls_per_minute()))))
        reserve_for_background(len(batch))
        return batch

    def _fan_out(self, batch: list[Read[Any]], token: tokens.AccessToken, pending: PendingReads) -> list[Read[Any]]:
        """One fan-out, joined by the reads that follow from its answers; returns what was refused with a 401."""
        client = self.client(token)
        versions = self.versions(client)
        responses_before = self._responses
        share = SHARE_OF_ONE_READ if pending.has_follow_up else 1
        rejected = []
        try:
            seconds_each = self._deadline.remaining() * share
            with FanOut[Read[Any], Any](deadline=self._deadline.or_current(), seconds_each=seconds_each) as calls:
                calls.submit(_jobs(batch, client, versions))
                for read, outcome in calls:
                    rate_limit.publish()
                    if isinstance(outcome.error, SignInExpired):
                        rejected.append(read)
                        continue
                    following = pending.settle(read, self._cache.put(read, _with_scope(read, outcome)))
                    if following and not self._background:  # there the next step has to be paid for first
                        calls.submit(_jobs(following, client, versions))
        finally:
            self._cache.flush()
        if self._background:
            self._charge(batch, self._responses - responses_before, pending)
        return rejected

    def _charge(self, batch: list[Read[Any]], responses: int, pending: PendingReads) -> None:
        """Pay for retries and further pages; stop at a limit. Raises RateLimited."""
        charge_background(max(0, responses - len(batch)))
        for answer in pending.answers.values():
            if isinstance(answer.error, RateLimited):
                raise answer.error

    def _settle_rejected(self, reads: list[Read[Any]], token: tokens.AccessToken, pending: PendingReads) -> None:
        """Tell a token that Brightspace accepts elsewhere from a sign-in that has ended. Raises SignInExpired."""
        if not is_token_accepted(self.client(token)):
            raise SignInExpired
        for read in reads:
            pending.settle(read, Answer(error=UnexpectedResponse(Oddity.TOKEN_REFUSED_HERE)))

    def call(self, call: Callable[[Client, Versions], T]) -> T:
        """One call with a good token. A 401 says that nothing was done, so it is made again with a new one."""
        token = tokens.access_token(self._person_id, self._deadline)
        try:
            client = self.client(token)
            return call(client, self.versions(client))
        except TokenRejected:
            token = tokens.access_token(self._person_id, self._deadline, rejected=token)
            client = self.client(token)
            return call(client, self.versions(client))

    def client(self, token: tokens.AccessToken) -> Client:
        """A client with this token, which obeys the deadline and the rate limit."""
        return Client(
            token=token.value,
            deadline=self._deadline,
            configuration=configuration(),
            before_call=rate_limit.check_here,  # another call's answer may have said meanwhile that it is enough
            on_response=self._note_response,
        )

    def versions(self, client: Client) -> Versions:
        """The API versions this tenant and the portal share, asked once a day for the whole site."""
        if self._versions is None:
            self._versions = site_versions(client)
        return self._versions

    def _note_response(self, headers: Mapping[str, str], status: int) -> None:
        with _count_lock:
            self._responses += 1
        rate_limit.note(headers, status)


def _jobs(reads: Collection[Read[Any]], client: Client, versions: Versions) -> dict[Read[Any], Callable[[], Any]]:
    return {read: partial(fetch, read, client, versions) for read in reads}


def _with_scope(read: Read[T], outcome: Outcome[T]) -> Outcome[T]:
    """The outcome with the scope that the document names, where Brightspace's refusal names none."""
    if isinstance(outcome.error, ScopeMissing) and outcome.error.scope is None:
        return Outcome(error=ScopeMissing(read.endpoint.scope))
    return outcome
