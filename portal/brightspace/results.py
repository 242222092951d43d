"""What came of a read: a value, or an error. A refusal is an answer too and is cached like one."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

import msgspec

from portal.brightspace.cache import Entry
from portal.brightspace.codec.json import decode
from portal.brightspace.endpoints.reads import Read
from portal.brightspace.errors import BrightspaceError, Gone, NotFound, NotPermitted
from portal.brightspace.outcomes import Outcome

T = TypeVar("T")

# Cached: asking again within minutes would only cost credits.
_REFUSALS: dict[str, Any] = {
    "NotPermitted": lambda detail: NotPermitted(detail or None),
    "NotFound": lambda detail: NotFound(),
    "Gone": lambda detail: Gone(),
}


@dataclass(frozen=True)
class Answer(Generic[T]):
    """What came of one read: a value or an error, when it was read (UTC), and whether it is stale.

    ``error`` beside a value says why the value could not be read anew.
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

    @property
    def is_final(self) -> bool:
        """Whether Brightspace let the person in and answered, if only to refuse."""
        return self.error is None or _is_refusal(self.error)


def to_entry(outcome: Outcome[Any], now: float) -> Entry | None:
    """What to cache of an outcome (``now``: seconds since 1970); None for a failure, which may pass."""
    if outcome.error is None:
        # Not encoded as it would be sent to Brightspace, which takes many times longer: only the portal reads it.
        return Entry(now, msgspec.json.encode(outcome.value))
    if not _is_refusal(outcome.error):
        return None
    detail = getattr(outcome.error, "permission", None) or ""
    return Entry(now, refusal=type(outcome.error).__name__, detail=detail)


def from_entry(entry: Entry, read: Read[T], stale: bool) -> Answer[T] | None:
    """The cached answer; None if this release cannot read it."""
    as_of = datetime.fromtimestamp(entry.as_of, UTC)
    if entry.refusal:
        refusal = _REFUSALS.get(entry.refusal)
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


def _is_refusal(error: BrightspaceError) -> bool:
    return type(error).__name__ in _REFUSALS
