"""Gathering a team: everyone's figures from every column provider, in one fan-out a batch of people."""

import time
from collections.abc import Sequence

import msgspec
from django.urls import reverse

from portal.brightspace.gateway import CachePolicy, Gateway
from portal.rosters.roster import DirectReport, direct_reports
from portal.team.cached_team import cached_team, flight_name, store_team
from portal.team.columns import RowPart, column_providers, data_columns, unanswered_cell
from portal.team.rows import NO_DATA, Row, Team, row_of

BATCH_SIZE = 100  # people gathered in one go; also the most ids Brightspace takes in a list
AWAIT_SECONDS = 1.5
POLL_SECONDS = 0.1


def team_at_once(brightspace: Gateway) -> Team:
    """The team as cached, or names alone: at most one upstream call after the versions are known."""
    cached = cached_team(brightspace)
    if cached is not None:
        return cached
    no_parts: list[RowPart | None] = [None] * len(column_providers())
    return Team([_row(person, no_parts) for person in direct_reports(brightspace)])


def gathered_team(brightspace: Gateway) -> Team:
    """The team with every figure that Brightspace answers before the gateway's deadline.

    One process at a time gathers for one person; another finds out what is known so far and can ask again.
    """
    cached = cached_team(brightspace)
    if cached is not None and not cached.stale:
        return cached
    with brightspace.cache.single_flight([flight_name()], brightspace.deadline.remaining()) as mine:
        if mine:
            return _gathered(brightspace, CachePolicy.REVALIDATE)
    return _awaited(brightspace) or _gathered(brightspace, CachePolicy.CACHE_ONLY)


def without_pending(team: Team) -> Team:
    """The team with every figure that did not come in spite of all asking shown as missing."""
    missing = {column.key: unanswered_cell() for column in data_columns()}
    rows = [
        row if row.standing else msgspec.structs.replace(row, standing=NO_DATA, cells=missing | row.cells)
        for row in team.rows
    ]
    return msgspec.structs.replace(team, rows=rows)


def _awaited(brightspace: Gateway) -> Team | None:
    """What the process that gathers has cached by the time it is done, or soon."""
    until = time.monotonic() + min(AWAIT_SECONDS, brightspace.deadline.remaining())
    while time.monotonic() < until and brightspace.cache.is_claimed(flight_name()):
        time.sleep(POLL_SECONDS)
    cached = cached_team(brightspace)
    return cached if cached and not cached.stale else None


def _gathered(brightspace: Gateway, policy: CachePolicy) -> Team:
    people = direct_reports(brightspace, policy)
    parts: dict[int, list[RowPart | None]] = {}
    for start in range(0, len(people), BATCH_SIZE):
        batch = [person.person_id for person in people[start : start + BATCH_SIZE]]
        parts.update(_row_parts(brightspace, batch, policy))
        if brightspace.deadline.expired:
            break
    no_parts: list[RowPart | None] = [None] * len(column_providers())
    rows = [_row(person, parts.get(person.person_id, no_parts)) for person in people]
    complete = all(row.standing for row in rows)
    team = Team(rows, complete, _summaries(parts) if complete else [])
    failed = any(part and part.age.failed for each in parts.values() for part in each)
    if complete and not failed and policy is not CachePolicy.CACHE_ONLY:
        store_team(brightspace, team)
    return team


def _row_parts(brightspace: Gateway, person_ids: Sequence[int], policy: CachePolicy) -> dict[int, list[RowPart | None]]:
    """Each person's parts, in the order of the column providers; None for one that did not come in time."""
    flows = {place: provider.flow(person_ids) for place, provider in enumerate(column_providers())}
    found = brightspace.run(flows, policy).values
    return {person_id: [found[place].get(person_id) for place in sorted(found)] for person_id in person_ids}


def _row(person: DirectReport, parts: Sequence[RowPart | None]) -> Row:
    return row_of(person.person_id, person.name, reverse("team:person", args=[person.person_id]), parts)


def _summaries(parts: dict[int, list[RowPart | None]]) -> list[str]:
    """Each provider's sentence about the whole team, where it has one."""
    by_provider = zip(*parts.values(), strict=True)
    return [
        sentence
        for provider, column in zip(column_providers(), by_provider, strict=False)
        if (sentence := provider.summary([part for part in column if part]))
    ]
