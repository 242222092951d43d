"""The values Brightspace's JSON is made of: ids, dates, blocks; and the only way in and out of JSON.

Ids come as number or as string depending on the field, dates with and without milliseconds, with
``Z``, with a ``U`` in front or with nothing. ``Id`` and ``UtcDateTime`` take all of these. Nulls are taken where
there is a default, whole numbers also as 110.0, and 0 for an id that may be missing.
"""

import calendar
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import msgspec
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from msgspec.inspect import DateTimeType, DateType, IntType, NoneType, UnionType

from portal.brightspace.codec.corrections import corrector

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    FieldName = StrOrPromise  # a field's name as people know it, perhaps translated only when it is shown
else:
    FieldName = object

T = TypeVar("T")

MAX_ID = 2**53
Id = Annotated[int, msgspec.Meta(ge=1, le=MAX_ID)]
UtcDateTime = Annotated[datetime, msgspec.Meta(tz=True)]

_ID = re.compile(r"[1-9][0-9]{0,15}")
_DATE = re.compile(
    r"[Uu]?([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
    r"(?:[Tt ]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]+))?)?)?"
    r"\s?([Zz]|[+-][0-9]{2}:?[0-9]{2})?"
)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class InvalidArgument(ValueError):
    """A value that may not be sent to Brightspace.

    Holds the sentence as it is translated from (``template``) and what belongs into it; names the field, never the
    value. ``message`` is the sentence in the active language.
    """

    def __init__(self, template: str, **parameters: object) -> None:
        super().__init__(template)
        self.template = template
        self.parameters = parameters

    def __str__(self) -> str:
        return self.message

    @property
    def message(self) -> str:
        """What is wrong with which field, in the active language."""
        return gettext(self.template) % self.parameters


class Block(msgspec.Struct, frozen=True, rename="pascal", kw_only=True):
    """Base of all API blocks: PascalCase outside, snake_case inside, unknown fields ignored.

    ``kw_only`` holds per class in msgspec: a subclass that mixes required and optional fields says
    it again. Enum fields are plain ints, so that a value Brightspace adds tomorrow is no error.
    """


def d2l_id(value: object, field: FieldName) -> int:
    """``value`` as an id from 1 to 2**53; accepts an int or its plain decimal spelling.

    Raises InvalidArgument, naming the ``field``, for everything else.
    """
    if isinstance(value, str) and _ID.fullmatch(value):
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MAX_ID:
        return int(value)
    raise InvalidArgument(_("“%(field)s” must be a whole number from 1 to %(limit)s."), field=field, limit=MAX_ID)


def read_utc(text: str | None) -> datetime | None:
    """The moment ``text`` names, in UTC; None for None and for an empty text.

    Missing zone means UTC, a missing time midnight, and parts no calendar knows (30 February, hour
    24, year 0) are moved to the nearest that exists. Raises InvalidArgument if it is no date at all.
    """
    if text is None or not text.strip():
        return None
    found = _DATE.fullmatch(text.strip())
    if found is None:
        raise InvalidArgument(_("Brightspace sent a date that is none."))
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    year, month = max(year, 1), min(max(month, 1), 12)
    moment = datetime(
        year,
        month,
        min(max(day, 1), calendar.monthrange(year, month)[1]),
        min(hour, 23),
        min(minute, 59),
        min(second, 59),
        int((found[7] or "")[:6].ljust(6, "0")),
        tzinfo=UTC,
    )
    return _shifted(moment, found[8])


def _shifted(moment: datetime, zone: str | None) -> datetime:
    if zone is None or zone in "Zz":
        return moment
    offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    try:
        return moment + offset if zone[0] == "-" else moment - offset
    except OverflowError:  # year 1 and year 9999 are placeholders; their hours mean nothing
        return moment


def write_utc(moment: datetime) -> str:
    """``moment`` as Brightspace wants it: UTC, always three digits of milliseconds, ``Z``.

    Raises InvalidArgument for a datetime without a zone or outside the years 1 to 9999 in UTC.
    """
    if moment.utcoffset() is None:
        raise InvalidArgument(_("A date sent to Brightspace needs a time zone."))
    try:
        utc = moment.astimezone(UTC)
    except OverflowError as error:
        raise InvalidArgument(_("A date sent to Brightspace must lie in years 1 to 9999.")) from error
    return f"{utc.replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


def decode(data: bytes, kind: type[T]) -> T:
    """``data`` read as JSON of type ``kind``. Raises msgspec.DecodeError, with the place named."""
    shape: Any = kind
    data = data.removeprefix(_BYTE_ORDER_MARK)
    try:
        return _decoded(data, shape)  # type: ignore[no-any-return]
    except RecursionError as error:
        raise msgspec.DecodeError("JSON is nested too deeply") from error
    except UnicodeDecodeError as error:
        raise msgspec.DecodeError("text that is not UTF-8") from error


def _decoded(data: bytes, kind: Any) -> Any:
    """In one pass where ids are numbers and dates end in ``Z``, as they mostly do; else with each put right."""
    if b"+" not in data:  # perhaps the offset of a date, which is to come out in UTC
        with suppress(msgspec.ValidationError):
            return _decoder(kind).decode(data)
    return msgspec.convert(_put_right(kind)(msgspec.json.decode(data)), kind)


def _id_put_right(value: Any) -> Any:
    return int(value) if isinstance(value, str) and _ID.fullmatch(value) else value


def _id_or_none_put_right(value: Any) -> Any:
    return None if value in (0, "0", "") and value is not False else _id_put_right(value)


def _whole_put_right(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _date_put_right(value: Any) -> Any:
    if isinstance(value, str):
        with suppress(InvalidArgument):
            return read_utc(value) or value
    return value


def _day_put_right(value: Any) -> Any:
    if isinstance(value, str):
        with suppress(InvalidArgument):
            return moment.date().isoformat() if (moment := read_utc(value)) else value
    return value


@cache
def _put_right(kind: Any) -> Callable[[Any], Any]:
    an_id = IntType(ge=1, le=MAX_ID)
    right = [
        (UnionType((an_id, NoneType())), _id_or_none_put_right),  # where an id may be missing, 0 is none
        (an_id, _id_put_right),
        (IntType(), _whole_put_right),
        (DateTimeType(tz=True), _date_put_right),
        (DateType(), _day_put_right),
    ]
    return corrector(kind, right)


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
