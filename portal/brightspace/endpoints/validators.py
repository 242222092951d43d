"""Validators of values to be sent: each returns the value to send, or raises InvalidArgument with the field's name."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from enum import IntEnum
from typing import TypeVar
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_noop as _

from portal.brightspace.codec.fields import FieldName, InvalidArgument, d2l_id
from portal.brightspace.endpoints.writes import FileUpload

E = TypeVar("E", bound=IntEnum)
_is_email = EmailValidator()
_FORBIDDEN_CHARACTER = re.compile(r"[\x00\ud800-\udfff]")
_MEDIA_TYPE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]{0,126}/[A-Za-z0-9][A-Za-z0-9.+-]{0,126}")


def validate_text(value: object, field: FieldName, *, most: int | None = None) -> str:
    """A text that is neither empty nor blank, of at most ``most`` characters."""
    if not isinstance(value, str) or not value.strip():
        raise InvalidArgument(_("“%(field)s” must not be empty."), field=field)
    if most is not None and len(value) > most:
        raise InvalidArgument(
            _("“%(field)s” has %(count)s characters; at most %(limit)s are allowed."),
            field=field,
            count=len(value),
            limit=most,
        )
    if _FORBIDDEN_CHARACTER.search(value):
        raise InvalidArgument(_("“%(field)s” has a character that cannot be sent."), field=field)
    return value


def validate_optional_text(value: object, field: FieldName, *, most: int | None = None) -> str | None:
    """None, or a text that ``validate_text`` accepts."""
    return None if value is None else validate_text(value, field, most=most)


def validate_url(value: object, field: FieldName, *, most: int | None = None) -> str:
    """A web address that starts with http:// or https://."""
    address = validate_text(value, field, most=most)
    try:
        parts = urlsplit(address)
        is_valid = parts.scheme in {"http", "https"} and bool(parts.hostname)
        is_valid = is_valid and address.isprintable() and not set(address) & set(' <>"\\')
        is_valid = is_valid and parts.port != 0  # raises ValueError for an invalid port
    except ValueError:
        is_valid = False
    if not is_valid:
        raise InvalidArgument(_("“%(field)s” must be a web address, such as https://example.org/."), field=field)
    return address


def validate_email(value: object, field: FieldName, *, most: int | None = None) -> str:
    """An e-mail address."""
    address = validate_text(value, field, most=most)
    try:
        _is_email(address)
    except ValidationError:
        raise InvalidArgument(
            _("“%(field)s” must be an e-mail address, such as name@example.org."), field=field
        ) from None
    return address


def validate_between(value: object, field: FieldName, least: int, most: int) -> int:
    """A whole number from ``least`` to ``most``."""
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise InvalidArgument(
            _("“%(field)s” must be a whole number from %(least)s to %(limit)s."), field=field, least=least, limit=most
        )
    return value


def validate_positive(value: object, field: FieldName) -> int | float:
    """A finite number above zero."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < float("inf"):
        raise InvalidArgument(_("“%(field)s” must be a number above zero."), field=field)
    return value


def validate_number_between(value: object, field: FieldName, least: int, most: int) -> int | float:
    """A number, whole or not, from ``least`` to ``most``."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise InvalidArgument(
            _("“%(field)s” must be a number from %(least)s to %(limit)s."), field=field, least=least, limit=most
        )
    return value


def validate_flag(value: object, field: FieldName) -> bool:
    """True or False."""
    if not isinstance(value, bool):
        raise InvalidArgument(_("“%(field)s” must be yes or no."), field=field)
    return value


def validate_choice(value: object, field: FieldName, kinds: type[E]) -> E:
    """A member of an enumeration, given as member, number or name (any case)."""
    named = {kind.name.replace("_", "").casefold(): kind for kind in kinds}
    try:
        if isinstance(value, str):
            return named[value.replace("_", "").replace(" ", "").casefold()]
        if isinstance(value, int) and not isinstance(value, bool):
            return kinds(value)
    except (KeyError, ValueError):
        pass
    choices = ", ".join(f"{kind.name} ({kind.value})" for kind in kinds)
    raise InvalidArgument(_("“%(field)s” must be one of: %(choices)s."), field=field, choices=choices)


def validate_ids(values: Iterable[object], field: FieldName) -> tuple[int, ...]:
    """At least one id; repeated ones are left out."""
    ids = tuple(dict.fromkeys(d2l_id(value, field) for value in values))
    if not ids:
        raise InvalidArgument(_("“%(field)s” must name at least one id."), field=field)
    return ids


def validate_moment(value: object, field: FieldName) -> datetime:
    """A date and time with a time zone."""
    if not isinstance(value, datetime) or value.utcoffset() is None:
        raise InvalidArgument(_("“%(field)s” must be a date and time with a time zone."), field=field)
    try:
        value.astimezone(UTC)
    except OverflowError:
        raise InvalidArgument(_("“%(field)s” must lie in the years 1 to 9999."), field=field) from None
    return value


def validate_optional_moment(value: object, field: FieldName) -> datetime | None:
    """None, or a moment that ``validate_moment`` accepts."""
    return None if value is None else validate_moment(value, field)


def validate_optional_day(value: object, field: FieldName) -> date | None:
    """None, or a day without a time."""
    if value is not None and (isinstance(value, datetime) or not isinstance(value, date)):
        raise InvalidArgument(_("“%(field)s” must be a day, without a time."), field=field)
    return value


def validate_order(start: date | None, end: date | None, start_field: FieldName, end_field: FieldName) -> None:
    """Two days, or two moments, the second not before the first; either may be missing."""
    if start is not None and end is not None and end < start:
        raise InvalidArgument(_("“%(end)s” must not be before “%(start)s”."), end=end_field, start=start_field)


def validate_file_name(value: object, field: FieldName) -> str:
    """A file name without folders."""
    name = validate_text(value, field, most=255)
    if not name.isprintable() or not name.strip(". ") or set(name) & set("/\\"):
        raise InvalidArgument(_("“%(field)s” must be a file name without folders."), field=field)
    return name


def validate_upload(file: FileUpload, field: FieldName, *, most_bytes: int) -> FileUpload:
    """A file with a valid name and media type, not empty and at most ``most_bytes`` large."""
    validate_file_name(file.filename, field)
    if not _MEDIA_TYPE.fullmatch(file.content_type):
        raise InvalidArgument(_("“%(field)s” must be of a type such as text/plain."), field=field)
    if not file.content:
        raise InvalidArgument(_("“%(field)s” is an empty file."), field=field)
    if len(file.content) > most_bytes:
        raise InvalidArgument(
            _("“%(field)s” is larger than %(megabytes)s MB, the most that can be sent."),
            field=field,
            megabytes=most_bytes // 1024**2,
        )
    return file
