"""JSON to typed blocks and back, forgiving in what it reads and exact in what it writes."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

import msgspec
from msgspec.inspect import DateTimeType, DateType, IntType, NoneType, UnionType

from portal.brightspace.codec.corrections import corrector
from portal.brightspace.codec.fields import ID_PATTERN, MAX_ID, InvalidArgument, read_utc, write_utc

T = TypeVar("T")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


def decode(data: bytes, kind: type[T]) -> T:
    """JSON ``data`` converted to ``kind``. Raises msgspec.DecodeError, which names the place of the error."""
    any_kind: Any = kind
    data = data.removeprefix(_BYTE_ORDER_MARK)
    try:
        return _decoded(data, any_kind)  # type: ignore[no-any-return]
    except RecursionError as error:
        raise msgspec.DecodeError("JSON is nested too deeply") from error
    except UnicodeDecodeError as error:
        raise msgspec.DecodeError("text that is not UTF-8") from error


def _decoded(data: bytes, kind: Any) -> Any:
    """``data`` as ``kind``: in one fast pass, and where that fails in a second one with corrections."""
    if b"+" not in data:  # which may be the offset of a date; only the second pass converts to UTC
        with suppress(msgspec.ValidationError):
            return _decoder(kind).decode(data)
    return msgspec.convert(_corrector(kind)(msgspec.json.decode(data)), kind)


def _correct_id(value: Any) -> Any:
    return int(value) if isinstance(value, str) and ID_PATTERN.fullmatch(value) else value


def _correct_optional_id(value: Any) -> Any:
    return None if value in (0, "0", "") and value is not False else _correct_id(value)


def _correct_integer(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _correct_moment(value: Any) -> Any:
    if isinstance(value, str):
        with suppress(InvalidArgument):
            return read_utc(value) or value
    return value


def _correct_day(value: Any) -> Any:
    if isinstance(value, str):
        with suppress(InvalidArgument):
            return moment.date().isoformat() if (moment := read_utc(value)) else value
    return value


@cache
def _corrector(kind: Any) -> Callable[[Any], Any]:
    id_type = IntType(ge=1, le=MAX_ID)
    corrections = [
        (UnionType((id_type, NoneType())), _correct_optional_id),  # where an id may be missing, 0 means none
        (id_type, _correct_id),
        (IntType(), _correct_integer),
        (DateTimeType(tz=True), _correct_moment),
        (DateType(), _correct_day),
    ]
    return corrector(kind, corrections)


def encode(value: object) -> bytes:
    """``value`` (blocks, dicts, lists, plain values) as JSON; dates as ``write_utc`` writes them."""
    plain = msgspec.to_builtins(value, builtin_types=(datetime,), str_keys=True)
    return msgspec.json.encode(_with_dates_written(plain))


def _with_dates_written(value: object) -> object:
    if isinstance(value, datetime):
        return write_utc(value)
    if isinstance(value, Mapping):
        return {name: _with_dates_written(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_with_dates_written(item) for item in value]
    return value
