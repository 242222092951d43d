"""Whether a roster file's lines make a roster. Pure: nothing is looked up and nothing is stored here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext_noop as _

from portal.rosters.upload.csv_file import Problem, RosterFile, RosterLine
from portal.rosters.upload.lookup import LookupResult, Match
from portal.rosters.upload.messages import Message


class CheckedRow(NamedTuple):
    """One good row: a person reports to a manager, both by Brightspace id."""

    row: int
    person_id: int
    manager_id: int
    name: str


@dataclass(frozen=True)
class CheckedFile:
    """A file's good rows and its problems; ``left_out`` rows have one or more problems."""

    rows: int
    entries: list[CheckedRow]
    problems: list[Problem]

    @property
    def left_out(self) -> int:
        return len({problem.row for problem in self.problems})

    @property
    def managers(self) -> int:
        return len({entry.manager_id for entry in self.entries})


def values_to_look_up(file: RosterFile) -> dict[str, bool]:
    """Every value to be looked up; True for the ids whose name the file itself gives."""
    named = {line.person for line in file.lines if line.name and line.person.isascii() and line.person.isdecimal()}
    return {value: value in named for line in file.lines for value in (line.person, line.manager)}


def check_file(file: RosterFile, found: LookupResult) -> CheckedFile:
    """Put people in for ids and user names; each person once, nobody their own manager, no circles."""
    problems = list(file.problems)
    rows: list[CheckedRow] = []
    for line in file.lines:
        person, manager = found.matches.get(line.person), found.matches.get(line.manager)
        columns = (("person", line.person), ("manager", line.manager))
        problems += [
            Problem(line.row, column, found.reasons[value]) for column, value in columns if value in found.reasons
        ]
        if person and manager:
            rows.append(CheckedRow(line.row, person.person_id, manager.person_id, line.name or person.name))
    names = _names(file.lines, found.matches)
    by_person: dict[int, CheckedRow] = {}
    for row in rows:
        if problem := _conflict(row, by_person.get(row.person_id), names):
            problems.append(problem)
        else:
            by_person[row.person_id] = row
    for circle in _circles(by_person):
        problems += _circle_problems(circle, names)
        for row in circle:
            del by_person[row.person_id]
    return CheckedFile(file.rows, sorted(by_person.values()), sorted(problems, key=lambda each: each[:2]))


def _names(lines: Iterable[RosterLine], matches: Mapping[str, Match]) -> dict[int, str]:
    names = {match.person_id: match.name or value for value, match in matches.items()}
    return names | {matches[line.person].person_id: line.name for line in lines if line.name and line.person in matches}


def _conflict(row: CheckedRow, earlier: CheckedRow | None, names: Mapping[int, str]) -> Problem | None:
    """What is wrong with a row about somebody of whom an earlier row may have spoken."""
    name = names[row.person_id]
    if row.person_id == row.manager_id:
        reason = Message(_("%(name)s cannot be their own manager."), {"name": name})
        return Problem(row.row, "manager", reason)
    if earlier is None:
        return None
    if earlier.manager_id == row.manager_id:
        reason = Message(_("%(name)s is in row %(row)s already."), {"name": name, "row": str(earlier.row)})
    else:
        template = _("%(name)s is in row %(row)s already, under %(manager)s.")
        manager = names[earlier.manager_id]
        reason = Message(template, {"name": name, "row": str(earlier.row), "manager": manager})
    return Problem(row.row, "person", reason)


def _circles(rows: Mapping[int, CheckedRow]) -> list[list[CheckedRow]]:
    """The circles among lines of management; everybody has one manager, so each person is in one at most."""
    circles: list[list[CheckedRow]] = []
    seen: set[int] = set()
    for start in rows:
        line: dict[int, CheckedRow] = {}
        person_id = start
        while person_id in rows and person_id not in seen:
            seen.add(person_id)
            line[person_id] = rows[person_id]
            person_id = rows[person_id].manager_id
        if person_id in line:
            walked = list(line.values())
            circles.append(walked[list(line).index(person_id) :])
    return circles


def _circle_problems(circle: list[CheckedRow], names: Mapping[int, str]) -> list[Problem]:
    people: list[str | Message] = [_person_in_row(names[row.person_id], row.row) for row in circle]
    shown = [*people[:4], "…"] if len(people) > 5 else people
    template = _("This line of management goes round in a circle: %(path)s.")
    path = _path([*shown, names[circle[0].person_id]])
    return [Problem(row.row, "manager", Message(template, {"path": path})) for row in circle]


def _person_in_row(name: str, row: int) -> Message:
    return Message(_("%(name)s (row %(row)s)"), {"name": name, "row": str(row)})


def _path(steps: list[str | Message]) -> str | Message:
    """The steps with arrows between them."""
    path, *others = steps
    for step in others:
        path = Message("%(start)s → %(next)s", {"start": path, "next": step})
    return path
