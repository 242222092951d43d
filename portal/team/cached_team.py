"""The signed-in person's team with everyone's figures: gathered, and kept as one value ready to be shown."""

import secrets
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain

import msgspec
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from portal.brightspace.cache import Entry, entry_at
from portal.brightspace.endpoints.reads import shape_of
from portal.brightspace.errors import DeadlineExceeded
from portal.brightspace.gateway import CachePolicy, Gateway
from portal.rosters.roster import DirectReport, direct_reports, roster_provider
from portal.team.columns import Cell, ColumnProvider, RowPart, Standing, missing_cell
from portal.team.team_table import Row

BATCH_SIZE = 100  # people gathered in one go; also the most ids Brightspace takes in a list
CACHE_NAME, CACHE_NAME_ROWS = "team", "team rows"
MAX_CACHED_TEAMS = 32
AWAIT_SECONDS = 1.5
NO_DATA = Standing("no data", "quiet", "", 0, ("no data",))


class Team(msgspec.Struct, frozen=True, eq=False):
    """Everyone's row, whether all figures are in, and the sentences about the whole team."""

    rows: list[Row]
    complete: bool = False
    lede: list[str] = []
    stale: bool = False

    @property
    def waiting(self) -> int:
        return 0 if self.complete else sum(row.standing is None for row in self.rows)


@lru_cache(maxsize=1)
def _column_providers(paths: tuple[str, ...]) -> tuple[ColumnProvider, ...]:
    return tuple(import_string(path)() for path in paths)


def column_providers() -> tuple[ColumnProvider, ...]:
    """The features' contributions, in the order of the columns."""
    return _column_providers(tuple(settings.TEAM_COLUMN_PROVIDERS))


def cached_or_names(brightspace: Gateway) -> Team:
    """The team as kept, or names alone: at most one upstream call after the versions are known."""
    kept = _cached(brightspace)
    if kept is not None:
        return kept
    return Team([_row(report, [None] * len(column_providers())) for report in direct_reports(brightspace)])


def gathered_team(brightspace: Gateway) -> Team:
    """The team with every figure that Brightspace answers before the gateway's deadline.

    One process at a time gathers for one person; another finds out what is known so far and can ask again.
    """
    cached = _cached(brightspace)
    if cached is not None and not cached.stale:
        return cached
    with brightspace.cache.single_flight([CACHE_NAME], brightspace.deadline.remaining()) as mine:
        if mine:
            return _gathered(brightspace, CachePolicy.REVALIDATE)
    return _awaited(brightspace) or _gathered(brightspace, CachePolicy.CACHE_ONLY)


def without_pending(team: Team) -> Team:
    """The team with every figure that did not come in spite of all asking shown as missing."""
    unanswered = missing_cell(DeadlineExceeded(), "")
    missing = {column.key: unanswered for provider in column_providers() for column in provider.columns}
    rows = [
        row if row.standing else msgspec.structs.replace(row, standing=NO_DATA, cells=missing | row.cells)
        for row in team.rows
    ]
    return msgspec.structs.replace(team, rows=rows)


def _awaited(brightspace: Gateway) -> Team | None:
    """What the process that gathers already has cached by the time it is done, or soon."""
    until = time.monotonic() + min(AWAIT_SECONDS, brightspace.deadline.remaining())
    while time.monotonic() < until and brightspace.cache.is_claimed(CACHE_NAME):
        time.sleep(0.1)
    cached = _cached(brightspace)
    return cached if cached and not cached.stale else None


def _gathered(brightspace: Gateway, policy: CachePolicy) -> Team:
    people = direct_reports(brightspace, policy)
    parts: dict[int, list[RowPart | None]] = {}
    for start in range(0, len(people), BATCH_SIZE):
        batch = [person.person_id for person in people[start : start + BATCH_SIZE]]
        parts.update(_row_parts(brightspace, batch, policy))
        if brightspace.deadline.expired:
            break
    nothing: list[RowPart | None] = [None] * len(column_providers())
    rows = [_row(person, parts.get(person.person_id, nothing)) for person in people]
    complete = all(row.standing for row in rows)
    team = Team(rows, complete, _summaries(parts) if complete else [])
    failed = any(part and part.age.failed for each in parts.values() for part in each)
    if complete and not failed and policy is not CachePolicy.CACHE_ONLY:
        _store(brightspace, team)
    return team


