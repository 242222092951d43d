"""Generators of reads side by side: each goes on when its own answers are there."""

from collections.abc import Generator, Mapping
from typing import Any

from portal.brightspace.endpoints.reads import Read
from portal.brightspace.endpoints.routes import Route
from portal.brightspace.errors import Unavailable
from portal.brightspace.flows import FlowRunner, PendingReads
from portal.brightspace.results import Answer

Given = Mapping[Read[Any], Answer[Any]]
Steps = Generator[list[Read[Any]], Given, list[Any]]
ROUTE = Route("le", "/overdueItems/")
NEVER: Mapping[Read[Any], Answer[Any]] = {}


def read(name: str) -> Read[str]:
    return Read(ROUTE, str, query=(("name", name),))


def steps(*rounds: str) -> Steps:
    """Reads one letter each, round by round; returns the values."""
    values = []
    for letters in rounds:
        answers = yield [read(letter) for letter in letters]
        values += [answers[read(letter)].value for letter in letters]
    return values


def nothing_cached(reads: list[Read[Any]]) -> Given:
    return NEVER


def test_reads_of_all_go_out_in_turn() -> None:
    run = FlowRunner({1: steps("abc"), 2: steps("xy")}, nothing_cached)

    assert run.start() == [read(letter) for letter in "axbyc"]


def test_a_generator_goes_on_as_soon_as_its_own_answers_are_there() -> None:
    run = FlowRunner({1: steps("ab", "c"), 2: steps("x")}, nothing_cached)
    run.start()

    assert run.receive(read("a"), Answer("A")) == []
    assert run.receive(read("b"), Answer("B")) == [read("c")]
    assert run.receive(read("c"), Answer("C")) == []
    assert run.results == {1: ["A", "B", "C"]}


def test_what_is_kept_is_not_asked_for() -> None:
    kept = {read("a"): Answer("A"), read("b"): Answer("B")}
    run = FlowRunner({1: steps("a", "b", "c")}, lambda reads: {one: kept[one] for one in reads if one in kept})

    assert run.start() == [read("c")]


def test_a_read_that_two_want_is_asked_for_once_and_told_to_both() -> None:
    run = FlowRunner({1: steps("a"), 2: steps("ab", "a")}, nothing_cached)

    assert run.start() == [read("a"), read("b")]
    run.receive(read("a"), Answer("A"))
    assert run.receive(read("b"), Answer("B")) == []
    assert run.results == {1: ["A"], 2: ["A", "B", "A"]}


def test_a_round_without_reads_is_no_obstacle() -> None:
    run = FlowRunner({1: steps("", "a", "")}, nothing_cached)

    assert run.start() == [read("a")]
    run.receive(read("a"), Answer("A"))
    assert run.results == {1: ["A"]}


def test_what_follows_from_an_answer_is_open_until_it_is_settled() -> None:
    errand = PendingReads([read("a"), read("b")], lambda one, _: [read("c")] if one == read("a") else [read("b")])

    assert errand.settle(read("a"), Answer("A")) == [read("c")]
    assert errand.settle(read("b"), Answer("B")) == []
    assert list(errand.open) == [read("c")]


def test_giving_up_settles_what_follows_as_well() -> None:
    run = FlowRunner({1: steps("ab", "c")}, nothing_cached)
    errand = PendingReads(run.start(), run.receive)
    errand.settle(read("a"), Answer("A"))
    errand.give_up(Unavailable())

    assert not errand.open
    assert {type(answer.error) for one, answer in errand.answers.items() if one != read("a")} == {Unavailable}
    assert run.results == {1: ["A", None, None]}
