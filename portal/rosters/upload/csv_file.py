"""Reading a roster file: a CSV file as spreadsheets write it. A bad row takes no good row with it."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext_noop as _

from portal.rosters.upload.messages import Message, MessageError

MAX_FILE_BYTES = 1_000_000
MAX_ROWS = 20_000
MAX_VALUE_LENGTH = 270  # characters of the longest user name Brightspace takes
MAX_NAME_LENGTH = 540
MAX_LINES_OF_ROW = 20  # lines a quoted cell may run over before its quotation mark counts as a slip
COLUMNS = ("person", "manager", "name")
REQUIRED_COLUMNS = ("person", "manager")

_LINE_END = re.compile(r"\r\n|\n|\r")
_DELIMITER_HINT = re.compile(r'"?sep=([,;\t|])"?', re.IGNORECASE)
_SHORTENED_NUMBER = re.compile(r"[0-9]+([.,][0-9]+)?E\+?[0-9]+", re.IGNORECASE)
_EXPECTED_FILE = Message(_("a CSV file whose first row names the columns person and manager"))


class NotARoster(MessageError, ValueError):
    """The file as a whole cannot be used."""


class Problem(NamedTuple):
    """What is wrong with one row, counted as a spreadsheet counts: the header is row 1."""

    row: int
    column: str
    reason: Message

    @property
    def message(self) -> str:
        """What is wrong, in the active language."""
        return str(self.reason)


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
    text_lines = _LINE_END.split(_decode(data))
    hint = _DELIMITER_HINT.fullmatch(text_lines[0])  # Excel takes this line for itself and does not count it
    delimiter, header = _read_header(text_lines[1:] if hint else text_lines, hint[1] if hint else "")
    lines: list[RosterLine] = []
    problems: list[Problem] = []
    rows = 0
    records = _records(text_lines[2:] if hint else text_lines[1:], delimiter, header)
    for row, cells in enumerate(records, start=2):
        if cells is not None and not any(cells):
            continue
        rows += 1
        if rows > MAX_ROWS:
            raise NotARoster(
                _("The file has more than %(limit)s rows. Split it by leaving out what is not needed."), limit=MAX_ROWS
            )
        line, row_problems = _read_row(row, cells, header, delimiter)
        problems += row_problems
        if not row_problems:
            lines.append(line)
    return RosterFile(lines, problems, rows)


def _decode(data: bytes) -> str:
    if len(data) > MAX_FILE_BYTES:
        raise NotARoster(
            _("The file is larger than %(megabytes)s MB. A roster needs two short columns."),
            megabytes=MAX_FILE_BYTES // 1_000_000,
        )
    if not data.strip():
        raise NotARoster(_("The file is empty."))
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise NotARoster(_("This is a workbook, not a CSV file. In the spreadsheet program, save the sheet as CSV."))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotARoster(_("The file is saved as UTF-16 text. Save it as “CSV UTF-8” instead."))
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotARoster(_("The file cannot be read as text. It must be %(expected)s."), expected=_EXPECTED_FILE)


def _read_header(text_lines: Sequence[str], delimiter_hint: str) -> tuple[str, list[str]]:
    """The delimiter under which the first row names the columns, and the names."""
    headers = {delimiter: _column_names(text_lines, delimiter) for delimiter in delimiter_hint or ",;\t"}
    delimiter = max(headers, key=lambda each: sum(name in headers[each] for name in REQUIRED_COLUMNS))
    header = headers[delimiter]
    if not set(header) & set(COLUMNS) and "\0" in "".join(text_lines[:5]):
        raise NotARoster(_("This is not a text file. It must be %(expected)s."), expected=_EXPECTED_FILE)
    missing = [name for name in REQUIRED_COLUMNS if name not in header]
    if len(missing) > 1:
        raise NotARoster(
            _("Row 1 has no column person and no column manager. The file must be %(expected)s."),
            expected=_EXPECTED_FILE,
        )
    if missing:
        raise NotARoster(
            _("Row 1 has no column %(column)s. The file must be %(expected)s."),
            column=missing[0],
            expected=_EXPECTED_FILE,
        )
    if repeated := [name for name in COLUMNS if header.count(name) > 1]:
        raise NotARoster(_("Row 1 names the column %(column)s more than once."), column=repeated[0])
    return delimiter, header


def _column_names(text_lines: Sequence[str], delimiter: str) -> list[str]:
    return [name.casefold() for name in _parse_record(text_lines[0], delimiter) or []] if text_lines else []


def _records(text_lines: Sequence[str], delimiter: str, header: Sequence[str]) -> Iterator[list[str] | None]:
    """Each row's cells; None for a row that is no CSV. A quoted cell may span several lines."""
    at = 0
    while at < len(text_lines):
        cells, length = _parse_record(text_lines[at], delimiter), 1
        if cells is None and '"' in text_lines[at]:
            cells, length = _parse_multiline_record(text_lines[at : at + MAX_LINES_OF_ROW], delimiter, header)
        yield cells
        at += length


