"""Types of the values in Brightspace's JSON: ids, dates, blocks, pages of lists.

Depending on the field, Brightspace sends an id as number or as string, and a date with or without milliseconds, with
``Z``, with a ``U`` in front or without a zone. ``Id`` and ``UtcDateTime`` accept all of these. A null is accepted where
the field has a default, 110.0 for a whole number, and 0 for an id that may be missing.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Generic, TypeVar

import msgspec
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    FieldName = StrOrPromise  # the name of a field as people see it, perhaps translated when it is shown
else:
    FieldName = object

T = TypeVar("T")

MAX_ID = 2**53
Id = Annotated[int, msgspec.Meta(ge=1, le=MAX_ID)]
UtcDateTime = Annotated[datetime, msgspec.Meta(tz=True)]

ID_PATTERN = re.compile(r"[1-9][0-9]{0,15}")
_DATE = re.compile(
    r"[Uu]?([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
    r"(?:[Tt ]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]+))?)?)?"
    r"\s?([Zz]|[+-][0-9]{2}:?[0-9]{2})?"
)


class InvalidArgument(ValueError):
    """A value that may not be sent to Brightspace.

    ``template`` is the message before translation and ``parameters`` are its placeholders' values. They name the field,
    never its value.
    """

    def __init__(self, template: str, **parameters: object) -> None:
        super().__init__(template)
        self.template = template
        self.parameters = parameters

    def __str__(self) -> str:
        return self.message

    @property
    def message(self) -> str:
        """What is wrong with which field, in the language that is active when it is read."""
        return gettext(self.template) % self.parameters


class Block(msgspec.Struct, frozen=True, rename="pascal", kw_only=True):
    """Base of all API blocks: JSON's PascalCase becomes snake_case, unknown fields are ignored.

    ``kw_only`` is not inherited in msgspec: a subclass that mixes required and optional fields repeats it. Enum fields
    are plain ints, so that a value that Brightspace adds later is no error.
    """


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Items of one page of a list, and the cursor of the next page; None on the last one."""

    items: list[T]
    cursor: str | None = None


def d2l_id(value: object, field: FieldName) -> int:
    """``value`` as an id, 1 to 2**53, given as an int or in plain decimal digits.

    Raises InvalidArgument with the name of the ``field`` for anything else.
    """
    if isinstance(value, str) and ID_PATTERN.fullmatch(value):
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MAX_ID:
        return int(value)
    raise InvalidArgument(_("“%(field)s” must be a whole number from 1 to %(limit)s."), field=field, limit=MAX_ID)


def read_utc(text: str | None) -> datetime | None:
    """The moment that ``text`` names, in UTC; None for None and for an empty text.

    A missing zone means UTC, a missing time midnight. Impossible parts (30 February, hour 24, year 0) become the
    nearest possible ones. Raises InvalidArgument for a text that is not a date.
    """
    if text is None or not text.strip():
        return None
    match = _DATE.fullmatch(text.strip())
    if match is None:
        raise InvalidArgument(_("Brightspace sent a date that is none."))
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    year, month = max(year, 1), min(max(month, 1), 12)
    moment = datetime(
        year,
        month,
        min(max(day, 1), calendar.monthrange(year, month)[1]),
        min(hour, 23),
        min(minute, 59),
        min(second, 59),
        int((match[7] or "")[:6].ljust(6, "0")),
        tzinfo=UTC,
    )
    return _shifted(moment, match[8])


def _shifted(moment: datetime, zone: str | None) -> datetime:
    """A local time of a zone (``Z``, ``+02:00``), given as if it were UTC, in UTC."""
    if zone is None or zone in "Zz":
        return moment
    offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    try:
        return moment + offset if zone[0] == "-" else moment - offset
    except OverflowError:  # years 1 and 9999 are placeholders, whose hours mean nothing
        return moment


def write_utc(moment: datetime) -> str:
    """``moment`` as Brightspace expects it: UTC with exactly three digits of milliseconds and ``Z``.

    Raises InvalidArgument for a datetime without a zone or outside the years 1 to 9999 in UTC.
    """
    if moment.utcoffset() is None:
        raise InvalidArgument(_("A date sent to Brightspace needs a time zone."))
    try:
        utc = moment.astimezone(UTC)
    except OverflowError as error:
        raise InvalidArgument(_("A date sent to Brightspace must lie in years 1 to 9999.")) from error
    return f"{utc.replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"
