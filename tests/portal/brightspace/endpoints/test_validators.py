"""Checks of what is about to be sent: what fits passes as it is, what does not is named by its field."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from enum import IntEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.brightspace.codec.fields import InvalidArgument, write_utc
from portal.brightspace.endpoints import validators as check
from portal.brightspace.endpoints.writes import FileUpload


class Colour(IntEnum):
    RED = 1
    DARK_BLUE = 2


NOON, DAY = datetime(2026, 5, 13, 12, tzinfo=UTC), date(2026, 5, 13)
EARLY, LATE = (
    datetime.min.replace(tzinfo=timezone(timedelta(hours=1))),
    datetime.max.replace(tzinfo=timezone(timedelta(hours=-1))),
)
PDF = FileUpload("plan.pdf", "application/pdf", b"%PDF-")


def file(**changes: Any) -> FileUpload:
    values = {"filename": "plan.pdf", "content_type": "application/pdf", "content": b"%PDF-", **changes}
    return FileUpload(**values)


def up_to_5(value: Any) -> Any:
    return check.validate_text(value, "Field", most=5)


def whole(value: Any) -> Any:
    return check.validate_between(value, "Field", 1, 9)


def number(value: Any) -> Any:
    return check.validate_number_between(value, "Field", 1, 9)


def colour(value: Any) -> Any:
    return check.validate_choice(value, "Field", Colour)


def upload(value: Any) -> Any:
    return check.validate_upload(value, "Field", most_bytes=1024**2)


def named(function: Callable[[Any, str], Any]) -> Callable[[Any], Any]:
    return lambda value: function(value, "Field")


FITTING: list[tuple[Callable[[Any], Any], list[Any]]] = [
    (up_to_5, ["x", "12345", " a ", "line\n", "🦊🦊🦊🦊🦊"]),
    (named(check.validate_optional_text), [None, "x"]),
    (
        named(check.validate_url),
        ["http://a", "https://a.example:8080/b?c=d#e", "https://müller.example/ä", "HTTPS://A/"],
    ),
    (named(check.validate_email), ["a@b.example", "first.last+tag@sub.b.example"]),
    (whole, [1, 9]),
    (named(check.validate_positive), [1, 0.01, 10**12]),
    (number, [1, 1.0, 8.5, 9]),
    (named(check.validate_flag), [True, False]),
    (named(check.validate_moment), [NOON, datetime(1, 1, 1, tzinfo=UTC), datetime.max.replace(tzinfo=UTC)]),
    (named(check.validate_optional_moment), [None, NOON]),
    (named(check.validate_optional_day), [None, DAY]),
    (named(check.validate_file_name), ["a", ".hidden", "a b (1).tar.gz", "x" * 255, "…🦊.png"]),
    (upload, [PDF, file(content=b"x" * 1024**2), file(content_type="text/vtt")]),
]
WRONG: list[tuple[Callable[[Any], Any], list[Any]]] = [
    (up_to_5, [None, "", " \t\n", 5, b"x", ["x"], "123456", "a\0", "\ud800"]),
    (named(check.validate_optional_text), ["", 0]),
    (
        named(check.validate_url),
        [None, "", "a.example", "//a.example", "ftp://a.example", "javascript:alert(1)", "mailto:a@b"],
    ),
    (
        named(check.validate_url),
        ["https://", "https:///x", "https://a b", "https://a\n", "https://a\\b", "\x01https://a"],
    ),
    (
        named(check.validate_url),
        ["https://[", "https://a:99999", "https://a:b", 'https://a/"', "https://a/<b>", "https://a/\u202e"],
    ),
    (
        named(check.validate_email),
        [None, "", "a", "a@", "@b.example", "a@b@c.example", "a b@c.example", "a@b.example\n", "a@b,c@d"],
    ),
    (whole, [0, 10, 1.0, True, "1", None]),
    (named(check.validate_positive), [0, -1, -0.01, float("nan"), float("inf"), True, "1", None]),
    (number, [0, 0.99, 9.01, 10, float("nan"), float("inf"), True, "1", None]),
    (colour, [0, 3, True, 1.0, "", "green", None, "1"]),
    (named(check.validate_flag), [0, 1, "true", None]),
    (named(check.validate_moment), [None, "2026-05-13", DAY, datetime(2026, 5, 13), EARLY, LATE]),
    (named(check.validate_optional_moment), [datetime(2026, 5, 13), "", EARLY]),
    (named(check.validate_optional_day), [NOON, "2026-05-13", 5]),
    (named(check.validate_ids), [[], [0], [1, "x"], [True], ["1,2"], [2**53 + 1]]),
    (
        named(check.validate_file_name),
        [None, "", " ", ".", "..", ". .", "a/b", "a\\b", "../a", "a\0", "a\n", "x" * 256, "\u202ea"],
    ),
    (upload, [file(filename=name) for name in ("", "..", "a/b", "a\r\nX: y", 'a\0"')]),
    (upload, [file(content_type=kind) for kind in ("", "pdf", "a/b\r\nX: y", "a/b; c=d", "a/", "/b", "ä/b")]),
    (upload, [file(content=b""), file(content=b"x" * (1024**2 + 1))]),
]


@pytest.mark.parametrize(("function", "value"), [(function, value) for function, values in FITTING for value in values])
def test_what_fits_passes_as_it_is(function: Callable[[Any], Any], value: Any) -> None:
    assert function(value) is value


@pytest.mark.parametrize(("function", "value"), [(function, value) for function, values in WRONG for value in values])
def test_what_does_not_fit_is_refused_by_the_name_of_its_field(function: Callable[[Any], Any], value: Any) -> None:
    with pytest.raises(InvalidArgument) as told:
        function(value)

    assert told.value.message.startswith("“Field”")
    assert told.value.message.endswith(".")


@pytest.mark.parametrize("value", [Colour.DARK_BLUE, 2, "DarkBlue", "dark blue", "DARK_BLUE"])
def test_a_member_of_an_enumeration_has_several_spellings(value: Any) -> None:
    assert colour(value) is Colour.DARK_BLUE


def test_what_may_be_chosen_from_is_said() -> None:
    with pytest.raises(InvalidArgument, match=r"RED \(1\), DARK_BLUE \(2\)"):
        colour("green")


def test_ids_are_each_once_and_in_their_order() -> None:
    assert check.validate_ids([3, "1", 3, 2, 1], "Field") == (3, 1, 2)


@pytest.mark.parametrize(
    ("start", "end"), [(None, None), (NOON, None), (None, NOON), (NOON, NOON), (DAY, DAY), (DAY, date(2026, 5, 14))]
)
def test_dates_in_order_or_missing_pass(start: date | None, end: date | None) -> None:
    check.validate_order(start, end, "Start", "End")


def test_an_end_before_its_start_is_refused_by_both_names() -> None:
    with pytest.raises(InvalidArgument, match="“End” must not be before “Start”"):
        check.validate_order(NOON, NOON - timedelta(seconds=1), "Start", "End")


@given(st.datetimes(timezones=st.timezones() | st.just(UTC)))
def test_a_moment_that_passes_can_be_sent(moment: datetime) -> None:
    try:
        passed = check.validate_moment(moment, "Field")
    except InvalidArgument:
        assert moment.year in (1, 9999)
    else:
        assert write_utc(passed).endswith("Z")


@given(st.text(max_size=300))
def test_a_file_name_that_passes_is_one_line_without_a_folder(name: str) -> None:
    try:
        passed = check.validate_file_name(name, "Field")
    except InvalidArgument:
        return
    assert passed == name
    assert len(name) <= 255
    assert name.isprintable()
    assert not set(name) & set("/\\\0\r\n")
    assert name.strip(". ")


@given(st.text(max_size=40), st.integers(0, 40))
def test_a_text_is_cut_by_nobody(value: str, most: int) -> None:
    try:
        assert check.validate_text(value, "Field", most=most) == value
    except InvalidArgument:
        assert not value.strip() or len(value) > most or "\0" in value
