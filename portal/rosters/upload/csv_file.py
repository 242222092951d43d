"""A roster file as lines: read as spreadsheets write them, and no bad line takes a good one with it."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

MAX_FILE_BYTES = 1_000_000
MAX_ROWS = 20_000
MAX_VALUE_LENGTH = 270  # the longest user name Brightspace takes
MAX_NAME_LENGTH = 540
MAX_RECORD_LINES = 20  # lines a quoted cell may run over before its quotation mark counts as a slip
COLUMNS = ("person", "manager", "name")
REQUIRED = ("person", "manager")
WHAT_IT_IS = "a CSV file whose first row names the columns person and manager"

_LINE_END = re.compile(r"\r\n|\n|\r")
_EXCEL_HINT = re.compile(r'"?sep=([,;\t|])"?', re.IGNORECASE)
_SHORTENED = re.compile(r"[0-9]+([.,][0-9]+)?E\+?[0-9]+", re.IGNORECASE)


class NotARoster(ValueError):
    """The file as a whole cannot be used; the message says why and what to do."""


class Problem(NamedTuple):
    """What is wrong with one row, counted as a spreadsheet counts: the header is row 1."""

    row: int
    column: str
    message: str


@dataclass(frozen=True)
class RosterLine:
    """One row: who reports to whom, each by id or user name, and optionally what the person is called."""

    row: int
    person: str
    manager: str
    name: str = ""


@dataclass(frozen=True)
class RosterFile:
    """The file's good lines and its problems; ``rows`` counts all that are not blank, without the header."""

    lines: list[RosterLine]
    problems: list[Problem]
    rows: int


def read_roster_file(data: bytes) -> RosterFile:
    """Read a CSV file in UTF-8 or Windows-1252, with commas, semicolons or tabs. Raises NotARoster."""
    physical = _LINE_END.split(_text(data))
    hint = _EXCEL_HINT.fullmatch(physical[0])  # Excel takes this line for itself and does not count it
    delimiter, header = _header(physical[1:] if hint else physical, hint[1] if hint else "")
    lines: list[RosterLine] = []
    problems: list[Problem] = []
    rows = 0
    records = _records(physical[2:] if hint else physical[1:], delimiter, header)
    for row, cells in enumerate(records, start=2):
        if cells is not None and not any(cells):
            continue
        rows += 1
        if rows > MAX_ROWS:
            raise NotARoster(f"The file has more than {MAX_ROWS:,} rows. Split it by leaving out what is not needed.")
        line, wrong = _line(row, cells, header, delimiter)
        problems += wrong
        if not wrong:
            lines.append(line)
    return RosterFile(lines, problems, rows)


def _text(data: bytes) -> str:
    if len(data) > MAX_FILE_BYTES:
        raise NotARoster(f"The file is larger than {MAX_FILE_BYTES // 1_000_000} MB. A roster needs two short columns.")
    if not data.strip():
        raise NotARoster("The file is empty.")
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise NotARoster("This is a workbook, not a CSV file. In the spreadsheet program, save the sheet as CSV.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotARoster("The file is saved as UTF-16 text. Save it as “CSV UTF-8” instead.")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotARoster(f"The file cannot be read as text. It must be {WHAT_IT_IS}.")


def _header(physical: Sequence[str], hinted: str) -> tuple[str, list[str]]:
    """The delimiter under which the first row names the columns, and the names."""
    headers = {delimiter: _names(physical, delimiter) for delimiter in hinted or ",;\t"}
    delimiter = max(headers, key=lambda each: sum(name in headers[each] for name in REQUIRED))
    header = headers[delimiter]
    if not set(header) & set(COLUMNS) and "\0" in "".join(physical[:5]):
        raise NotARoster(f"This is not a text file. It must be {WHAT_IT_IS}.")
    if missing := [name for name in REQUIRED if name not in header]:
        raise NotARoster(f"Row 1 has no column {' and no column '.join(missing)}. The file must be {WHAT_IT_IS}.")
    if twice := [name for name in COLUMNS if header.count(name) > 1]:
        raise NotARoster(f"Row 1 names the column {twice[0]} more than once.")
    return delimiter, header


def _names(physical: Sequence[str], delimiter: str) -> list[str]:
    return [name.casefold() for name in _cells(physical[0], delimiter) or []] if physical else []


def _records(physical: Sequence[str], delimiter: str, header: Sequence[str]) -> Iterator[list[str] | None]:
    """Each row's cells; None for a row that cannot be taken apart. A quoted cell may span several lines."""
    at = 0
    while at < len(physical):
        cells, length = _cells(physical[at], delimiter), 1
        if cells is None and '"' in physical[at]:
            cells, length = _spanning(physical[at : at + MAX_RECORD_LINES], delimiter, header)
        yield cells
        at += length


def _spanning(physical: Sequence[str], delimiter: str, header: Sequence[str]) -> tuple[list[str] | None, int]:
    """The record that begins here and goes on below; a stray quotation mark must not swallow good lines."""
    for length in range(2, len(physical) + 1):
        cells = _cells("\n".join(physical[:length]), delimiter)
        if cells is None:
            continue
        keys = [cells[place] for place, name in enumerate(header) if name in REQUIRED and place < len(cells)]
        if len(cells) == len(header) and not any("\n" in key for key in keys):
            return cells, length
        break
    return None, 1


def _cells(text: str, delimiter: str) -> list[str] | None:
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True, skipinitialspace=True)
        records = list(reader)
    except csv.Error:
        return None
    return [cell.strip() for cell in records[0]] if records else []


def _line(row: int, cells: list[str] | None, header: Sequence[str], delimiter: str) -> tuple[RosterLine, list[Problem]]:
    if cells is None:
        why = "A quotation mark is opened and not closed, or stands in the wrong place."
        return RosterLine(row, "", ""), [Problem(row, "", why)]
    values = dict(zip(header, cells, strict=False))
    line = RosterLine(row, values.get("person", ""), values.get("manager", ""), _plain(values.get("name", "")))
    problems = []
    if any(cells[len(header) :]):
        why = f"The row has more cells than row 1. Put a text that contains “{_spoken(delimiter)}” in quotation marks."
        problems.append(Problem(row, "", why))
    if len(line.name) > MAX_NAME_LENGTH:
        problems.append(Problem(row, "name", f"The name is longer than {MAX_NAME_LENGTH} characters."))
    for column in REQUIRED:
        if why := _wrong(values.get(column, "")):
            problems.append(Problem(row, column, why))
    return line, problems


def _wrong(value: str) -> str:
    if not value:
        return "The cell is empty."
    if len(value) > MAX_VALUE_LENGTH:
        return f"The value is longer than {MAX_VALUE_LENGTH} characters, so it is neither an id nor a user name."
    if not value.isprintable():
        return "The value holds characters that no id and no user name has."
    if _SHORTENED.fullmatch(value):
        return f"“{value}” is a number the spreadsheet has shortened. Format the column as text and save again."
    return ""


def _plain(name: str) -> str:
    """A name on one line without control characters; marks for right-to-left writing stay."""
    return " ".join("".join(" " if ord(c) < 32 or 127 <= ord(c) < 160 else c for c in name).split())


def _spoken(delimiter: str) -> str:
    return "tab" if delimiter == "\t" else delimiter
