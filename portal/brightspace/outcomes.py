"""What became of one call: its value, or the error that prevented it."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from portal.brightspace.errors import BrightspaceError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """A value, or an error in its place."""

    value: T | None = None
    error: BrightspaceError | None = None
