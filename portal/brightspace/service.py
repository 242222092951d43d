"""A signed-in person at work: their token, their kept answers, one deadline. Services stand on this.

Reads come from the cache while fresh; what is missing is fetched in a bounded fan-out and kept as it
arrives. Database and cache are touched by the calling thread alone, pool threads only speak HTTP.
"""

import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, Generic, TypeVar

import msgspec
from django.conf import settings

from portal.brightspace import tokens
from portal.brightspace.cache import Entry, PersonCache, SiteCache
from portal.brightspace.client import Client
from portal.brightspace.configuration import configuration
from portal.brightspace.credits import credits, take_for_background
from portal.brightspace.deadline import Deadline
from portal.brightspace.download import Download
from portal.brightspace.errors import (
    BrightspaceError,
    Gone,
    NotFound,
    NotPermitted,
    OutOfTime,
    SignInExpired,
    TokenRejected,
)
from portal.brightspace.fanout import Outcome, fan_out
from portal.brightspace.fields import decode, encode
from portal.brightspace.reads import Read
from portal.brightspace.versions import PATH as VERSIONS_PATH
from portal.brightspace.versions import ProductVersions, Versions, choose
from portal.brightspace.writes import FileRead, Write

T = TypeVar("T")
SHARED_FLIGHT = 4  # up to so many reads at once wait for another process that fetches the same
BACKGROUND_CHUNK = 64


@dataclass(frozen=True)
class Answer(Generic[T]):
    """What came of one read: a value or an error, when it was read (UTC), and whether it has aged.

    ``error`` beside a value says why the value could not be renewed.
    """

    value: T | None = None
    error: BrightspaceError | None = None
    as_of: datetime | None = None
    stale: bool = False

    def unwrap(self) -> T:
        """The value; raises the error if there is none."""
        if self.value is None:
            raise self.error or NotFound()
        return self.value


