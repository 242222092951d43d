"""Whether a roster file's lines make a roster. Pure: nothing is looked up and nothing is stored here."""

from collections import Counter
from collections.abc import Mapping

import msgspec
from django.utils.translation import gettext_noop as _

from portal.rosters.upload.matches import Lookup, Match
from portal.rosters.upload.messages import Message, joined
from portal.rosters.upload.names import Likeness, likeness
from portal.rosters.upload.reading.rows import Problem, ProblemKind, RosterFile, RosterLine
from portal.rosters.upload.reasons import name_of, problem_with


class Entry(msgspec.Struct, frozen=True):
    """One good row: a person and their manager by Brightspace id, with Brightspace's names.

    ``manager_id`` is None for somebody at the top.
    """

    row: int
    person_id: int
    manager_id: int | None
    name: str
    manager_name: str = ""
    is_active: bool = True


class NameDifference(msgspec.Struct, frozen=True):
    """A row that calls somebody other than Brightspace does."""

    row: int
    value: str
    name_in_file: str
    name: str


class InactivePerson(msgspec.Struct, frozen=True):
    """Somebody of the file who is inactive in Brightspace; ``reports`` counts the rows that have them as manager."""

    person_id: int
    name: str
    row: int = 0
    reports: int = 0


class CheckedFile(msgspec.Struct):
    """What a check found, but for the good rows themselves.

    ``other_names`` counts the rows whose name seems to be somebody else's; ``repeated`` the rows that say again what an
    earlier one says.
    """

    rows: int
    people: int = 0
    managers: int = 0
    at_the_top: int = 0
    repeated: int = 0
    other_names: int = 0
    problems: list[Problem] = []
    differences: list[NameDifference] = []
    inactive: list[InactivePerson] = []

    @property
    def left_out(self) -> int:
        """How many rows have one or more problems."""
        return len({problem.row for problem in self.problems})


def values_of(file: RosterFile) -> dict[str, str]:
    """Every value to be looked up: in lower case, and as the file writes it first."""
    values: dict[str, str] = {}
    for line in file.lines:
        for written in (line.person, line.manager):
            if written:
                values.setdefault(written.lower(), written)
    return values


def check_file(file: RosterFile, lookup: Lookup, *, accepts_names: bool) -> tuple[CheckedFile, list[Entry]]:
    """Put people in for the values: each person once, nobody their own manager, no circles.

    A row whose name seems to be somebody else's is left out unless the admin ``accepts_names``.
    """
    check = _Check(file, lookup, accepts_names)
    for line in file.lines:
        check.add(line)
    return check.result()


