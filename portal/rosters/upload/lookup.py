"""Whom a roster file means: ids and user names looked up in Brightspace, as the admin who uploads it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

from portal.brightspace import MAX_ID, Answer, Read
from portal.brightspace.errors import BrightspaceError, NotFound, NotPermitted
from portal.brightspace.gateway import CachePolicy, Gateway
from portal.rosters.services import UserData, UserService

# Two fifths of what Brightspace gives the whole site in a minute: others use the portal meanwhile.
MAX_LOOKUPS = 2_000
BATCH_SIZE = 500


@dataclass(frozen=True)
class Match:
    """The one person a value means."""

    person_id: int
    name: str = ""


@dataclass
class Findings:
    """What became of each value: a match, or the sentence why there is none. The rest is still unknown."""

    matches: dict[str, Match] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)
    unasked: int = 0  # values Brightspace has not answered about
    why_unasked: str = ""
    as_written: int = 0  # ids that came with a name and were not looked up


def look_up(brightspace: Gateway, values: Mapping[str, bool]) -> Findings:
    """Find each value's person; True marks ids whose name the file gives, so that they can be taken as written.

    At most ``MOST_LOOKUPS`` calls: what Brightspace has told is kept, so that the next check goes on from there.
    Raises SignInExpired only.
    """
    reads = {value: _reads(value) for value in sorted(values, key=lambda value: values[value])}
    answers = _cached(brightspace, [read for each in reads.values() for read in each])
    waiting = {value: [read for read in each if read not in answers] for value, each in reads.items()}
    asked = list(islice((read for each in waiting.values() for read in each), MAX_LOOKUPS))
    for start in range(0, len(asked), BATCH_SIZE):
        answers |= brightspace.answers(asked[start : start + BATCH_SIZE], CachePolicy.REVALIDATE)
    findings = Findings()
    for value, each in reads.items():
        known = [answers[read] for read in each if read in answers]
        if len(known) == len(each):
            _settle(findings, value, known)
        elif values[value]:
            findings.matches[value] = Match(int(value))
            findings.as_written += 1
        else:
            findings.unasked += 1
    return findings


def _reads(value: str) -> list[Read[UserData]]:
    """A number may be an id, and also somebody's user name."""
    by_user_name = UserService().by_user_name(value)
    is_id = value.isascii() and value.isdecimal() and value[0] != "0" and int(value) <= MAX_ID
    return [UserService().by_id(int(value)), by_user_name] if is_id else [by_user_name]


def _cached(brightspace: Gateway, reads: list[Read[UserData]]) -> dict[Read[UserData], Answer[UserData]]:
    """The people already found at an earlier check, at no call; whoever was unknown is asked about again."""
    answers: dict[Read[UserData], Answer[UserData]] = {}
    for start in range(0, len(reads), BATCH_SIZE):
        answers |= brightspace.answers(reads[start : start + BATCH_SIZE], CachePolicy.CACHE_ONLY)
    return {read: answer for read, answer in answers.items() if answer.value is not None}


def _settle(findings: Findings, value: str, answers: list[Answer[UserData]]) -> None:
    people = {answer.value.user_id: answer.value for answer in answers if answer.value is not None}
    errors = [answer.error for answer in answers if answer.error is not None]
    failures = [error for error in errors if not isinstance(error, (NotFound, NotPermitted))]
    if failures:
        findings.unasked += 1
        findings.why_unasked = failures[0].message
    elif len(people) == 1:
        [person] = people.values()
        findings.matches[value] = Match(person.user_id, person.name)
    else:
        findings.wrong[value] = _why(value, people.values(), errors)


def _why(value: str, people: Iterable[UserData], errors: Iterable[BrightspaceError]) -> str:
    if names := [person.name or f"person {person.user_id}" for person in people]:
        return (
            f"Several people match “{value}”: it is the id of one and the user name of another "
            f"({' and '.join(names)}). Write the other one of the two for the person you mean."
        )
    refused = next((error for error in errors if isinstance(error, NotPermitted)), None)
    if refused:
        needed = f" It asks for the permission “{refused.permission}”." if refused.permission else ""
        return f"Brightspace does not let you look up “{value}”.{needed}"
    kind = "an id or user name" if len(_reads(value)) > 1 else "a user name"
    return f"Brightspace knows nobody with “{value}” as {kind}."
