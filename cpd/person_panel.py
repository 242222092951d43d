"""The panel *CPD* of a person's page: credit by type and category, and the records, newest first."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cpd.amounts import Unit, amount_of, cleaned, format_amount
from cpd.conf import credit_unit
from cpd.credit import Credit
from cpd.progress import CategoryRow, progress_of
from cpd.reasons import as_sentence
from cpd.schemas import RecordSummary, TargetProgress
from cpd.services import RecordService, TargetService
from cpd.team_columns import CPD_MISSING, RECORDS_MISSING
from portal.brightspace import Answer, Page, ReadFlow
from portal.rosters.roster import DirectReport
from portal.team.columns import Bar, age_of, local_day, missing_cell
from portal.team.panels import PanelContent, panel_url


@dataclass(frozen=True)
class Line:
    """A type or a category with its bar."""

    name: str
    text: str
    note: str = ""
    bar: Bar | None = None
    description: str = ""


@dataclass(frozen=True)
class RecordLine:
    """A record in the table of records. ``completed`` is the day in the site's time zone."""

    completed: date | None
    name: str
    category: str
    method: str
    kind: str
    credit: str
    draft: bool


@dataclass(frozen=True)
class ProgressView:
    """A person's progress, ready to be shown; ``error`` says why it cannot be."""

    error: str = ""
    status: str = ""
    tone: str = ""
    headline: str = ""
    sentences: list[str] = field(default_factory=list)
    period: str = ""
    types: list[Line] = field(default_factory=list)
    totals: str = ""
    categories: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class RecordsView:
    """A page of records. ``note`` says which they are, ``note_so_far`` which are shown together with earlier pages."""

    error: str = ""
    lines: list[RecordLine] = field(default_factory=list)
    next_url: str = ""
    note: str = ""
    note_so_far: str = ""


@dataclass(frozen=True, kw_only=True)
class CpdPanelContent(PanelContent):
    """What ``cpd/person_panel.html`` shows."""

    progress: ProgressView
    records: RecordsView


class CpdPanel:
    """``cpd/person_panel.html``."""

    key = "cpd"
    title = gettext_lazy("CPD")
    template = "cpd/person_panel.html"

    def flow(self, person: DirectReport, parameters: Mapping[str, str]) -> ReadFlow[CpdPanelContent]:
        """Reads the progress and one page of records, which ``records`` in the address chooses."""
        cursor, shown_before = _cursor(person, parameters.get("records", ""))
        target_read = TargetService().progress(person.person_id)
        page_read = RecordService().records(person.person_id, cursor)
        answers = yield [target_read, page_read]
        target: Answer[TargetProgress] = answers[target_read]
        page: Answer[Page[RecordSummary]] = answers[page_read]
        return CpdPanelContent(
            age=age_of([target, page]), progress=_progress(target), records=_records(page, person, shown_before)
        )


def _progress(target: Answer[TargetProgress]) -> ProgressView:
    if target.value is None:
        return ProgressView(error=missing_cell(target.error, CPD_MISSING).explanation)
    progress = progress_of(target.value, timezone.localtime(), credit_unit())
    marker, excess = progress.bar.marker, progress.excess_label
    return ProgressView(
        status=str(progress.status.label),
        tone=progress.status.tone,
        headline=progress.headline,
        sentences=[each for each in dict.fromkeys((as_sentence(progress.reason), progress.pace_note)) if each],
        period=progress.period.label,
        types=[
            _type(_("Structured"), progress.structured, marker),
            _type(_("Unstructured"), progress.unstructured, marker),
        ],
        totals=_("Beyond the target: %(excess)s.") % {"excess": excess} if excess else "",
        categories=[_category(row) for row in progress.categories],
    )


def _type(name: str, credit: Credit, marker: int | None) -> Line:
    done = min(100, int(100 * credit.numerator / credit.denominator)) if credit.denominator else None
    bar = Bar(done, mark=marker) if done is not None else None
    return Line(name, credit.summary, credit.excess_label if credit.has_target else "", bar, credit.summary)


def _category(row: CategoryRow) -> Line:
    bar = Bar(row.bar.structured, row.bar.unstructured, row.bar.marker) if row.tally.has_target else None
    return Line(row.name, row.summary, row.tally.excess_label, bar, row.summary)


def _records(page: Answer[Page[RecordSummary]], person: DirectReport, shown_before: int) -> RecordsView:
    """One page of records; ``shown_before`` were on the pages before it, which the browser may still show."""
    if page.value is None:
        return RecordsView(error=missing_cell(page.error, RECORDS_MISSING).explanation)
    lines = [_record(record) for record in page.value.items]
    next_url, last = "", shown_before + len(lines)
    if page.value.cursor:
        token = signing.dumps((page.value.cursor, last), salt=_salt(person))
        next_url = f"{panel_url(person.person_id, CpdPanel.key)}&records={token}"
    note, so_far = (_note(first, last, more=bool(next_url)) for first in (shown_before + 1, 1))
    return RecordsView(lines=lines, next_url=next_url, note=note, note_so_far=so_far)


def _note(first: int, last: int, *, more: bool) -> str:
    """Which records are shown: ``1 to 20, newest first``, or their number when these are all."""
    if first > 1 or more:
        return _("%(first)s to %(last)s, newest first") % {"first": first, "last": last}
    if not last:
        return ""
    text = ngettext("%(number)s record, newest first", "%(number)s records, newest first", last)
    return text % {"number": last}


def _record(record: RecordSummary) -> RecordLine:
    completed = record.date_completed
    return RecordLine(
        completed=local_day(completed) if completed and completed.year > 1 else None,
        name=record.record_name,
        category=record.category_name,
        method=record.method_name,
        kind=_("Structured") if record.is_structured else _("Unstructured"),
        credit=format_amount(amount_of(cleaned(record.credit_minutes), Unit.MINUTES), Unit.MINUTES),
        draft=record.is_draft,
    )


def _cursor(person: DirectReport, token: str) -> tuple[str, int]:
    """Where Brightspace's ``Next`` led and how many records came before it, as this site signed it for this person.

    Anything else is the first page.
    """
    try:
        cursor, shown_before = signing.loads(token, salt=_salt(person)) if token else ("", 0)
    except signing.BadSignature:
        return "", 0
    return cursor, shown_before


def _salt(person: DirectReport) -> str:
    return f"cpd records of {person.person_id}"