class _Check:
    """A check under way: what it found so far, and the good rows by person."""

    def __init__(self, file: RosterFile, lookup: Lookup, accepts_names: bool) -> None:
        self.checked = CheckedFile(file.rows, problems=list(file.problems))
        self.entries: dict[int, Entry] = {}
        self._lookup = lookup
        self._accepts_names = accepts_names
        self._own_managers: set[int] = set()
        self._known: dict[int, Match] = {}

    def add(self, line: RosterLine) -> None:
        """Take in one row."""
        person = self._only_match(line.row, "person", line.person)
        manager = self._only_match(line.row, "manager", line.manager) if line.manager else None
        if person is None or (line.manager and manager is None) or not self._accepts_name_of(line, person):
            return
        manager_id, manager_name = (manager.person_id, manager.name) if manager else (None, "")
        entry = Entry(line.row, person.person_id, manager_id, person.name, manager_name, person.is_active)
        if entry.person_id == entry.manager_id:
            self._add_own_manager(entry)
        elif (earlier := self.entries.setdefault(entry.person_id, entry)) is not entry:
            self._add_second_row(entry, earlier)

    def result(self) -> tuple[CheckedFile, list[Entry]]:
        """What was found, once all rows are in."""
        for circle in _circles(self.entries):
            self.checked.problems += _circle_problems(circle)
            for entry in circle:
                del self.entries[entry.person_id]
        entries = list(self.entries.values())
        self.checked.problems.sort(key=lambda problem: (problem.row, problem.column))
        self.checked.people = sum(entry.manager_id is not None for entry in entries)
        self.checked.managers = len({entry.manager_id for entry in entries if entry.manager_id})
        self.checked.at_the_top = len(entries) - self.checked.people
        self.checked.inactive = self._inactive(entries)
        return self.checked, entries

    def _only_match(self, row: int, column: str, written: str) -> Match | None:
        value = written.lower()
        matches = self._lookup.matches.get(value, [])
        if len({match.person_id for match in matches}) == 1:
            return self._known.setdefault(matches[0].person_id, matches[0])
        kind, reason = problem_with(value, written, self._lookup)
        self._add_problem(row, column, kind, reason)
        return None

    def _accepts_name_of(self, line: RosterLine, person: Match) -> bool:
        """Whether a row is about the person it seems to be about, going by its name."""
        match likeness(line.name, person.name):
            case Likeness.SAME:
                return True
            case Likeness.OTHER:
                self.checked.other_names += 1
                if not self._accepts_names:
                    self._add_problem(line.row, "name", ProblemKind.OTHER_NAME, _other_name(line, person))
                    return False
        self.checked.differences.append(NameDifference(line.row, line.person, line.name, person.name))
        return True

    def _add_own_manager(self, entry: Entry) -> None:
        if entry.person_id not in self._own_managers:
            self._own_managers.add(entry.person_id)
            reason = Message(_("%(name)s cannot be their own manager."), _named(entry))
            self._add_problem(entry.row, "manager", ProblemKind.OWN_MANAGER, reason)

    def _add_second_row(self, entry: Entry, earlier: Entry) -> None:
        if entry.manager_id == earlier.manager_id:
            self.checked.repeated += 1
            return
        parameters = _named(entry) | {"row": str(earlier.row)}
        if earlier.manager_id is None:
            template = _("%(name)s is in row %(row)s already, without a manager.")
        else:
            template = _("%(name)s is in row %(row)s already, under %(manager)s.")
            parameters["manager"] = name_of(earlier.manager_id, earlier.manager_name)
        self._add_problem(entry.row, "person", ProblemKind.TWO_MANAGERS, Message(template, parameters))

    def _add_problem(self, row: int, column: str, kind: ProblemKind, reason: Message) -> None:
        self.checked.problems.append(Problem(row, column, kind, reason))

    def _inactive(self, entries: list[Entry]) -> list[InactivePerson]:
        reports = Counter(entry.manager_id for entry in entries)
        rows = {entry.person_id: entry.row for entry in entries}
        people = dict.fromkeys([*rows, *(manager for manager in reports if manager)])
        return [
            InactivePerson(person_id, self._known[person_id].name, rows.get(person_id, 0), reports[person_id])
            for person_id in people
            if not self._known[person_id].is_active
        ]


def _other_name(line: RosterLine, person: Match) -> Message:
    template = _("The file calls “%(value)s” %(name_in_file)s; in Brightspace this is %(name)s.")
    return Message(template, {"value": line.person, "name_in_file": line.name, "name": person.name})


def _named(entry: Entry) -> dict[str, str | int | Message]:
    return {"name": name_of(entry.person_id, entry.name)}


def _circles(entries: Mapping[int, Entry]) -> list[list[Entry]]:
    """The circles among lines of management; everybody has one manager, so each person is in one at most."""
    circles: list[list[Entry]] = []
    seen: set[int] = set()
    for start in entries.values():
        line: dict[int, Entry] = {}
        entry: Entry | None = start
        while entry and entry.person_id not in seen:
            seen.add(entry.person_id)
            line[entry.person_id] = entry
            entry = entries.get(entry.manager_id or 0)
        if entry and entry.person_id in line:
            walked = list(line.values())
            circles.append(walked[list(line).index(entry.person_id) :])
    return circles


def _circle_problems(circle: list[Entry]) -> list[Problem]:
    people: list[str | Message] = [
        Message(_("%(name)s (row %(row)s)"), _named(entry) | {"row": str(entry.row)}) for entry in circle
    ]
    shown = [*people[:4], "…"] if len(people) > 5 else people
    template = _("This line of management goes round in a circle: %(path)s.")
    path = joined([*shown, name_of(circle[0].person_id, circle[0].name)], " → ")
    return [Problem(entry.row, "manager", ProblemKind.CIRCLE, Message(template, {"path": path})) for entry in circle]
