"""CPD in the team table: credit against target with its pace, and the last entry."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cpd import team_summary
from cpd.amounts import as_number, format_excess
from cpd.conf import credit_unit
from cpd.period import format_short_day
from cpd.progress import Progress, progress_of
from cpd.schemas import RecordState, RecordSummary, TargetProgress
from cpd.services import RecordService, TargetService
from portal.brightspace import Answer, Page, Read
from portal.team.columns import (
    Bar,
    Cell,
    Column,
    ColumnFlow,
    MissingFigure,
    RowPart,
    Standing,
    age_of,
    local_day,
    missing_cell,
    not_asked_yet,
    standing_without,
)
from portal.team.statuses import Status, Tone

CPD_MISSING = MissingFigure(
    gettext_lazy("Brightspace does not let you see this person’s CPD."),
    gettext_lazy("Brightspace has no CPD for this person."),
    gettext_lazy("No CPD could be read."),
)
RECORDS_MISSING = MissingFigure(
    gettext_lazy("Brightspace does not let you see this person’s CPD records."),
    gettext_lazy("Brightspace has no CPD records for this person."),
    gettext_lazy("No CPD records could be read."),
)
MINUTES = ("structured_minutes", "structured_target", "unstructured_minutes", "unstructured_target")


class CpdColumns:
    """The columns *CPD against target* and *Last entry*."""

    columns = (
        Column("cpd", gettext_lazy("CPD against target"), 10, wide=True),
        Column("last", gettext_lazy("Last entry"), 40),
    )
    statuses = (
        Status.BEHIND,
        Status.NOT_STARTED,
        Status.IN_PROGRESS,
        Status.ON_TRACK,
        Status.COMPLETE,
        Status.NO_TARGET,
    )
    exported = (*MINUTES, "last_entry")

    def flow(self, person_ids: Sequence[int]) -> ColumnFlow:
        """Reads the progress and the latest published record of each person."""
        reads = {person: (TargetService().progress(person), _latest_record(person)) for person in person_ids}
        answers = yield [read for pair in reads.values() for read in pair]
        now = timezone.localtime()
        found = {person: (answers[target], answers[record]) for person, (target, record) in reads.items()}
        return {person: _row_part(*pair, now) for person, pair in found.items() if not any(map(not_asked_yet, pair))}

    def summary(self, parts: Sequence[RowPart]) -> str:
        """What is expected of the team by now, in one sentence."""
        return team_summary.summary([part.detail for part in parts if part.detail])


def _latest_record(person_id: int) -> Read[Page[RecordSummary]]:
    return RecordService().records(person_id, state=RecordState.PUBLISHED, limit=1)


def _row_part(target: Answer[TargetProgress], latest: Answer[Page[RecordSummary]], now: datetime) -> RowPart:
    progress = progress_of(target.value, now, credit_unit()) if target.value is not None else None
    cell = _credit_cell(progress) if progress else missing_cell(target.error, CPD_MISSING)
    last_entry, last_day = _last_entry(latest, now.date())
    return RowPart(
        cells={"cpd": cell, "last": last_entry},
        exported={"last_entry": last_day, **(_exported_minutes(progress) if progress else {})},
        age=age_of([target, latest]),
        standing=_standing(progress) if progress else standing_without(target.error, cell),
        detail=progress,
    )


def _credit_cell(progress: Progress) -> Cell:
    bar, excess, target = progress.bar, progress.tally.excess, progress.tally.target
    return Cell(
        progress.summary,
        format_excess(excess, progress.unit) if progress.tally.has_target else "",
        Tone.WARNING if progress.is_behind else Tone.NEUTRAL,
        Bar(bar.structured, bar.unstructured, bar.marker) if progress.tally.has_target else None,
        progress.description,
        sort_key=float(progress.tally.counted / target) if target else None,
    )


def _standing(progress: Progress) -> Standing:
    return Standing(progress.status, progress.reason, progress.priority, progress.weight, (progress.status,))


def _exported_minutes(progress: Progress) -> dict[str, str | int | float | None]:
    """Brightspace's own numbers, uncapped; no target is a target of 0."""
    structured, unstructured = progress.structured, progress.unstructured
    numbers = (structured.numerator, structured.denominator, unstructured.numerator, unstructured.denominator)
    return dict(zip(MINUTES, map(as_number, numbers), strict=True))


def _last_entry(latest: Answer[Page[RecordSummary]], today: date) -> tuple[Cell, str]:
    """The day of the newest published record, as a cell and in ISO form."""
    if latest.value is None:
        return missing_cell(latest.error, RECORDS_MISSING), ""
    if not latest.value.items:
        return Cell(_("none yet"), tone=Tone.QUIET), ""
    completed = latest.value.items[0].date_completed
    if completed is None:
        return Cell(_("no date"), tone=Tone.QUIET), ""
    day = local_day(completed)
    return Cell(format_short_day(day, today), sort_key=float(day.toordinal())), day.isoformat()
