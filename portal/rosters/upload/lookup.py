"""Whom a roster file means: its values looked up in Brightspace, as the admin who uploads it.

A value may be an id, a user name or an OrgDefinedId. Few values are looked up one by one; for many, the list of all
users costs fewer calls. Both go on from where they stopped: the state is stored between the steps.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from portal.brightspace import Answer, Read
from portal.brightspace.errors import BrightspaceError, NotFound, NotPermitted, RateLimited, SignInExpired
from portal.brightspace.gateway import CachePolicy, Gateway
from portal.rosters.services import UserData, UserService
from portal.rosters.upload.matches import Key, Lookup, Match, is_possible_id
from portal.rosters.upload.names import MAX_NAME_LENGTH, one_line

# Calls in one step: two fifths of what Brightspace gives the whole site in a minute, as others use it meanwhile.
MAX_LOOKUPS = 2_000
BATCH_SIZE = 500
LIST_SHARE = 10  # the list of all users is given up after a tenth of the calls that looking up one by one costs
FOUND_FRESH_SECONDS = 900  # for how long somebody who was found need not be looked up again
Answers = dict[Read[Any], Answer[Any]]
Reads = dict[Key, Read[Any]]


def new_lookup(values: Mapping[str, str]) -> Lookup:
    """The start of a look-up of ``values``: each in lower case and as the file writes it first."""
    return Lookup(reads_list=_calls(values) > MAX_LOOKUPS)


def continue_lookup(brightspace: Gateway, values: Mapping[str, str], lookup: Lookup) -> BrightspaceError | None:
    """Look up what is missing until the gateway's deadline, with at most ``MAX_LOOKUPS`` calls.

    Returns what Brightspace had against it, if anything. Raises SignInExpired only.
    """
    if lookup.reads_list:
        return _read_list(brightspace, values, lookup)
    return _look_up_singly(brightspace, values, lookup)


def _calls(values: Iterable[str]) -> int:
    """How many calls looking up one by one costs."""
    return sum(3 if is_possible_id(value) else 2 for value in values)


def _reads(value: str) -> Reads:
    """What to ask of a value: a number may be an id, and also somebody's user name or OrgDefinedId."""
    users = UserService()
    names: Reads = {
        Key.USER_NAME: users.by_user_name(value),
        Key.ORG_DEFINED_ID: users.by_org_defined_id(value),
    }
    return {Key.ID: users.by_id(int(value)), **names} if is_possible_id(value) else names


def _look_up_singly(brightspace: Gateway, values: Mapping[str, str], lookup: Lookup) -> BrightspaceError | None:
    reads = {value: _reads(values[value]) for value in lookup.missing(values)}
    answers = _found_lately(brightspace, [read for each in reads.values() for read in each.values()])
    missing = (read for each in reads.values() for read in each.values() if read not in answers)
    requested = list(islice(missing, MAX_LOOKUPS))
    failure: BrightspaceError | None = None
    for start in range(0, len(requested), BATCH_SIZE):
        try:
            answers |= brightspace.answers(requested[start : start + BATCH_SIZE], CachePolicy.REVALIDATE)
        except RateLimited as error:  # in the background: this minute's share of credits is used up
            failure = error
            break
    for value, each in reads.items():
        if all(read in answers for read in each.values()):
            unknown = _add(lookup, value, {key: answers[read] for key, read in each.items()})
            failure = failure or unknown
    return failure


def _found_lately(brightspace: Gateway, reads: Sequence[Read[Any]]) -> Answers:
    """The people already found by an earlier check, at no call; whoever was unknown is looked up again."""
    since = datetime.now(UTC) - timedelta(seconds=FOUND_FRESH_SECONDS)
    answers: Answers = {}
    for start in range(0, len(reads), BATCH_SIZE):
        answers |= brightspace.answers(reads[start : start + BATCH_SIZE], CachePolicy.CACHE_ONLY)
    return {read: answer for read, answer in answers.items() if answer.value and answer.as_of and answer.as_of > since}


def _add(lookup: Lookup, value: str, answers: Mapping[Key, Answer[Any]]) -> BrightspaceError | None:
    """Note what the answers say of one value; returns the failure that leaves it unknown."""
    errors = [answer.error for answer in answers.values() if answer.value is None and answer.error]
    failures = [error for error in errors if not isinstance(error, (NotFound, NotPermitted))]
    if failures:
        return failures[0]
    matches = [_match(user, key) for key, answer in answers.items() for user in _users(answer.value)]
    refusals = [error for error in errors if isinstance(error, NotPermitted)]
    if refusals and not matches:
        lookup.refusals[value] = refusals[0].permission or ""
    else:
        lookup.matches[value] = matches
    return None


def _users(value: UserData | list[UserData] | None) -> list[UserData]:
    if isinstance(value, UserData):
        return [value]
    return value or []


def _match(user: UserData, key: Key) -> Match:
    return Match(user.user_id, one_line(user.name)[:MAX_NAME_LENGTH], user.is_active, key)


def _read_list(brightspace: Gateway, values: Mapping[str, str], lookup: Lookup) -> BrightspaceError | None:
    """Read on in the list of all users, and note everybody whom one of the values means."""
    calls = _calls(values)
    for _ in range(MAX_LOOKUPS):
        if brightspace.deadline.expired:
            return None
        if lookup.pages * LIST_SHARE >= calls:
            _start_singly(lookup)
            return None
        try:
            page = brightspace.read(UserService().page(lookup.cursor), CachePolicy.REVALIDATE)
        except SignInExpired:
            raise
        except NotPermitted as refusal:
            _refuse_all(lookup, values, refusal)
            return None
        except BrightspaceError as error:
            return error
        for user in page.items:
            _add_user(lookup, values, user)
        lookup.pages += 1
        lookup.users += len(page.items)
        if page.cursor is None:
            _end_list(lookup, values)
            return None
        lookup.cursor = page.cursor
    return None


def _add_user(lookup: Lookup, values: Mapping[str, str], user: UserData) -> None:
    keys = {
        Key.ID: str(user.user_id),
        Key.USER_NAME: (user.user_name or "").lower(),
        Key.ORG_DEFINED_ID: (user.org_defined_id or "").lower(),
    }
    for key, value in keys.items():
        if value in values:
            matches = lookup.matches.setdefault(value, [])
            if (match := _match(user, key)) not in matches:
                matches.append(match)


def _start_singly(lookup: Lookup) -> None:
    """Give up the list: who was found may not be the only one."""
    lookup.reads_list, lookup.matches = False, {}


def _refuse_all(lookup: Lookup, values: Mapping[str, str], refusal: NotPermitted) -> None:
    _start_singly(lookup)
    lookup.refusals = dict.fromkeys(values, refusal.permission or "")


def _end_list(lookup: Lookup, values: Mapping[str, str]) -> None:
    """Everybody has been seen: a value without a match means nobody."""
    lookup.reads_list = False
    lookup.matches = {value: lookup.matches.get(value, []) for value in values}
