"""What the page of a check shows: how far it has got, and what was found, put into words in the active language."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext

from portal.rosters.models import CHECK_LIFETIME, Roster, RosterCheck
from portal.rosters.upload import wording
from portal.rosters.upload.application import can_be_applied
from portal.rosters.upload.check import CheckedFile, NameDifference, values_of
from portal.rosters.upload.comparison import Comparison, ManagerChange
from portal.rosters.upload.matches import Lookup
from portal.rosters.upload.messages import grouped
from portal.rosters.upload.reading.encodings import LABELS, Reading, all_readings, plausible_readings
from portal.rosters.upload.reading.roster_file import encoded_cells
from portal.rosters.upload.reading.rows import FileFacts, Problem, RosterFile
from portal.rosters.upload.reasons import name_of
from portal.rosters.upload.storage import decompress, unpack

ROWS_PER_PAGE = 50
MANAGERS_PER_PAGE = 20


@dataclass(frozen=True)
class Progress:
    """How far looking people up has got."""

    done: int | None  # None while the list of all users is read, whose length is unknown
    total: int
    message: str
    unanswered: str


@dataclass(frozen=True)
class ProblemGroup:
    """The problems of one kind, as a link that shows them alone; the kind is empty for all."""

    kind: str
    label: str
    count: str
    is_current: bool


@dataclass(frozen=True)
class ProblemRow:
    """A problem as the table shows it."""

    row: int
    column: str
    message: str


@dataclass(frozen=True)
class ChangeRow:
    """Whom one manager gains and loses, as the table shows it."""

    manager: str
    gains: str
    loses: str


@dataclass(frozen=True)
class CheckResult:
    """What a finished check found; the long lists a page at a time."""

    file: FileFacts
    found: CheckedFile
    comparison: Comparison
    problems: "Page[Problem]"
    kind: str  # of the problems shown; empty for all
    differences: "Page[NameDifference]"
    managers: "Page[ManagerChange]"
    accepts_names: bool
    is_outdated: bool  # whether another roster has been applied since
    opened: str = ""  # which of the lists the address names

    @property
    def can_apply(self) -> bool:
        return can_be_applied(self.found, self.comparison)

    @property
    def heading(self) -> str:
        return wording.heading(self.found, can_apply=self.can_apply)

    @property
    def summary(self) -> str:
        return wording.summary(self.found)

    @property
    def notes(self) -> list[str]:
        return wording.notes(self.file, self.found)

    @property
    def changes(self) -> str:
        """What applying would change; empty for a file without a good row."""
        return wording.changes(self.comparison) if self.found.people else ""

    @property
    def confirmation(self) -> str:
        """Why a number must be typed; empty if none must."""
        return wording.confirmation(self.comparison) if self.comparison.needs_confirmation else ""

    @property
    def problems_heading(self) -> str:
        return wording.problems_heading(self.found)

    @property
    def other_names(self) -> str:
        return wording.other_names(self.found.other_names, accepted=self.accepts_names)

    @property
    def other_names_action(self) -> str:
        return wording.other_names_action(self.found.other_names, accepted=self.accepts_names)

    @property
    def differences_heading(self) -> str:
        return wording.differences_heading(len(self.found.differences))

    @property
    def differences_open(self) -> bool:
        return self.opened == "differences"

    @property
    def inactive_heading(self) -> str:
        return wording.inactive_heading(len(self.found.inactive))

    @property
    def managers_heading(self) -> str:
        return wording.managers_heading(len(self.comparison.managers))

    @property
    def changes_open(self) -> bool:
        return self.opened == "managers" or self.managers.paginator.num_pages == 1

    @property
    def leave_out(self) -> str:
        return wording.leave_out(self.found.left_out)

    @property
    def apply_label(self) -> str:
        return wording.apply_label(self.found.people + self.found.at_the_top)

    @property
    def inactive(self) -> list[str]:
        return [wording.inactive_person(person) for person in self.found.inactive[:ROWS_PER_PAGE]]

    @property
    def more_inactive(self) -> int:
        """How many inactive people are not listed."""
        return max(0, len(self.found.inactive) - ROWS_PER_PAGE)

    @property
    def has_other_encodings(self) -> bool:
        return self.file.encoding in LABELS

    @property
    def problem_groups(self) -> list[ProblemGroup]:
        """The kinds of problems there are, the most frequent first; empty if there is one."""
        counts = Counter(problem.kind for problem in self.found.problems)
        if len(counts) < 2:
            return []
        groups = [("", gettext("all"), counts.total())]
        groups += [(str(kind), str(wording.KINDS[kind]), count) for kind, count in counts.most_common()]
        return [ProblemGroup(kind, label, grouped(count), kind == self.kind) for kind, label, count in groups]

    @property
    def problem_rows(self) -> list[ProblemRow]:
        headings = {
            "person": self.file.person_heading,
            "manager": self.file.manager_heading,
            "name": gettext("name"),
        }
        return [ProblemRow(each.row, headings.get(each.column, ""), each.message) for each in self.problems]

    @property
    def change_rows(self) -> list[ChangeRow]:
        return [
            ChangeRow(str(name_of(each.manager_id, each.name)), wording.names(each.gains), wording.names(each.loses))
            for each in self.managers
        ]


@dataclass(frozen=True)
class CheckPage:
    """The page of one check. Of ``readings``, ``progress`` and ``result`` it has the one that is its state's."""

    check: RosterCheck
    readings: list[Reading]
    progress: Progress | None = None
    result: CheckResult | None = None

    @property
    def is_applied(self) -> bool:
        return self.check.state == RosterCheck.State.APPLIED

    @property
    def announcement(self) -> str:
        """What a screen reader says when the page has gone on by itself."""
        if self.progress:
            return self.progress.message
        return self.result.heading if self.result else ""

    @property
    def deleted_at(self) -> datetime:
        """Until when the check can be found again."""
        return self.check.created_at + CHECK_LIFETIME


