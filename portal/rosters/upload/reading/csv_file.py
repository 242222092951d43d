"""A CSV file taken apart into rows of cells, as spreadsheets write it. A bad row takes no good row with it. Pure."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from portal.rosters.upload.reading.columns import EXPECTED_FILE, Columns, NotARoster, find_columns

MAX_LINES_OF_ROW = 20  # lines a quoted cell may run over before its quotation mark counts as a slip
DELIMITERS = ",;\t"

_LINE_END = re.compile(r"\r\n|\n|\r")
_DELIMITER_LINE = re.compile(r'"?sep=([,;\t|])"?', re.IGNORECASE)


@dataclass(frozen=True)
class CsvFile:
    """A file taken apart: its header, and the lines of text below it."""

    delimiter: str
    header: list[str]
    columns: Columns
    text_lines: Sequence[str]


def open_csv_file(text: str) -> CsvFile:
    """The header under the delimiter with which it names most of the columns."""
    text_lines = _LINE_END.split(text)
    delimiters = DELIMITERS
    if found := _DELIMITER_LINE.fullmatch(text_lines[0]):  # Excel takes this line for itself and does not count it
        delimiters, text_lines = found[1], text_lines[1:]
    headers = {each: _header(text_lines, each) for each in delimiters}
    columns = {each: find_columns(header) for each, header in headers.items()}
    delimiter = max(columns, key=lambda each: len(columns[each].keys))
    if not columns[delimiter].used and "\0" in "".join(text_lines[:5]):
        raise NotARoster(_("This is not a text file. It must be %(expected)s."), expected=EXPECTED_FILE)
    return CsvFile(delimiter, headers[delimiter], columns[delimiter], text_lines[1:])


def _header(text_lines: Sequence[str], delimiter: str) -> list[str]:
    return _parse_record(text_lines[0], delimiter) or [] if text_lines else []


def records(file: CsvFile) -> Iterator[list[str] | None]:
    """Each row's cells; None for a row that is no CSV. A quoted cell may span several lines."""
    at = 0
    while at < len(file.text_lines):
        text = file.text_lines[at]
        cells, length = _parse_record(text, file.delimiter), 1
        if cells is None and '"' in text:
            cells, length = _parse_multiline_record(file, at)
        yield cells
        at += length


def _parse_multiline_record(file: CsvFile, at: int) -> tuple[list[str] | None, int]:
    """The record that begins in a line, and its number of lines.

    None and 1 for a stray quotation mark, which must not swallow the good lines below it.
    """
    text_lines = file.text_lines[at : at + MAX_LINES_OF_ROW]
    for length in range(2, len(text_lines) + 1):
        cells = _parse_record("\n".join(text_lines[:length]), file.delimiter)
        if cells is None:
            continue
        keys = [cells[place] for place in file.columns.keys if place < len(cells)]
        if len(cells) == len(file.header) and not any("\n" in key for key in keys):
            return cells, length
        break
    return None, 1


def _parse_record(text: str, delimiter: str) -> list[str] | None:
    if '"' not in text:  # by far the quickest
        return [cell.strip() for cell in text.split(delimiter)]
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True, skipinitialspace=True)
        parsed = list(reader)
    except csv.Error:
        return None
    return [cell.strip() for cell in parsed[0]] if parsed else []
