"""Reads on their way: which are still open, what came of the others, and what follows from it; pure."""

from collections.abc import Callable, Generator, Iterable, Mapping
from itertools import chain, zip_longest
from typing import Any, Generic, TypeVar

from portal.brightspace.endpoints.reads import Read
from portal.brightspace.errors import BrightspaceError
from portal.brightspace.results import Answer

K = TypeVar("K")
R = TypeVar("R")
Reads = Iterable[Read[Any]]
Answers = Mapping[Read[Any], Answer[Any]]
ReadFlow = Generator[Reads, Answers, R]
FollowUp = Callable[[Read[Any], Answer[Any]], Reads]


def no_follow_up(read: Read[Any], answer: Answer[Any]) -> Reads:
    """What follows from an answer that nobody builds on."""
    return ()


class PendingReads:
    """Reads to be asked for. ``follow`` tells what one answer makes worth asking next."""

    def __init__(self, reads: Reads, follow: FollowUp = no_follow_up) -> None:
        self.open: dict[Read[Any], None] = dict.fromkeys(reads)
        self.answers: dict[Read[Any], Answer[Any]] = {}
        self._follow = follow

    @property
    def leads_on(self) -> bool:
        """Whether anything can follow from an answer."""
        return self._follow is not no_follow_up

    def settle(self, read: Read[Any], answer: Answer[Any]) -> list[Read[Any]]:
        """Note what came of a read; returns the reads that are open because of it."""
        self.open.pop(read, None)
        self.answers[read] = answer
        new = [one for one in self._follow(read, answer) if one not in self.answers and one not in self.open]
        self.open |= dict.fromkeys(new)
        return new

    def give_up(self, error: BrightspaceError) -> None:
        """Settle whatever is open, and what follows from that, with an error."""
        while self.open:
            self.settle(next(iter(self.open)), Answer(error=error))


class FlowRunner(Generic[K, R]):
    """Generators of reads, each sent the answers as soon as the last of its own is there.

    ``usable`` gives the answers known without asking. ``results`` has what each generator returned.
    """

    def __init__(self, steps: Mapping[K, ReadFlow[R]], usable: Callable[[list[Read[Any]]], Answers]) -> None:
        self.results: dict[K, R] = {}
        self._steps = dict(steps)
        self._usable = usable
        self._answers: dict[Read[Any], Answer[Any]] = {}
        self._asked: set[Read[Any]] = set()
        self._begun: set[K] = set()
        self._awaited: dict[K, set[Read[Any]]] = {key: set() for key in steps}

    def first(self) -> list[Read[Any]]:
        """What has to be asked to begin with."""
        return self._unknown(self._following())

    def told(self, read: Read[Any], answer: Answer[Any]) -> list[Read[Any]]:
        """What has to be asked next, now that this answer is known."""
        self._note({read: answer})
        return self._unknown(self._following())

    def _unknown(self, reads: list[Read[Any]]) -> list[Read[Any]]:
        """Those of ``reads`` that must be asked, and what follows where all is known."""
        unknown: list[Read[Any]] = []
        while reads:
            known = self._usable(reads)
            unknown += [read for read in reads if read not in known]
            self._note(known)
            reads = self._following()
        return unknown

    def _note(self, answers: Answers) -> None:
        self._answers.update(answers)
        for awaited in self._awaited.values():
            awaited.difference_update(answers)

    def _following(self) -> list[Read[Any]]:
        """What the generators want that have all they asked for."""
        batches = []
        while ready := [key for key, awaited in self._awaited.items() if not awaited]:
            batches += [self._next(key) for key in ready]
        return _in_turn(batches)

    def _next(self, key: K) -> list[Read[Any]]:
        del self._awaited[key]
        answers: Any = self._answers if key in self._begun else None
        self._begun.add(key)
        try:
            wanted = dict.fromkeys(self._steps[key].send(answers))
        except StopIteration as end:
            self.results[key] = end.value
            return []
        self._awaited[key] = {read for read in wanted if read not in self._answers}
        new = [read for read in wanted if read not in self._asked]
        self._asked.update(new)
        return new


def _in_turn(batches: list[list[Read[Any]]]) -> list[Read[Any]]:
    """One of each in turn, so that whoever comes first in the batches is complete first."""
    return [read for read in chain.from_iterable(zip_longest(*batches)) if read is not None]
