"""Reading a roster file: who reports to whom, in a CSV file as spreadsheets and HR systems write it. Pure."""

from collections.abc import Iterable, Sequence
from itertools import islice

from django.utils.translation import gettext_noop as _

from portal.rosters.upload.messages import Message
from portal.rosters.upload.names import MAX_NAME_LENGTH, one_line
from portal.rosters.upload.reading.columns import EXPECTED_FILE, NotARoster, check_columns, find_columns
from portal.rosters.upload.reading.csv_file import CsvFile, open_csv_file, records
from portal.rosters.upload.reading.encodings import LABELS, Reading, all_readings, plausible_readings, unicode_encoding
from portal.rosters.upload.reading.rows import Problem, ProblemKind, Repaired, RosterFile, RosterLine
from portal.rosters.upload.reading.values import NO_MANAGER, Value, read_value

MAX_FILE_BYTES = 40_000_000  # of memory; two columns of 200,000 e-mail addresses are a third of it
MAX_ROWS = 200_000
MAX_SAMPLES = 3


class EncodingUnclear(NotARoster):
    """The file can be read in several ways, and somebody must say which one is right."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        super().__init__(_("The file can be read in several ways."))
        self.readings = list(readings)


def read_roster_file(data: bytes, encoding: str = "") -> RosterFile:
    """Read a CSV file with commas, semicolons or tabs.

    Without an ``encoding`` it is recognised. Raises EncodingUnclear if several are plausible, NotARoster.
    """
    _check_is_text(data)
    encoding = encoding or _recognise_encoding(data)
    csv_file = open_csv_file(_decode(data, encoding))
    check_columns(csv_file.header, csv_file.columns)
    person, manager = csv_file.columns.keys
    file = RosterFile(encoding, csv_file.header[person], csv_file.header[manager])
    for row, cells in enumerate(records(csv_file), start=2):
        if cells is not None and not any(cells):
            continue
        file.rows += 1
        if file.rows > MAX_ROWS:
            template = _("The file has more than %(limit)s rows. Split it by leaving out what is not needed.")
            raise NotARoster(template, limit=MAX_ROWS)
        _add_row(file, csv_file, row, cells)
    file.samples = list(islice(_texts_beyond_ascii(file.lines), MAX_SAMPLES))
    return file


def encoded_cells(data: bytes) -> list[bytes]:
    """The cells of persons, managers and names with letters beyond ASCII, as the file has them."""
    # Whatever the encoding: bytes beyond ASCII become code points that no rule of CSV knows.
    csv_file = open_csv_file(data.decode("ascii", "surrogateescape"))
    for encoding in LABELS:
        if len(csv_file.columns.keys) < 2:  # perhaps because the headings themselves have accents
            header = [cell.encode("ascii", "surrogateescape").decode(encoding, "replace") for cell in csv_file.header]
            csv_file = CsvFile(csv_file.delimiter, csv_file.header, find_columns(header), csv_file.text_lines)
    used = csv_file.columns.used
    rows = (cells for cells in records(csv_file) if cells)
    cells = (row[place] for row in rows for place in used if place < len(row) and not row[place].isascii())
    return [cell.encode("ascii", "surrogateescape") for cell in cells]


def _check_is_text(data: bytes) -> None:
    if len(data) > MAX_FILE_BYTES:
        template = _("The file is larger than %(megabytes)s MB. Leave out the columns that are not needed.")
        raise NotARoster(template, megabytes=MAX_FILE_BYTES // 1_000_000)
    if not data.strip():
        raise NotARoster(_("The file is empty."))
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise NotARoster(_("This is a workbook, not a CSV file. In the spreadsheet program, save the sheet as CSV."))


def _recognise_encoding(data: bytes) -> str:
    if encoding := unicode_encoding(data):
        return encoding
    cells = encoded_cells(data)
    readings = plausible_readings(cells)
    if len(readings) == 1:
        return readings[0].encoding
    raise EncodingUnclear(readings or all_readings(cells))


def _decode(data: bytes, encoding: str) -> str:
    """The whole text. Of an encoding that is not Unicode, cells that are not used may break the rules."""
    try:
        return data.decode(encoding, "replace" if encoding in LABELS else "strict")
    except UnicodeDecodeError:
        template = _("The file cannot be read as text. It must be %(expected)s.")
        raise NotARoster(template, expected=EXPECTED_FILE) from None


def _add_row(file: RosterFile, csv_file: CsvFile, row: int, cells: list[str] | None) -> None:
    """Put a row's line into the file, or what is wrong with it."""
    if cells is None:
        reason = Message(_("A quotation mark is opened and not closed, or stands in the wrong place."))
        file.problems.append(Problem(row, "", ProblemKind.MALFORMED, reason))
        return
    person, manager = (read_value(cells[place] if place < len(cells) else "") for place in csv_file.columns.keys)
    name = " ".join(one_line(cells[place]) for place in csv_file.columns.name if place < len(cells)).strip()
    if problems := _problems(row, csv_file, cells, {"person": person, "manager": manager}, name):
        file.problems += problems
        return
    has_manager = manager.text.casefold() not in NO_MANAGER
    file.lines.append(RosterLine(row, person.text, manager.text if has_manager else "", name))
    for place, value in zip(csv_file.columns.keys, (person, manager), strict=True):
        _count_repair(file, cells[place] if place < len(cells) else "", value)


def _problems(row: int, csv_file: CsvFile, cells: list[str], values: dict[str, Value], name: str) -> list[Problem]:
    problems = []
    if any(cells[len(csv_file.header) :]):
        problems.append(Problem(row, "", ProblemKind.MALFORMED, _too_many_cells(csv_file.delimiter)))
    if len(name) > MAX_NAME_LENGTH:
        reason = Message(_("The name is longer than %(limit)s characters."), {"limit": MAX_NAME_LENGTH})
        problems.append(Problem(row, "name", ProblemKind.VALUE, reason))
    if not values["person"].text:
        problems.append(Problem(row, "person", ProblemKind.VALUE, Message(_("The cell is empty."))))
    return problems + [
        Problem(row, column, ProblemKind.VALUE, value.problem) for column, value in values.items() if value.problem
    ]


def _too_many_cells(delimiter: str) -> Message:
    character = Message(_("tab")) if delimiter == "\t" else delimiter
    template = _("The row has more cells than row 1. Put a text that contains “%(delimiter)s” in quotation marks.")
    return Message(template, {"delimiter": character})


def _count_repair(file: RosterFile, written: str, value: Value) -> None:
    if value.repair:
        file.repairs.setdefault(value.repair, Repaired(0, written, value.text)).count += 1


def _texts_beyond_ascii(lines: Iterable[RosterLine]) -> Iterable[str]:
    return (text for line in lines for text in (line.name, line.person, line.manager) if not text.isascii())
