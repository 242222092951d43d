"""The signed-in person's team with everyone's figures: gathered, and kept as one value ready to be shown."""

import secrets
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain

import msgspec
from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from portal.brightspace.cache import Entry, entry_under
from portal.brightspace.endpoints.reads import shape_of
from portal.brightspace.errors import OutOfTime
from portal.brightspace.gateway import Caller
from portal.rosters.roster import Report, provider, reports_of
from portal.team.columns import Cell, Figure, FigureSource, Standing, missing
from portal.team.team_table import Row

AT_ONCE = 100  # people gathered in one go; also the most ids Brightspace takes in a list
KEPT, KEPT_ROWS = "team", "team rows"
MOST_TEAMS = 32
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
def _sources(paths: tuple[str, ...]) -> tuple[FigureSource, ...]:
    return tuple(import_string(path)() for path in paths)


def sources() -> tuple[FigureSource, ...]:
    """The features' contributions, in the order of the columns."""
    return _sources(tuple(settings.TEAM_FIGURES))


def team_at_hand(caller: Caller) -> Team:
    """The team as kept, or names alone: at most one upstream call after the versions are known."""
    kept = _kept(caller)
    if kept is not None:
        return kept
    return Team([_row(report, [None] * len(sources())) for report in reports_of(caller)])


def gathered_team(caller: Caller) -> Team:
    """The team with every figure that Brightspace answers before the caller's deadline.

    One process at a time gathers for one person; another finds out what is known so far and can ask again.
    """
    kept = _kept(caller)
    if kept is not None and not kept.stale:
        return kept
    mine = caller.cache.take_flight(KEPT, caller.deadline.remaining())
    if not mine and (kept := _awaited(caller)):
        return kept
    caller.renew, caller.only_kept = mine, not mine
    try:
        return _gathered(caller)
    finally:
        if mine:
            caller.cache.land(KEPT)


def given_up(team: Team) -> Team:
    """The team with what has not come in spite of all asking told as missing."""
    unanswered = missing(OutOfTime(), "")
    nothing = {column.key: unanswered for source in sources() for column in source.columns}
    told = [
        row if row.standing else msgspec.structs.replace(row, standing=NO_DATA, cells=nothing | row.cells)
        for row in team.rows
    ]
    return msgspec.structs.replace(team, rows=told)


def _awaited(caller: Caller) -> Team | None:
    """What the process that gathers already has kept by the time it is done, or soon."""
    until = time.monotonic() + min(AWAIT_SECONDS, caller.deadline.remaining())
    while time.monotonic() < until and caller.cache.in_flight(KEPT):
        time.sleep(0.1)
    kept = _kept(caller)
    return kept if kept and not kept.stale else None


def _gathered(caller: Caller) -> Team:
    reports = reports_of(caller)
    figures: dict[int, list[Figure | None]] = {}
    for start in range(0, len(reports), AT_ONCE):
        people = [report.person_id for report in reports[start : start + AT_ONCE]]
        figures.update(_figures(caller, people))
        if caller.deadline.expired:
            break
    nothing: list[Figure | None] = [None] * len(sources())
    rows = [_row(report, figures.get(report.person_id, nothing)) for report in reports]
    complete = all(row.standing for row in rows)
    team = Team(rows, complete, _lede(figures) if complete else [])
    if complete and not caller.only_kept and not any(f and f.failed for each in figures.values() for f in each):
        _keep(caller, team)
    return team


def _figures(caller: Caller, people: Sequence[int]) -> dict[int, list[Figure | None]]:
    found = caller.gather({place: source.gather(people) for place, source in enumerate(sources())})
    return {person: [found[place].get(person) for place in sorted(found)] for person in people}


def _row(report: Report, figures: Sequence[Figure | None]) -> Row:
    known = [figure for figure in figures if figure is not None]
    cells: dict[str, Cell] = {}
    exported: dict[str, str | int | float | None] = {}
    for figure in known:
        cells |= figure.cells
        exported |= figure.exported
    times = [figure.as_of for figure in known if figure.as_of]
    return Row(
        person_id=report.person_id,
        name=report.name,
        initials=initials(report.name),
        href=f"/people/{report.person_id}/",
        standing=_standing([f.standing for f in known if f.standing]) if len(known) == len(figures) else None,
        cells=cells,
        exported=exported,
        as_of=min(times) if times else None,
        stale=any(figure.stale for figure in known),
    )


def _standing(standings: Sequence[Standing]) -> Standing:
    """The worst word of all features, with every reason that is worth attention."""
    worst_first = sorted(standings, key=lambda standing: -standing.rank) or [NO_DATA]
    worst = worst_first[0]
    said = [s.reason for s in worst_first if s.reason and (s is worst or s.tone in {"bad", "warn"})]
    reasons = said[:1] + [f"{reason[0].lower()}{reason[1:]}" for reason in said[1:]]
    filters = tuple(dict.fromkeys(chain.from_iterable(s.filters for s in worst_first)))
    return msgspec.structs.replace(worst, reason="; ".join(reasons), filters=filters)


def _lede(figures: dict[int, list[Figure | None]]) -> list[str]:
    by_source = zip(*figures.values(), strict=True)
    return [
        sentence
        for source, column in zip(sources(), by_source, strict=False)
        if (sentence := source.lede([figure for figure in column if figure]))
    ]


def initials(name: str) -> str:
    """Up to two letters to recognise somebody by; a name without letters gives its first character."""
    words = [word for word in name.split() if word[0].isalpha()] or name.split()[:1]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def _kept(caller: Caller) -> Team | None:
    entry = caller.cache.entries([KEPT]).get(KEPT)
    if entry is None or entry.detail != _edition():
        return None
    stale = not caller.cache.is_fresh(entry, settings.PORTAL_FRESH_SECONDS)
    try:
        return _team_under(caller.cache.key(KEPT_ROWS), entry.body, stale)
    except (LookupError, msgspec.DecodeError):
        return None


@lru_cache(maxsize=MOST_TEAMS)
def _team_under(key: str, mark: bytes, stale: bool) -> Team:
    """The team kept under ``key``, read and understood once a process for each time it was kept.

    Raises LookupError if it is not there, or not the one with this ``mark``.
    """
    entry = entry_under(key)
    if entry is None or entry.detail != mark.hex():
        raise LookupError
    return msgspec.structs.replace(msgspec.msgpack.decode(entry.body, type=Team), stale=stale)


def kept_standing(caller: Caller, person_id: int) -> Standing | None:
    """How a person stood when the team was last gathered, for the head of their own page."""
    kept = _kept(caller)
    rows = kept.rows if kept else []
    return next((row.standing for row in rows if row.person_id == person_id), None)


def _keep(caller: Caller, team: Team) -> None:
    """Keep the rows, and apart from them what tells whether they still hold: that alone is read each time."""
    oldest = min((row.as_of for row in team.rows if row.as_of), default=datetime.now(UTC))
    seconds = max(1, int(settings.PORTAL_KEEP_SECONDS - (time.time() - oldest.timestamp())))
    mark = secrets.token_bytes(8)
    rows = Entry(oldest.timestamp(), msgspec.msgpack.encode(team), detail=mark.hex())
    caller.cache.keep(KEPT_ROWS, rows, seconds)
    caller.cache.keep(KEPT, Entry(oldest.timestamp(), mark, detail=_edition()), seconds)


def _edition() -> str:
    """What a kept team depends on besides Brightspace: figures say "today", and providers can be changed."""
    roster = f"{settings.PORTAL_ROSTER} {provider().edition()}"
    return f"{timezone.localdate()} {roster} {settings.TEAM_FIGURES} {shape_of(Team)}"
