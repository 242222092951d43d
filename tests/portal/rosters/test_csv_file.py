"""Reading a roster file: what spreadfiles write, and what they break."""

import csv
import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.rosters.upload.reading.columns import NotARoster
from portal.rosters.upload.reading.roster_file import MAX_FILE_BYTES, MAX_ROWS, read_roster_file
from portal.rosters.upload.reading.values import MAX_VALUE_LENGTH

PLAIN = "person,manager\n201,101\nana.novak,maya.okafor\n"
CELL = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=20).filter(
    lambda text: "e" not in text.casefold()  # no number a spreadfile has shortened
)


def lines(data: str | bytes) -> list[tuple[int, str, str, str]]:
    file = read_roster_file(data.encode() if isinstance(data, str) else data)
    assert file.problems == []
    return [(line.row, line.person, line.manager, line.name) for line in file.lines]


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode(),
        b"\xef\xbb\xbf" + PLAIN.encode(),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace(",", "\t").encode(),
        b"sep=;\r\n" + PLAIN.replace(",", ";").encode(),
        PLAIN.replace("person,manager", ' Person , "MANAGER"').encode(),
        PLAIN.rstrip().encode(),
    ],
)
def test_a_file_reads_the_same_however_a_spreadfile_writes_it(data: bytes) -> None:
    assert lines(data) == [(2, "201", "101", ""), (3, "ana.novak", "maya.okafor", "")]


def test_columns_come_in_any_order_among_others() -> None:
    assert lines("name,site,manager,person\nAna,W7,101,201\n") == [(2, "201", "101", "Ana")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_accents_survive_unicode_and_windows_encodings(encoding: str) -> None:
    assert lines("person;manager\ntomás.beltrán;101\n".encode(encoding)) == [(2, "tomás.beltrán", "101", "")]


def test_blank_rows_count_in_row_numbers_and_nowhere_else() -> None:
    file = read_roster_file(b"person,manager\n\n,\n201,101\n")

    assert [(line.row, line.person) for line in file.lines] == [(4, "201")]
    assert (file.rows, file.problems) == (1, [])


def test_a_cell_on_several_lines_is_one_row_of_the_spreadfile() -> None:
    assert lines('person,manager,note\n201,101,"one\ntwo"\n202,101,\n') == [
        (2, "201", "101", ""),
        (3, "202", "101", ""),
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b" \r\n ", "is empty"),
        (b"\xef\xbb\xbf", "Row 1 has no column person and no column manager"),
        (b"201,101\n202,101\n", "Row 1 has no column person and no column manager"),
        (b"person,boss\n201,101\n", "Row 1 has no column manager"),
        (b"person,person,manager\n", "names the column person more than once"),
        (b"PK\x03\x04rest of a workbook", "save the sheet as CSV"),
        ("person,manager\n".encode("utf-16")[:-1], "cannot be read as text"),
        (b"\x7fELF\x00\x00\x01", "not a text file"),
        (b"person,manager\n" + b"x" * MAX_FILE_BYTES, "larger than 40 MB"),
        (b"person,manager\n" + b"2,1\n" * (MAX_ROWS + 1), "more than 200,000 rows"),
    ],
)
def test_a_file_that_is_no_roster_is_refused_with_the_reason(data: bytes, message: str) -> None:
    with pytest.raises(NotARoster, match=message):
        read_roster_file(data)


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        (",101", "person", "empty"),
        ("201,101,Ana,one,more", "", "more cells than row 1"),
        ("2\0" + "01,101", "person", "characters that no id"),
        ("ana\u200bnovak,101", "person", "characters that no id"),
        ("1.02345E+09,101", "person", "shortened"),
        (f"201,{'x' * (MAX_VALUE_LENGTH + 1)}", "manager", "longer than 270"),
        (f"201,101,{'x' * 541}", "name", "longer than 540"),
        ('201,"101', "", "quotation mark"),
        ('"201"x,101', "", "quotation mark"),
    ],
)
def test_a_bad_row_is_listed_by_row_and_column_and_costs_no_other(row: str, column: str, message: str) -> None:
    file = read_roster_file(f"person,manager,name\n202,101,\n{row}\n203,101,\n".encode())

    [problem] = file.problems
    assert (problem.row, problem.column) == (3, column)
    assert message in problem.message
    assert [(line.row, line.person) for line in file.lines] == [(2, "202"), (4, "203")]


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_and_nothing_else(data: bytes) -> None:
    for body in (data, b"person,manager\n" + data, b"manager;name;person\r\n" + data):
        with suppress(NotARoster):
            file = read_roster_file(body)
            assert len({problem.row for problem in file.problems}) + len(file.lines) == file.rows


@given(st.lists(st.tuples(CELL, CELL), max_size=8), st.text(st.characters(codec="utf-8"), max_size=40), st.data())
def test_no_line_of_text_takes_a_good_row_with_it(good: list[tuple[str, str]], text: str, data: st.DataObject) -> None:
    clean = [(p, m) for p, m in good if not set(p + m) & set('",')]
    bad = "".join(c for c in text if c not in "\r\n")
    written = [f"{person},{manager}" for person, manager in clean]
    written.insert(data.draw(st.integers(0, len(clean))), bad)

    file = read_roster_file("\n".join(["person,manager", *written]).encode())

    assert set(clean) <= {(line.person, line.manager) for line in file.lines}


@given(st.lists(st.tuples(CELL, CELL, st.text(st.characters(codec="utf-8"), max_size=15)), max_size=8))
def test_what_a_csv_writer_wrote_is_read_back(rows: list[tuple[str, str, str]]) -> None:
    written = io.StringIO(newline="")
    csv.writer(written).writerows([("person", "manager", "note"), *rows])

    file = read_roster_file(written.getvalue().encode())

    assert [(line.row, line.person, line.manager) for line in file.lines] == [
        (number, person, manager) for number, (person, manager, _) in enumerate(rows, start=2)
    ]