def check_page(check: RosterCheck, parameters: QueryDict) -> CheckPage:
    """The page of a check, with the pages of its lists that the address names.

    With ``readings`` in the address an encoding can be chosen again.
    """
    if check.state == RosterCheck.State.APPLIED:
        return CheckPage(check, [])
    if check.state == RosterCheck.State.ENCODING:
        return CheckPage(check, _readings(check))
    facts = unpack(check.file, FileFacts)
    readings = _readings(check) if "readings" in parameters and facts.encoding in LABELS else []
    if check.state == RosterCheck.State.LOOKUP:
        return CheckPage(check, readings, progress=_progress(check))
    return CheckPage(check, readings, result=_result(check, facts, parameters))


def _readings(check: RosterCheck) -> list[Reading]:
    """The plausible readings if there are several; else all."""
    cells = encoded_cells(decompress(check.content))
    plausible = plausible_readings(cells)
    is_open = check.state == RosterCheck.State.ENCODING and len(plausible) > 1
    return plausible if is_open else all_readings(cells)


def _progress(check: RosterCheck) -> Progress:
    values, lookup = values_of(unpack(check.file, RosterFile)), unpack(check.lookup, Lookup)
    total = len(values)
    if lookup.reads_list:
        return Progress(None, total, wording.list_progress(lookup.users, len(lookup.matches), total), "")
    done = total - len(lookup.missing(values))
    return Progress(done, total, wording.progress(done, total), wording.unanswered(total - done))


def _result(check: RosterCheck, file: FileFacts, parameters: QueryDict) -> CheckResult:
    found, comparison = unpack(check.found, CheckedFile), unpack(check.comparison, Comparison)
    kind = parameters.get("kind", "")
    problems = [problem for problem in found.problems if problem.kind == kind] or found.problems
    in_use = Roster.objects.values_list("pk", flat=True).first() or 0
    return CheckResult(
        file=file,
        found=found,
        comparison=comparison,
        problems=Paginator(problems, ROWS_PER_PAGE).get_page(parameters.get("problems")),
        kind=kind if len(problems) < len(found.problems) else "",
        differences=Paginator(found.differences, ROWS_PER_PAGE).get_page(parameters.get("differences")),
        managers=Paginator(comparison.managers, MANAGERS_PER_PAGE).get_page(parameters.get("managers")),
        accepts_names=check.accepts_names,
        is_outdated=in_use != check.compared_with,
        opened=next((name for name in ("differences", "managers") if name in parameters), ""),
    )
