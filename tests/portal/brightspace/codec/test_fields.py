"""Decoding and encoding of ids, dates and blocks in every format that Brightspace sends."""

from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.brightspace.codec.fields import MAX_ID, Block, Id, InvalidArgument, UtcDateTime, d2l_id, read_utc, write_utc
from portal.brightspace.codec.json import decode, encode


class Record(Block, frozen=True, kw_only=True):
    user_id: Id
    date_completed: UtcDateTime | None = None
    org_unit_ids: tuple[Id, ...] = ()


class Folder(Block, frozen=True, kw_only=True):
    folder_id: Id
    title: str = ""
    note: str | int | None = None
    opened: UtcDateTime | None = None
    folders: tuple["Folder", ...] = ()
    by_name: dict[str, Id] = {}


ids = st.integers(1, MAX_ID)
moments = st.datetimes(
    min_value=datetime(1, 1, 3),
    max_value=datetime(9999, 12, 29),
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=9)), timezone(-timedelta(hours=5))]),
)


@given(ids)
def test_an_id_is_the_same_as_number_and_as_text(number: int) -> None:
    assert d2l_id(number, "person_id") == d2l_id(str(number), "person_id") == number


@given(st.one_of(st.text(), st.floats(), st.binary(), st.none(), st.lists(ids)))
def test_only_plain_decimal_text_is_an_id(value: object) -> None:
    try:
        number: int | None = d2l_id(value, "person_id")
    except InvalidArgument:
        number = None
    assert number is None or str(number) == value


@pytest.mark.parametrize(
    "value",
    [
        "",
        "..",
        "1/../x",
        "1?x",
        "1#",
        " 1",
        "1\n",
        "+1",
        "-1",
        "0",
        "01",
        "1.0",
        "1e3",
        "٣",
        "１",
        True,
        False,
        0,
        -1,
        2**53 + 1,
        2**70,
        str(2**70),
        1.0,
        None,
        b"1",
    ],
)
def test_any_other_value_is_refused_as_an_id(value: object) -> None:
    with pytest.raises(InvalidArgument, match="person_id"):
        d2l_id(value, "person_id")


@given(moments)
def test_a_date_is_written_and_read_to_the_millisecond(moment: datetime) -> None:
    in_milliseconds = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    assert read_utc(write_utc(moment)) == in_milliseconds
    assert len(write_utc(moment)) == len("2026-05-13T20:01:00.827Z")


EVENING = datetime(2026, 5, 13, 20, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-05-13T20:01:00.000Z", EVENING),
        ("2026-05-13T20:01:00Z", EVENING),
        ("2026-05-13T20:01:00", EVENING),
        ("U2026-05-13T20:01:00", EVENING),
        ("U2026-05-13T20:01:00.827", EVENING.replace(microsecond=827_000)),
        ("2026-05-13T20:01:00.1234567Z", EVENING.replace(microsecond=123_456)),
        ("2026-05-13T22:01:00+02:00", EVENING),
        ("2026-05-13 15:31:00-0430", EVENING),
        ("2026-05-13T20:01Z", EVENING),
        ("2026-05-13", datetime(2026, 5, 13, tzinfo=UTC)),
        ("0001-12-17T00:00:00.000Z", datetime(1, 12, 17, tzinfo=UTC)),
        ("0001-01-01T00:00:00+05:00", datetime(1, 1, 1, tzinfo=UTC)),
        ("2026-02-30T24:00:60Z", datetime(2026, 2, 28, 23, 0, 59, tzinfo=UTC)),
        (None, None),
        ("", None),
    ],
)
def test_every_date_format_is_read(text: str | None, moment: datetime | None) -> None:
    assert read_utc(text) == moment


@given(st.from_regex(r"U?[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z?", fullmatch=True))
def test_every_well_formed_date_is_read_as_utc(text: str) -> None:
    moment = read_utc(text)
    assert moment is not None
    assert moment.utcoffset() == timedelta(0)


