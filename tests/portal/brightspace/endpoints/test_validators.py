"""Validators: a valid value is returned unchanged, an invalid one is refused with its field's name."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from enum import IntEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.brightspace.codec.fields import InvalidArgument, write_utc
from portal.brightspace.endpoints import validators
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
    return validators.validate_text(value, "Field", most=5)


def whole_number(value: Any) -> Any:
    return validators.validate_between(value, "Field", 1, 9)


def number(value: Any) -> Any:
    return validators.validate_number_between(value, "Field", 1, 9)


def colour(value: Any) -> Any:
    return validators.validate_choice(value, "Field", Colour)


def upload(value: Any) -> Any:
    return validators.validate_upload(value, "Field", most_bytes=1024**2)


def with_field(function: Callable[[Any, str], Any]) -> Callable[[Any], Any]:
    return lambda value: function(value, "Field")


VALID: list[tuple[Callable[[Any], Any], list[Any]]] = [
    (up_to_5, ["x", "12345", " a ", "line\n", "🦊🦊🦊🦊🦊"]),
    (with_field(validators.validate_optional_text), [None, "x"]),
    (
        with_field(validators.validate_url),
        ["http://a", "https://a.example:8080/b?c=d#e", "https://müller.example/ä", "HTTPS://A/"],
    ),
    (with_field(validators.validate_email), ["a@b.example", "first.last+tag@sub.b.example"]),
    (whole_number, [1, 9]),
    (with_field(validators.validate_positive), [1, 0.01, 10**12]),
    (number, [1, 1.0, 8.5, 9]),
    (with_field(validators.validate_flag), [True, False]),
    (with_field(validators.validate_moment), [NOON, datetime(1, 1, 1, tzinfo=UTC), datetime.max.replace(tzinfo=UTC)]),
    (with_field(validators.validate_optional_moment), [None, NOON]),
    (with_field(validators.validate_optional_day), [None, DAY]),
    (with_field(validators.validate_file_name), ["a", ".hidden", "a b (1).tar.gz", "x" * 255, "…🦊.png"]),
    (upload, [PDF, file(content=b"x" * 1024**2), file(content_type="text/vtt")]),
]
INVALID: list[tuple[Callable[[Any], Any], list[Any]]] = [
    (up_to_5, [None, "", " \t\n", 5, b"x", ["x"], "123456", "a\0", "\ud800"]),
    (with_field(validators.validate_optional_text), ["", 0]),
    (
        with_field(validators.validate_url),
        [None, "", "a.example", "//a.example", "ftp://a.example", "javascript:alert(1)", "mailto:a@b"],
    ),
    (
        with_field(validators.validate_url),
        ["https://", "https:///x", "https://a b", "https://a\n", "https://a\\b", "\x01https://a"],
    ),
    (
        with_field(validators.validate_url),
        ["https://[", "https://a:99999", "https://a:b", 'https://a/"', "https://a/<b>", "https://a/\u202e"],
    ),
    (
        with_field(validators.validate_email),
        [None, "", "a", "a@", "@b.example", "a@b@c.example", "a b@c.example", "a@b.example\n", "a@b,c@d"],
    ),
    (whole_number, [0, 10, 1.0, True, "1", None]),
    (with_field(validators.validate_positive), [0, -1, -0.01, float("nan"), float("inf"), True, "1", None]),
    (number, [0, 0.99, 9.01, 10, float("nan"), float("inf"), True, "1", None]),
    (colour, [0, 3, True, 1.0, "", "green", None, "1"]),
    (with_field(validators.validate_flag), [0, 1, "true", None]),
    (with_field(validators.validate_moment), [None, "2026-05-13", DAY, datetime(2026, 5, 13), EARLY, LATE]),
    (with_field(validators.validate_optional_moment), [datetime(2026, 5, 13), "", EARLY]),
    (with_field(validators.validate_optional_day), [NOON, "2026-05-13", 5]),
    (with_field(validators.validate_ids), [[], [0], [1, "x"], [True], ["1,2"], [2**53 + 1]]),
    (
        with_field(validators.validate_file_name),
        [None, "", " ", ".", "..", ". .", "a/b", "a\\b", "../a", "a\0", "a\n", "x" * 256, "\u202ea"],
    ),
    (upload, [file(filename=name) for name in ("", "..", "a/b", "a\r\nX: y", 'a\0"')]),
    (upload, [file(content_type=kind) for kind in ("", "pdf", "a/b\r\nX: y", "a/b; c=d", "a/", "/b", "ä/b")]),
    (upload, [file(content=b""), file(content=b"x" * (1024**2 + 1))]),
]


@pytest.mark.parametrize(("function", "value"), [(function, value) for function, values in VALID for value in values])
def test_a_valid_value_is_returned_unchanged(function: Callable[[Any], Any], value: Any) -> None:
    assert function(value) is value


@pytest.mark.parametrize(("function", "value"), [(function, value) for function, values in INVALID for value in values])
def test_an_invalid_value_is_refused_with_the_name_of_its_field(function: Callable[[Any], Any], value: Any) -> None:
    with pytest.raises(InvalidArgument) as error:
        function(value)

    assert error.value.message.startswith("“Field”")
    assert error.value.message.endswith(".")


@pytest.mark.parametrize("value", [Colour.DARK_BLUE, 2, "DarkBlue", "dark blue", "DARK_BLUE"])
def test_a_choice_may_be_spelt_in_several_ways(value: Any) -> None:
    assert colour(value) is Colour.DARK_BLUE


def test_a_refused_choice_leads_to_an_error_that_lists_the_choices() -> None:
    with pytest.raises(InvalidArgument, match=r"RED \(1\), DARK_BLUE \(2\)"):
        colour("green")


def test_repeated_ids_are_left_out_and_their_order_stays() -> None:
    assert validators.validate_ids([3, "1", 3, 2, 1], "Field") == (3, 1, 2)


@pytest.mark.parametrize(
    ("start", "end"), [(None, None), (NOON, None), (None, NOON), (NOON, NOON), (DAY, DAY), (DAY, date(2026, 5, 14))]
)
def test_dates_in_order_or_missing_are_valid(start: date | None, end: date | None) -> None:
    validators.validate_order(start, end, "Start", "End")


def test_an_end_before_its_start_is_refused_with_both_names() -> None:
    with pytest.raises(InvalidArgument, match="“End” must not be before “Start”"):
        validators.validate_order(NOON, NOON - timedelta(seconds=1), "Start", "End")


@given(st.datetimes(timezones=st.timezones() | st.just(UTC)))
def test_a_valid_moment_can_be_sent(moment: datetime) -> None:
    try:
        validated = validators.validate_moment(moment, "Field")
    except InvalidArgument:
        assert moment.year in (1, 9999)
    else:
        assert write_utc(validated).endswith("Z")


@given(st.text(max_size=300))
def test_a_valid_file_name_is_one_line_without_folders(name: str) -> None:
    try:
        validated = validators.validate_file_name(name, "Field")
    except InvalidArgument:
        return
    assert validated == name
    assert len(name) <= 255
    assert name.isprintable()
    assert not set(name) & set("/\\\0\r\n")
    assert name.strip(". ")


@given(st.text(max_size=40), st.integers(0, 40))
def test_a_text_is_never_shortened(value: str, most: int) -> None:
    try:
        assert validators.validate_text(value, "Field", most=most) == value
    except InvalidArgument:
        assert not value.strip() or len(value) > most or "\0" in value
