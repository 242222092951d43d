"""Answers to and from the cache. A refusal is an answer too and is cached like one."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec

from portal.brightspace.cache import Entry
from portal.brightspace.codec.json import decode
from portal.brightspace.endpoints.reads import Read
from portal.brightspace.errors import BrightspaceError, Gone, NotFound, NotPermitted
from portal.brightspace.outcomes import REFUSALS, Answer, Outcome

T = TypeVar("T")

_FROM_ENTRY: dict[str, Callable[[str], BrightspaceError]] = {
    "NotPermitted": lambda detail: NotPermitted(detail or None),
    "NotFound": lambda detail: NotFound(),
    "Gone": lambda detail: Gone(),
}


def to_entry(outcome: Outcome[Any], now: float) -> Entry | None:
    """What to cache of an outcome (``now``: seconds since 1970); None for a failure, which may pass."""
    if outcome.error is None:
        # Not encoded as it would be sent to Brightspace, which takes many times longer: only the portal reads it.
        return Entry(now, msgspec.json.encode(outcome.value))
    if not isinstance(outcome.error, REFUSALS):
        return None
    detail = getattr(outcome.error, "permission", None) or ""
    return Entry(now, refusal=type(outcome.error).__name__, detail=detail)


def from_entry(entry: Entry, read: Read[T], stale: bool) -> Answer[T] | None:
    """The cached answer; None if this release cannot read it."""
    as_of = datetime.fromtimestamp(entry.as_of, UTC)
    if entry.refusal:
        refusal = _FROM_ENTRY.get(entry.refusal)
        return Answer(error=refusal(entry.detail), as_of=as_of, stale=stale) if refusal else None
    try:
        return Answer(decode(entry.body, read.answer), as_of=as_of, stale=stale)
    except msgspec.DecodeError:
        return None


def newest(new: Answer[T], old: Answer[T] | None) -> Answer[T]:
    """What was just read; or, if that failed, what was cached, with the reason it could not be read anew."""
    if new.is_final or old is None:
        return new
    return Answer(old.value, old.error or new.error, old.as_of, stale=True)
