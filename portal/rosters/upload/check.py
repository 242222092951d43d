"""Whether a roster file's lines make a roster: pure; nothing is asked and nothing is stored here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from portal.rosters.upload.csv_file import Problem, RosterFile, RosterLine
from portal.rosters.upload.lookup import Findings, Match


class Entry(NamedTuple):
    """One good row: a person reports to a manager, both by Brightspace id."""

    row: int
    person_id: int
    manager_id: int
    name: str


@dataclass(frozen=True)
class Checked:
    """A file's good rows and its problems; ``left_out`` rows have one or more problems."""

    rows: int
    entries: list[Entry]
    problems: list[Problem]

    @property
    def left_out(self) -> int:
        return len({problem.row for problem in self.problems})

    @property
    def managers(self) -> int:
        return len({entry.manager_id for entry in self.entries})


def wanted(sheet: RosterFile) -> dict[str, bool]:
    """Every value to be looked up; True for the ids whose name the file itself gives."""
    named = {line.person for line in sheet.lines if line.name and line.person.isascii() and line.person.isdecimal()}
    return {value: value in named for line in sheet.lines for value in (line.person, line.manager)}


def check(sheet: RosterFile, found: Findings) -> Checked:
    """Put people in for ids and user names; each person once, nobody their own manager, no circles."""
    problems = list(sheet.problems)
    resolved: list[Entry] = []
    for line in sheet.lines:
        person, manager = found.matches.get(line.person), found.matches.get(line.manager)
        columns = (("person", line.person), ("manager", line.manager))
        problems += [Problem(line.row, name, found.wrong[value]) for name, value in columns if value in found.wrong]
        if person and manager:
            resolved.append(Entry(line.row, person.person_id, manager.person_id, line.name or person.name))
    names = _names(sheet.lines, found.matches)
    entries: dict[int, Entry] = {}
    for entry in resolved:
        if wrong := _wrong(entry, entries.get(entry.person_id), names):
            problems.append(wrong)
        else:
            entries[entry.person_id] = entry
    for circle in _circles(entries):
        problems += _told(circle, names)
        for entry in circle:
            del entries[entry.person_id]
    return Checked(sheet.rows, sorted(entries.values()), sorted(problems))


def _names(lines: Iterable[RosterLine], matches: Mapping[str, Match]) -> dict[int, str]:
    names = {match.person_id: match.name or value for value, match in matches.items()}
    return names | {matches[line.person].person_id: line.name for line in lines if line.name and line.person in matches}


def _wrong(entry: Entry, earlier: Entry | None, names: Mapping[int, str]) -> Problem | None:
    name = names[entry.person_id]
    if entry.person_id == entry.manager_id:
        return Problem(entry.row, "manager", f"{name} cannot be their own manager.")
    if earlier is None:
        return None
    other = "" if earlier.manager_id == entry.manager_id else f", under {names[earlier.manager_id]}"
    return Problem(entry.row, "person", f"{name} is in row {earlier.row} already{other}.")


def _circles(entries: Mapping[int, Entry]) -> list[list[Entry]]:
    """The circles among lines of management; everybody has one manager, so each person is in one at most."""
    circles: list[list[Entry]] = []
    seen: set[int] = set()
    for start in entries:
        line: dict[int, Entry] = {}
        person_id = start
        while person_id in entries and person_id not in seen:
            seen.add(person_id)
            line[person_id] = entries[person_id]
            person_id = entries[person_id].manager_id
        if person_id in line:
            walked = list(line.values())
            circles.append(walked[list(line).index(person_id) :])
    return circles


def _told(circle: list[Entry], names: Mapping[int, str]) -> list[Problem]:
    who = [f"{names[entry.person_id]} (row {entry.row})" for entry in circle]
    shown = [*who[:4], "…"] if len(who) > 5 else who
    sentence = f"This line of management goes round in a circle: {' → '.join((*shown, names[circle[0].person_id]))}."
    return [Problem(entry.row, "manager", sentence) for entry in circle]
