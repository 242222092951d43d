"""What became of one call, and what came of one read: its value, or the error that prevented it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from portal.brightspace.errors import BrightspaceError, Gone, NotFound, NotPermitted

T = TypeVar("T")
REFUSALS = (NotPermitted, NotFound, Gone)  # answers too: asking again within minutes would only cost credits


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """A value, or an error in its place."""

    value: T | None = None
    error: BrightspaceError | None = None


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
        return self.error is None or isinstance(self.error, REFUSALS)
