"""CPD in the team table: credit against target with its pace, and the last entry."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cpd import team_summary
from cpd.amounts import as_number, format_excess
from cpd.conf import credit_unit
from cpd.period import format_short_day
from cpd.progress import Progress, progress_of
from cpd.schemas import RecordState, RecordSummary, TargetProgress
from cpd.services import RecordService, TargetService
from portal.brightspace import Answer, Page, Read
from portal.brightspace.errors import NotPermitted
from portal.team.columns import (
    Bar,
    Cell,
    Column,
    ColumnFlow,
    Filter,
    RowPart,
    Standing,
    age_of,
    local_day,
    missing_cell,
    not_asked_yet,
    standing_without,
)
from portal.team.statuses import Priority, Status, Tone

PAGE = "team"
RANK_NOT_VISIBLE, RANK_NO_DATA = 25_000.0, 35_000.0
RANKS = {
    Priority.BEHIND: 60_000,
    Priority.NOT_STARTED: 50_000,
    Priority.IN_PROGRESS: 40_000,
    Priority.NO_TARGET: 30_000,
    Priority.ON_TRACK: 20_000,
    Priority.COMPLETE: 10_000,
}
MINUTES = ("structured_minutes", "structured_target", "unstructured_minutes", "unstructured_target")


class CpdColumns:
    """The columns *CPD against target* and *Last entry*."""

    columns = (Column("cpd", "CPD against target", wide=True), Column("last", "Last entry"))
    filters = tuple(
        Filter(str(status.label), str(status.label).capitalize(), status.tone)
        for status in (
            Status.BEHIND,
            Status.NOT_STARTED,
            Status.IN_PROGRESS,
            Status.ON_TRACK,
            Status.COMPLETE,
            Status.NO_TARGET,
        )
    )
    exported = (*MINUTES, "last_entry")

    def flow(self, person_ids: Sequence[int]) -> ColumnFlow:
        """Reads the progress and the latest published record of each person."""
        reads = {person: (TargetService().progress(person), _latest_record(person)) for person in person_ids}
        answers = yield [read for pair in reads.values() for read in pair]
        now = timezone.localtime()
        known = {person: (answers[target], answers[record]) for person, (target, record) in reads.items()}
        return {person: _row_part(*pair, now) for person, pair in known.items() if not any(map(not_asked_yet, pair))}

    def summary(self, parts: Sequence[RowPart]) -> str:
        """What is expected of the team by now, in one sentence."""
        return team_summary.summary([part.detail for part in parts if part.detail])


def _latest_record(person_id: int) -> Read[Page[RecordSummary]]:
    return RecordService().records(person_id, state=RecordState.PUBLISHED, limit=1)


def _row_part(target: Answer[TargetProgress], latest: Answer[Page[RecordSummary]], now: datetime) -> RowPart:
    progress = progress_of(target.value, now, credit_unit()) if target.value is not None else None
    cell = _credit_cell(progress) if progress else missing_cell(target.error, _("CPD"))
    entry, entry_date = _last_entry(latest, now.date())
    return RowPart(
        cells={"cpd": cell, "last": entry},
        exported={"last_entry": entry_date, **(_exported_minutes(progress) if progress else {})},
        standing=_standing(progress) if progress else standing_without(cell, _rank_without(target)),
        detail=progress,
        age=age_of([target, latest]),
    )


def _rank_without(target: Answer[TargetProgress]) -> float:
    return RANK_NOT_VISIBLE if isinstance(target.error, NotPermitted) else RANK_NO_DATA


def _credit_cell(progress: Progress) -> Cell:
    bar = progress.bar
    shown = Bar(bar.structured, bar.unstructured, bar.marker) if progress.tally.has_target else None
    done = progress.tally.counted / progress.tally.target if progress.tally.target else None
    return Cell(
        progress.summary,
        format_excess(progress.tally.excess, progress.unit) if progress.tally.has_target else "",
        Tone.WARNING if progress.is_behind else Tone.NEUTRAL,
        shown,
        progress.description,
        sort_key=float(done) if done is not None else None,
    )


def _standing(progress: Progress) -> Standing:
    word = str(progress.status.label)
    rank = RANKS[progress.priority] + min(progress.weight, 9_999)
    return Standing(word, progress.status.tone, progress.reason, rank, (word,))


def _exported_minutes(progress: Progress) -> dict[str, str | int | float | None]:
    """Brightspace's own numbers, uncapped; no target is a target of 0."""
    structured, unstructured = progress.structured, progress.unstructured
    numbers = (structured.numerator, structured.denominator, unstructured.numerator, unstructured.denominator)
    return dict(zip(MINUTES, map(as_number, numbers), strict=True))


def _last_entry(latest: Answer[Page[RecordSummary]], today: date) -> tuple[Cell, str]:
    """The cell, and the day as the export has it."""
    if latest.value is None:
        return missing_cell(latest.error, _("CPD records")), ""
    completed = latest.value.items[0].date_completed if latest.value.items else None
    if completed is None:
        return Cell(_("no date") if latest.value.items else _("none yet"), tone=Tone.QUIET), ""
    day = local_day(completed)
    return Cell(format_short_day(day, today), sort_key=float(day.toordinal())), day.isoformat()
