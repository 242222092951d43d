"""Whom a roster file means: ids and user names looked up in Brightspace, as the admin who uploads it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from django.utils.translation import gettext_noop as _

from portal.brightspace import MAX_ID, Answer, Read
from portal.brightspace.errors import BrightspaceError, NotFound, NotPermitted
from portal.brightspace.gateway import CachePolicy, Gateway
from portal.rosters.services import UserData, UserService
from portal.rosters.upload.messages import Message

# Two fifths of what Brightspace gives the whole site in a minute: others use the portal meanwhile.
MAX_LOOKUPS = 2_000
BATCH_SIZE = 500
UserAnswers = dict[Read[UserData], Answer[UserData]]


@dataclass(frozen=True)
class Match:
    """The one person a value means."""

    person_id: int
    name: str = ""


@dataclass
class LookupResult:
    """What is known of each value: the person it means, or why it means nobody.

    ``unanswered`` values are unknown so far; ``failure`` is what Brightspace had against one of them.
    ``as_written`` ids came with a name and were not looked up.
    """

    matches: dict[str, Match] = field(default_factory=dict)
    reasons: dict[str, Message] = field(default_factory=dict)
    unanswered: int = 0
    failure: BrightspaceError | None = None
    as_written: int = 0


def look_up(brightspace: Gateway, values: Mapping[str, bool]) -> LookupResult:
    """Find each value's person; True marks ids whose name the file gives, so that they can be taken as written.

    At most ``MAX_LOOKUPS`` calls: what Brightspace has answered is cached, so that the next check goes on from there.
    Raises SignInExpired only.
    """
    reads = {value: _reads(value) for value in sorted(values, key=lambda value: values[value])}
    answers = _cached_answers(brightspace, [read for each in reads.values() for read in each])
    missing = (read for each in reads.values() for read in each if read not in answers)
    requested = list(islice(missing, MAX_LOOKUPS))
    for start in range(0, len(requested), BATCH_SIZE):
        answers |= brightspace.answers(requested[start : start + BATCH_SIZE], CachePolicy.REVALIDATE)
    result = LookupResult()
    for value, each in reads.items():
        known = [answers[read] for read in each if read in answers]
        if len(known) == len(each):
            _add_answers(result, value, known)
        elif values[value]:
            result.matches[value] = Match(int(value))
            result.as_written += 1
        else:
            result.unanswered += 1
    return result


def _reads(value: str) -> list[Read[UserData]]:
    """A number may be an id, and also somebody's user name."""
    by_user_name = UserService().by_user_name(value)
    is_id = value.isascii() and value.isdecimal() and value[0] != "0" and int(value) <= MAX_ID
    return [UserService().by_id(int(value)), by_user_name] if is_id else [by_user_name]


def _cached_answers(brightspace: Gateway, reads: Sequence[Read[UserData]]) -> UserAnswers:
    """The people already found at an earlier check, at no call; whoever was unknown is looked up again."""
    answers: UserAnswers = {}
    for start in range(0, len(reads), BATCH_SIZE):
        answers |= brightspace.answers(reads[start : start + BATCH_SIZE], CachePolicy.CACHE_ONLY)
    return {read: answer for read, answer in answers.items() if answer.value is not None}


def _add_answers(result: LookupResult, value: str, answers: Sequence[Answer[UserData]]) -> None:
    """Note what the answers to all reads of one value say of it."""
    people = {answer.value.user_id: answer.value for answer in answers if answer.value is not None}
    errors = [answer.error for answer in answers if answer.error is not None]
    failures = [error for error in errors if not isinstance(error, (NotFound, NotPermitted))]
    if failures:
        result.unanswered += 1
        result.failure = failures[0]
    elif len(people) == 1:
        [person] = people.values()
        result.matches[value] = Match(person.user_id, person.name)
    else:
        result.reasons[value] = _reason(value, list(people.values()), errors)


def _reason(value: str, people: Sequence[UserData], errors: Iterable[BrightspaceError]) -> Message:
    """Why a value means nobody in particular."""
    if people:
        template = _(
            "Several people match “%(value)s”: it is the id of one and the user name of another "
            "(%(first)s and %(second)s). Write the other one of the two for the person you mean."
        )
        return Message(template, {"value": value, "first": _name_of(people[0]), "second": _name_of(people[1])})
    refusal = next((error for error in errors if isinstance(error, NotPermitted)), None)
    if refusal and refusal.permission:
        template = _("Brightspace does not let you look up “%(value)s”. It asks for the permission “%(permission)s”.")
        return Message(template, {"value": value, "permission": refusal.permission})
    if refusal:
        return Message(_("Brightspace does not let you look up “%(value)s”."), {"value": value})
    if len(_reads(value)) > 1:
        return Message(_("Brightspace knows nobody with “%(value)s” as an id or user name."), {"value": value})
    return Message(_("Brightspace knows nobody with “%(value)s” as a user name."), {"value": value})


def _name_of(person: UserData) -> str | Message:
    return person.name or Message(_("person %(person_id)s"), {"person_id": str(person.user_id)})