def _row_parts(brightspace: Gateway, person_ids: Sequence[int], policy: CachePolicy) -> dict[int, list[RowPart | None]]:
    """Each person's parts, in the order of the column providers; None for one that did not come in time."""
    flows = {place: provider.flow(person_ids) for place, provider in enumerate(column_providers())}
    found = brightspace.run(flows, policy).values
    return {person_id: [found[place].get(person_id) for place in sorted(found)] for person_id in person_ids}


def _row(person: DirectReport, parts: Sequence[RowPart | None]) -> Row:
    known = [part for part in parts if part is not None]
    cells: dict[str, Cell] = {}
    exported: dict[str, str | int | float | None] = {}
    for part in known:
        cells |= part.cells
        exported |= part.exported
    return Row(
        person_id=person.person_id,
        name=person.name,
        initials=initials(person.name),
        href=reverse("person", args=[person.person_id]),
        standing=_standing([p.standing for p in known if p.standing]) if len(known) == len(parts) else None,
        cells=cells,
        exported=exported,
        as_of=min((part.age.as_of for part in known if part.age.as_of), default=None),
        stale=any(part.age.stale for part in known),
    )


def _standing(standings: Sequence[Standing]) -> Standing:
    """The worst word of all features, with every reason that is worth attention."""
    worst_first = sorted(standings, key=lambda standing: -standing.rank) or [NO_DATA]
    worst = worst_first[0]
    said = [s.reason for s in worst_first if s.reason and (s is worst or s.tone in {"bad", "warn"})]
    reasons = said[:1] + [f"{reason[0].lower()}{reason[1:]}" for reason in said[1:]]
    filters = tuple(dict.fromkeys(chain.from_iterable(s.filters for s in worst_first)))
    return msgspec.structs.replace(worst, reason="; ".join(reasons), filters=filters)


def _summaries(parts: dict[int, list[RowPart | None]]) -> list[str]:
    """Each provider's sentence about the whole team, where it has one."""
    by_provider = zip(*parts.values(), strict=True)
    return [
        sentence
        for provider, column in zip(column_providers(), by_provider, strict=False)
        if (sentence := provider.summary([part for part in column if part]))
    ]


def initials(name: str) -> str:
    """Up to two letters to recognise somebody by; a name without letters gives its first character."""
    words = [word for word in name.split() if word[0].isalpha()] or name.split()[:1]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def _cached(brightspace: Gateway) -> Team | None:
    entry = brightspace.cache.entries([CACHE_NAME]).get(CACHE_NAME)
    if entry is None or entry.detail != _cache_version():
        return None
    stale = not brightspace.cache.is_fresh(entry, settings.PORTAL_CACHE_FRESH_SECONDS)
    try:
        return _team_under(brightspace.cache.key(CACHE_NAME_ROWS), entry.body, stale)
    except (LookupError, msgspec.DecodeError):
        return None


@lru_cache(maxsize=MAX_CACHED_TEAMS)
def _team_under(key: str, mark: bytes, stale: bool) -> Team:
    """The team kept under ``key``, read and understood once a process for each time it was kept.

    Raises LookupError if it is not there, or not the one with this ``mark``.
    """
    entry = entry_at(key)
    if entry is None or entry.detail != mark.hex():
        raise LookupError
    return msgspec.structs.replace(msgspec.msgpack.decode(entry.body, type=Team), stale=stale)


def cached_standing(brightspace: Gateway, person_id: int) -> Standing | None:
    """How a person stood when the team was last gathered, for the head of their own page."""
    kept = _cached(brightspace)
    rows = kept.rows if kept else []
    return next((row.standing for row in rows if row.person_id == person_id), None)


def _store(brightspace: Gateway, team: Team) -> None:
    """Keep the rows, and apart from them what tells whether they still hold: that alone is read each time."""
    oldest = min((row.as_of for row in team.rows if row.as_of), default=datetime.now(UTC))
    seconds = max(1, int(settings.PORTAL_CACHE_STALE_SECONDS - (time.time() - oldest.timestamp())))
    mark = secrets.token_bytes(8)
    rows = Entry(oldest.timestamp(), msgspec.msgpack.encode(team), detail=mark.hex())
    brightspace.cache.put(CACHE_NAME_ROWS, rows, seconds)
    brightspace.cache.put(CACHE_NAME, Entry(oldest.timestamp(), mark, detail=_cache_version()), seconds)


def _cache_version() -> str:
    """What a kept team depends on besides Brightspace: figures say "today", and providers can be changed."""
    roster = f"{settings.PORTAL_ROSTER} {roster_provider().edition()}"
    return f"{timezone.localdate()} {roster} {settings.TEAM_COLUMN_PROVIDERS} {shape_of(Team)}"
