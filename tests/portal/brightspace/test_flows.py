"""Flows run side by side: each goes on when it has its own answers."""

from collections.abc import Generator, Mapping
from typing import Any

from portal.brightspace.endpoints.reads import Read
from portal.brightspace.endpoints.routes import Endpoint, Route
from portal.brightspace.errors import Unavailable
from portal.brightspace.flows import FlowRunner, PendingReads
from portal.brightspace.outcomes import Answer

Answers = Mapping[Read[Any], Answer[Any]]
Steps = Generator[list[Read[Any]], Answers, list[Any]]
ENDPOINT = Endpoint("GET", Route("le", "/overdueItems/"))
NO_ANSWERS: Mapping[Read[Any], Answer[Any]] = {}


def read(name: str) -> Read[str]:
    return Read(ENDPOINT, str, query=(("name", name),))


def flow(*steps: str) -> Steps:
    """A flow that reads one value a letter, step by step, and returns the values."""
    values = []
    for letters in steps:
        answers = yield [read(letter) for letter in letters]
        values += [answers[read(letter)].value for letter in letters]
    return values


def nothing_cached(reads: list[Read[Any]]) -> Answers:
    return NO_ANSWERS


def test_first_reads_are_interleaved_flow_by_flow() -> None:
    runner = FlowRunner({1: flow("abc"), 2: flow("xy")}, nothing_cached)

    assert runner.start() == [read(letter) for letter in "axbyc"]


def test_a_flow_goes_on_as_soon_as_it_has_its_own_answers() -> None:
    runner = FlowRunner({1: flow("ab", "c"), 2: flow("x")}, nothing_cached)
    runner.start()

    assert runner.receive(read("a"), Answer("A")) == []
    assert runner.receive(read("b"), Answer("B")) == [read("c")]
    assert runner.receive(read("c"), Answer("C")) == []
    assert runner.results == {1: ["A", "B", "C"]}


def test_cached_reads_are_not_requested() -> None:
    cached = {read("a"): Answer("A"), read("b"): Answer("B")}
    runner = FlowRunner({1: flow("a", "b", "c")}, lambda reads: {one: cached[one] for one in reads if one in cached})

    assert runner.start() == [read("c")]


def test_a_read_of_two_flows_is_requested_once_and_answered_to_both() -> None:
    runner = FlowRunner({1: flow("a"), 2: flow("ab", "a")}, nothing_cached)

    assert runner.start() == [read("a"), read("b")]
    runner.receive(read("a"), Answer("A"))
    assert runner.receive(read("b"), Answer("B")) == []
    assert runner.results == {1: ["A"], 2: ["A", "B", "A"]}


def test_a_step_without_reads_is_passed_at_once() -> None:
    runner = FlowRunner({1: flow("", "a", "")}, nothing_cached)

    assert runner.start() == [read("a")]
    runner.receive(read("a"), Answer("A"))
    assert runner.results == {1: ["A"]}


def test_follow_up_reads_are_open_until_they_are_settled() -> None:
    pending = PendingReads([read("a"), read("b")], lambda one, _: [read("c")] if one == read("a") else [read("b")])

    assert pending.settle(read("a"), Answer("A")) == [read("c")]
    assert pending.settle(read("b"), Answer("B")) == []
    assert list(pending.open) == [read("c")]


def test_giving_up_settles_follow_up_reads_as_well() -> None:
    runner = FlowRunner({1: flow("ab", "c")}, nothing_cached)
    pending = PendingReads(runner.start(), runner.receive)
    pending.settle(read("a"), Answer("A"))
    pending.give_up(Unavailable())

    assert not pending.open
    assert {type(answer.error) for one, answer in pending.answers.items() if one != read("a")} == {Unavailable}
    assert runner.results == {1: ["A", None, None]}