@pytest.mark.parametrize("text", ["banana", "12 May", "2026", "1747166460", "2026-05-13T20:01:00X"])
def test_a_text_that_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(InvalidArgument):
        read_utc(text)


def test_a_date_without_a_zone_is_never_sent() -> None:
    with pytest.raises(InvalidArgument):
        write_utc(datetime(2026, 5, 13))
    with pytest.raises(InvalidArgument):
        write_utc(datetime.min.replace(tzinfo=timezone(timedelta(hours=1))))


@given(number=ids, quoted=st.booleans(), moment=st.none() | moments)
def test_a_block_reads_ids_and_dates_in_any_format(number: int, quoted: bool, moment: datetime | None) -> None:
    json_id = str(number) if quoted else number
    date = None if moment is None else write_utc(moment)
    record = decode(
        encode(
            {
                "UserId": json_id,
                "DateCompleted": date,
                "OrgUnitIds": [json_id],
                "Odd": {"a": [1]},
            }
        ),
        Record,
    )
    assert record == Record(user_id=number, date_completed=read_utc(date), org_unit_ids=(number,))
    assert decode(encode(record), Record) == record


@pytest.mark.parametrize("value", [b"0", b"-1", b'"x"', b"1.5", b"true", b"null", b"[1]", b"{}"])
def test_a_wrong_id_in_json_is_named_by_its_place(value: bytes) -> None:
    with pytest.raises(msgspec.ValidationError, match="UserId"):
        decode(b'{"UserId":' + value + b"}", Record)


@pytest.mark.parametrize("value", [b"5", b'"soon"', b'""', b"[]"])
def test_a_wrong_date_in_json_is_named_by_its_place(value: bytes) -> None:
    with pytest.raises(msgspec.ValidationError, match="DateCompleted"):
        decode(b'{"UserId":1,"DateCompleted":' + value + b"}", Record)


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"<html>", b'{"X":' + b"[" * 100_000])
def test_broken_json_is_a_decode_error(data: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        decode(data, Record)


UNUSUAL_JSON = b"""[{"FolderId": 1, "Title": "2026-05-13", "Note": "17", "Opened": "2026-05-13T20:01:00.000Z",
  "Folders": [{"FolderId": "2", "Title": "7", "Opened": "U2026-05-13T20:01:00",
    "Folders": [{"FolderId": 3, "Opened": "2026-05-13T22:01:00+02:00", "ByName": {"a": "5", "b": 6}}]}]}]"""


def test_ids_and_dates_are_corrected_at_any_depth_and_texts_left_unchanged() -> None:
    [outer] = decode(UNUSUAL_JSON, list[Folder])
    [middle] = outer.folders
    [inner] = middle.folders

    assert (outer.title, outer.note, middle.title) == ("2026-05-13", "17", "7")
    assert (middle.folder_id, inner.folder_id, inner.by_name) == (2, 3, {"a": 5, "b": 6})
    assert [each.opened for each in (outer, middle, inner)] == [EVENING] * 3
    assert inner.opened is not None
    assert inner.opened.tzinfo is UTC


@given(st.lists(st.tuples(ids, st.booleans(), st.sampled_from(["Z", "", "+00:00"])), max_size=5))
def test_regular_and_corrected_blocks_are_equal(shapes: list[tuple[int, bool, str]]) -> None:
    objects = [
        {"UserId": str(number) if quoted else number, "DateCompleted": f"2026-05-13T20:01:00.000{zone}"}
        for number, quoted, zone in shapes
    ]

    records = decode(msgspec.json.encode(objects), list[Record])
    assert records == [Record(user_id=number, date_completed=EVENING) for number, _, _ in shapes]


def test_a_byte_order_mark_is_ignored() -> None:
    assert decode(b'\xef\xbb\xbf{"UserId":1}', Record) == Record(user_id=1)


def test_dates_at_any_depth_are_written_with_milliseconds() -> None:
    assert encode({"A": [{"B": EVENING}], "C": None}) == (b'{"A":[{"B":"2026-05-13T20:01:00.000Z"}],"C":null}')