def _parse_multiline_record(
    text_lines: Sequence[str], delimiter: str, header: Sequence[str]
) -> tuple[list[str] | None, int]:
    """The record that begins in the first line, and its number of lines.

    None and 1 for a stray quotation mark, which must not swallow the good lines below it.
    """
    for length in range(2, len(text_lines) + 1):
        cells = _parse_record("\n".join(text_lines[:length]), delimiter)
        if cells is None:
            continue
        keys = [cells[at] for at, name in enumerate(header) if name in REQUIRED_COLUMNS and at < len(cells)]
        if len(cells) == len(header) and not any("\n" in key for key in keys):
            return cells, length
        break
    return None, 1


def _parse_record(text: str, delimiter: str) -> list[str] | None:
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True, skipinitialspace=True)
        records = list(reader)
    except csv.Error:
        return None
    return [cell.strip() for cell in records[0]] if records else []


def _read_row(
    row: int, cells: list[str] | None, header: Sequence[str], delimiter: str
) -> tuple[RosterLine, list[Problem]]:
    if cells is None:
        reason = Message(_("A quotation mark is opened and not closed, or stands in the wrong place."))
        return RosterLine(row, "", ""), [Problem(row, "", reason)]
    values = dict(zip(header, cells, strict=False))
    line = RosterLine(row, values.get("person", ""), values.get("manager", ""), _one_line(values.get("name", "")))
    problems = []
    if any(cells[len(header) :]):
        problems.append(Problem(row, "", _too_many_cells(delimiter)))
    if len(line.name) > MAX_NAME_LENGTH:
        reason = Message(_("The name is longer than %(limit)s characters."), {"limit": MAX_NAME_LENGTH})
        problems.append(Problem(row, "name", reason))
    for column in REQUIRED_COLUMNS:
        if value_problem := _problem_with_value(values.get(column, "")):
            problems.append(Problem(row, column, value_problem))
    return line, problems


def _too_many_cells(delimiter: str) -> Message:
    character = Message(_("tab")) if delimiter == "\t" else delimiter
    template = _("The row has more cells than row 1. Put a text that contains “%(delimiter)s” in quotation marks.")
    return Message(template, {"delimiter": character})


def _problem_with_value(value: str) -> Message | None:
    if not value:
        return Message(_("The cell is empty."))
    if len(value) > MAX_VALUE_LENGTH:
        template = _("The value is longer than %(limit)s characters, so it is neither an id nor a user name.")
        return Message(template, {"limit": MAX_VALUE_LENGTH})
    if not value.isprintable():
        return Message(_("The value holds characters that no id and no user name has."))
    if _SHORTENED_NUMBER.fullmatch(value):
        template = _("“%(value)s” is a number the spreadsheet has shortened. Format the column as text and save again.")
        return Message(template, {"value": value})
    return None


def _one_line(name: str) -> str:
    """A name on one line without control characters; marks for right-to-left writing stay."""
    return " ".join("".join(" " if ord(c) < 32 or 127 <= ord(c) < 160 else c for c in name).split())
