"""Flows: generators that yield reads and are sent their answers. Pure.

A feature writes what it needs as a flow, in as many steps as its questions depend on each other, and returns what it
made of the answers. `FlowRunner` runs any number of flows side by side; `PendingReads` holds the reads under way.
"""

from collections.abc import Callable, Collection, Generator, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Any, Generic, TypeVar

from portal.brightspace.endpoints.reads import Read
from portal.brightspace.errors import BrightspaceError
from portal.brightspace.outcomes import Answer

K = TypeVar("K")
R = TypeVar("R")
Reads = Iterable[Read[Any]]
Answers = Mapping[Read[Any], Answer[Any]]
ReadFlow = Generator[Collection[Read[Any]], Answers, R]
FollowUp = Callable[[Read[Any], Answer[Any]], Reads]


@dataclass(frozen=True)
class FlowResults(Generic[K, R]):
    """What each flow returned. ``incomplete`` flows missed answers that only Brightspace could have given."""

    values: dict[K, R]
    incomplete: frozenset[K] = frozenset()
    stale: bool = False  # whether any answer used is older than its fresh time


class PendingReads:
    """Reads to be asked for; ``follow_up`` names the reads that one answer makes worth asking next."""

    def __init__(self, reads: Reads, follow_up: FollowUp | None = None) -> None:
        self.open: dict[Read[Any], None] = dict.fromkeys(reads)
        self.answers: dict[Read[Any], Answer[Any]] = {}
        self._follow_up = follow_up

    @property
    def has_follow_up(self) -> bool:
        """Whether further reads can come of an answer."""
        return self._follow_up is not None

    def settle(self, read: Read[Any], answer: Answer[Any]) -> list[Read[Any]]:
        """Note a read's answer; returns the reads that are open because of it."""
        self.open.pop(read, None)
        self.answers[read] = answer
        following = self._follow_up(read, answer) if self._follow_up else ()
        new = [one for one in following if one not in self.answers and one not in self.open]
        self.open |= dict.fromkeys(new)
        return new

    def give_up(self, error: BrightspaceError) -> None:
        """Settle every open read, and those that follow from it, with an error."""
        while self.open:
            self.settle(next(iter(self.open)), Answer(error=error))


class FlowRunner(Generic[K, R]):
    """Runs flows side by side; each goes on as soon as the last answer of its own step is known.

    ``lookup`` gives the answers known without asking. ``results`` has what each flow returned so far.
    """

    def __init__(self, flows: Mapping[K, ReadFlow[R]], lookup: Callable[[list[Read[Any]]], Answers]) -> None:
        self.results: dict[K, R] = {}
        self._flows = dict(flows)
        self._lookup = lookup
        self._answers: dict[Read[Any], Answer[Any]] = {}
        self._requested: set[Read[Any]] = set()
        self._started: set[K] = set()
        self._awaited: dict[K, set[Read[Any]]] = {key: set() for key in flows}

    @property
    def unfinished(self) -> frozenset[K]:
        """The flows that wait for answers."""
        return frozenset(self._awaited)

    def start(self) -> list[Read[Any]]:
        """Begin every flow; returns the reads that must be asked for."""
        return self._unknown(self._next_reads())

    def receive(self, read: Read[Any], answer: Answer[Any]) -> list[Read[Any]]:
        """Pass an answer on; returns the further reads that must be asked for."""
        self._note({read: answer})
        return self._unknown(self._next_reads())

    def _unknown(self, reads: list[Read[Any]]) -> list[Read[Any]]:
        """Those of ``reads`` that must be asked for, and what follows where all is known."""
        unknown: list[Read[Any]] = []
        while reads:
            known = self._lookup(reads)
            unknown += [read for read in reads if read not in known]
            self._note(known)
            reads = self._next_reads()
        return unknown

    def _note(self, answers: Answers) -> None:
        self._answers.update(answers)
        for awaited in self._awaited.values():
            awaited.difference_update(answers)

    def _next_reads(self) -> list[Read[Any]]:
        """What the flows want that have every answer they asked for."""
        batches = []
        while ready := [key for key, awaited in self._awaited.items() if not awaited]:
            batches += [self._advance(key) for key in ready]
        return _interleaved(batches)

    def _advance(self, key: K) -> list[Read[Any]]:
        """Send a flow its answers; returns the reads it yields that nobody has requested yet."""
        del self._awaited[key]
        answers: Any = self._answers if key in self._started else None
        self._started.add(key)
        try:
            wanted = dict.fromkeys(self._flows[key].send(answers))
        except StopIteration as end:
            self.results[key] = end.value
            return []
        self._awaited[key] = {read for read in wanted if read not in self._answers}
        new = [read for read in wanted if read not in self._requested]
        self._requested.update(new)
        return new


def _interleaved(batches: list[list[Read[Any]]]) -> list[Read[Any]]:
    """One read of each batch in turn: whoever comes first in every batch is complete first."""
    return [read for read in chain.from_iterable(zip_longest(*batches)) if read is not None]