class Caller:
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
        self.only_kept = False  # look at what is kept and ask nothing; ``missed`` tells if that was not all
        self.missed = False
        self.cache = PersonCache(person_id)
        self.served_stale = False
        self._versions: Versions | None = None

    def read(self, read: Read[T]) -> T:
        """One read's value. Raises whatever Brightspace, the deadline or the sign-in had against it."""
        answer: Answer[T] = self.answers([read])[read]
        return answer.unwrap()

    def answers(self, reads: Iterable[Read[Any]]) -> dict[Read[Any], Answer[Any]]:
        """Every read's own answer; one that fails takes no other with it. Raises SignInExpired only."""
        wanted = list(dict.fromkeys(reads))
        kept = self.cache.entries(read.name for read in wanted)
        known = {read: self._answer(read, kept[read.name]) for read in wanted if read.name in kept}
        missing = [read for read in wanted if self._is_wanting(known.get(read))]
        fetched: dict[Read[Any], Answer[Any]] = {}
        if self.only_kept:
            self.missed |= bool(missing)
        elif len(missing) <= SHARED_FLIGHT:
            fetched = self._shared(missing)
        else:
            fetched = self._fetched(missing)
        for read in missing:
            known[read] = _better(fetched.get(read) or Answer(error=OutOfTime()), known.get(read))
        self.served_stale |= any(answer.stale for answer in known.values())
        return known

    def write(self, write: Write[T]) -> T | None:
        """Carry out one change, sent once; what was kept for this person is forgotten, whatever came of it.

        Raises whatever Brightspace had against it; Unclear when it may or may not have been carried out.
        """
        credits.check()
        try:
            return self._with_token(write.send)
        finally:
            credits.publish()
            self.cache.forget()

    def download(self, file: FileRead) -> Download:
        """Open a file of Brightspace's as a stream, to be read before the deadline."""
        credits.check()
        return self._with_token(file.open)

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
        return answer is None or (answer.stale and self.renew and not self.only_kept)

    def _answer(self, read: Read[T], entry: Entry) -> Answer[T]:
        as_of = datetime.fromtimestamp(entry.as_of, UTC)
        stale = not self.cache.is_fresh(entry, read.fresh or settings.PORTAL_FRESH_SECONDS)
        if entry.refusal:
            return Answer(error=_REFUSALS[entry.refusal](entry.detail), as_of=as_of, stale=stale)
        return Answer(value=decode(entry.body, read.answer), as_of=as_of, stale=stale)

    def _shared(self, reads: Collection[Read[Any]]) -> dict[Read[Any], Answer[Any]]:
        """Fetch what nobody else is fetching, and wait for the rest."""
        mine = [
            read for read in reads if self.cache.take_flight(read.name, self.deadline.remaining())
        ]
        try:
            found = self._fetched(mine)
        finally:
            for read in mine:
                self.cache.land(read.name)
        for read in reads:
            if read not in found:
                found.update(self._awaited(read))
        return found

    def _awaited(self, read: Read[Any]) -> dict[Read[Any], Answer[Any]]:
        """Another process's answer as soon as it is kept; our own if that process gave up."""
        while not self.deadline.expired:
            entry = self.cache.entries([read.name]).get(read.name)
            if entry and not self._is_wanting(answer := self._answer(read, entry)):
                return {read: answer}
            if not self.cache.in_flight(read.name):
                return self._fetched([read])
            time.sleep(0.02)
        return {}

    def _fetched(self, reads: Collection[Read[Any]]) -> dict[Read[Any], Answer[Any]]:
        """Ask Brightspace for each read, keep what it answers, refresh the token once if it is refused."""
        answers: dict[Read[Any], Answer[Any]] = {}
        try:
            for chunk in self._chunks(list(reads)):
                token = tokens.access_token(self.person_id, self.deadline)
                refused = self._fetch(chunk, token, answers)
                if refused:
                    token = tokens.access_token(self.person_id, self.deadline, rejected=token)
                    if self._fetch(refused, token, answers):
                        raise SignInExpired
        except SignInExpired:
            raise
        except BrightspaceError as error:
            answers.update({read: Answer(error=error) for read in reads if read not in answers})
        return answers

    def _chunks(self, reads: list[Read[Any]]) -> Iterable[list[Read[Any]]]:
        """Background work asks in small steps, each paid for before it starts."""
        step = BACKGROUND_CHUNK if self.background else max(len(reads), 1)
        for start in range(0, len(reads), step):
            chunk = reads[start : start + step]
            credits.check()
            if self.background:
                take_for_background(len(chunk))
            yield chunk

    def _fetch(
        self,
        reads: Collection[Read[Any]],
        token: tokens.AccessToken,
        answers: dict[Read[Any], Answer[Any]],
    ) -> list[Read[Any]]:
        """One fan-out; answers land in ``answers``; returns the reads whose token was refused."""
        client = self._client(token)
        versions = self.versions(client)
        jobs = {read: partial(read.fetch, client, versions) for read in reads}
        refused = []
        try:
            for read, outcome in fan_out(jobs, deadline=self.deadline):
                if isinstance(outcome.error, SignInExpired):
                    refused.append(read)
                else:
                    answers[read] = self._kept(read, outcome)
        finally:
            self.cache.flush()
        credits.publish()
        return refused

    def _kept(self, read: Read[T], outcome: Outcome[T]) -> Answer[T]:
        now = time.time()
        keep = read.keep or settings.PORTAL_KEEP_SECONDS
        if outcome.error is None:
            self.cache.keep_soon(read.name, Entry(now, encode(outcome.value)), keep)
        elif (refusal := type(outcome.error).__name__) in _REFUSALS:
            detail = getattr(outcome.error, "permission", None) or ""
            self.cache.keep_soon(read.name, Entry(now, refusal=refusal, detail=detail), keep)
        return Answer(outcome.value, outcome.error, datetime.fromtimestamp(now, UTC))

    def _client(self, token: tokens.AccessToken) -> Client:
        return Client(
            token=token.value,
            deadline=self.deadline,
            configuration=configuration(),
            on_answer=credits.note,
        )

    def versions(self, client: Client) -> Versions:
        """The API versions this tenant and the portal share, asked once a day for the whole site."""
        if self._versions is None:
            self._versions = site_versions(client)
        return self._versions


def site_versions(client: Client) -> Versions:
    """The tenant's versions from the site's cache, else from ``GET /d2l/api/versions/``."""
    kept = SiteCache().get("versions")
    if isinstance(kept, bytes):
        return msgspec.msgpack.decode(kept, type=Versions)
    versions = choose(client.get(VERSIONS_PATH, list[ProductVersions]), configuration().versions)
    SiteCache().set("versions", msgspec.msgpack.encode(versions), 86_400)
    return versions


def _better(new: Answer[T], old: Answer[T] | None) -> Answer[T]:
    """What was just read; or, if that failed, what was kept, with the reason it could not be renewed."""
    if new.error is None or old is None or type(new.error).__name__ in _REFUSALS:
        return new
    return Answer(old.value, old.error or new.error, old.as_of, stale=True)


# Refusals are answers too: asking again within minutes would only cost credits.
_REFUSALS: dict[str, Any] = {
    "NotPermitted": lambda detail: NotPermitted(detail or None),
    "NotFound": lambda detail: NotFound(),
    "Gone": lambda detail: Gone(),
}
