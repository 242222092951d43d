"""Fields of the bodies that clients send to the awards actions; a wrong field is a 400 that names it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NoReturn
from urllib.parse import urlsplit

from tests.sandbox.api.calls import MAX_ID, Call
from tests.sandbox.api.responses import ApiError
from tests.sandbox.models.awards import (
    EXPIRY_TYPES,
    FIXED,
    NEVER,
    NOTICE_UNITS,
    RELATIVE,
    RELATIVE_DAY_OF_MONTH,
    Expiry,
    ExpiryNotice,
)

MAX_EXPIRY_UNITS = 999
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>.]+(\.[^@\s,;<>.]+)+")
_UNITS = ("Day", "Week", "Month", "Year")


def refuse(detail: str) -> NoReturn:
    """400 with this detail."""
    raise ApiError.invalid_parameters(detail)


def body_block(call: Call, name: str) -> dict[str, Any]:
    """The body as a JSON object, or a 400 that names the block expected."""
    body = call.json()
    if not isinstance(body, dict):
        refuse(f"The request body is not an {name}.")
    return body


def text(body: Mapping[str, Any], name: str, max_length: int | None = None, min_length: int = 0) -> str:
    """A text that is not null; lengths are in characters."""
    value = body.get(name)
    if not isinstance(value, str):
        refuse(f"{name} must not be null.")
    if len(value) < min_length:
        refuse(f"{name} must not be empty.")
    if max_length is not None and len(value) > max_length:
        refuse(f"{name} has at most {max_length} characters.")
    return value


def optional_text(body: Mapping[str, Any], name: str) -> str | None:
    """A text, or None when null or left out."""
    value = body.get(name)
    if value is not None and not isinstance(value, str):
        refuse(f"{name} is a text or null.")
    return value


def url(body: Mapping[str, Any], name: str, max_length: int) -> str:
    """An absolute web address."""
    value = text(body, name, max_length)
    try:
        parts = urlsplit(value)
        host = parts.hostname
    except ValueError:
        host = None
    if host is None or parts.scheme not in ("http", "https") or re.search(r"\s", value):
        refuse(f"{name} is not a valid URL.")
    return value


def email_address(body: Mapping[str, Any], name: str, max_length: int) -> str:
    """An e-mail address."""
    value = text(body, name, max_length)
    if not _EMAIL.fullmatch(value):
        refuse(f"{name} is not a valid email address.")
    return value


def enum(body: Mapping[str, Any], name: str, names: Mapping[str, int]) -> int:
    """A value by name or number."""
    value = body.get(name)
    if isinstance(value, str):
        found = next((number for known, number in names.items() if value.lower() in (known.lower(), str(number))), None)
    else:
        found = value if not isinstance(value, bool) and value in names.values() else None
    if found is None:
        refuse(f"{name} is one of {', '.join(f'{known} ({number})' for known, number in names.items())}.")
    return int(found)


def d2lid(body: Mapping[str, Any], name: str) -> int:
    """A D2LID, which is a number in these bodies."""
    value = body.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MAX_ID:
        refuse(f"{name} is a number that identifies something.")
    return value


def flag(body: Mapping[str, Any], name: str) -> bool:
    """True or false; false when left out."""
    value = body.get(name, False)
    if not isinstance(value, bool):
        refuse(f"{name} is true or false.")
    return value


def credit(body: Mapping[str, Any]) -> float | None:
    """The Credit, a positive number; None when null or left out."""
    value = _decimal(body, "Credit")
    if value is not None and value <= 0:
        refuse("Credit must be a positive number.")
    return value


def expiry(body: Mapping[str, Any]) -> Expiry:
    """The ExpiryCalculation of an award; which parts it needs depends on its type."""
    block = body.get("ExpiryCalculation")
    if not isinstance(block, dict):
        refuse("ExpiryCalculation must be provided.")
    kind = enum(block, "ExpiryCalculationType", EXPIRY_TYPES)
    if kind == NEVER:
        return Expiry()
    if kind == FIXED:
        return _fixed(block)
    return _relative(block) if kind == RELATIVE else _day_of_month(block)


def notice(body: Mapping[str, Any]) -> ExpiryNotice:
    """The ExpiryNotification of an award; an empty one when null or left out."""
    block = body.get("ExpiryNotification")
    if block is None:
        return ExpiryNotice()
    if not isinstance(block, dict):
        refuse("ExpiryNotification is a block.")
    unit = None if block.get("ExpiryNotifyType") is None else enum(block, "ExpiryNotifyType", NOTICE_UNITS)
    value = _decimal(block, "ExpiryNotifyValue")
    if unit is not None and value is None:
        refuse("ExpiryNotifyValue must be provided with ExpiryNotifyType.")
    if value is not None and not 1 <= value <= MAX_EXPIRY_UNITS:
        refuse(f"ExpiryNotifyValue is between 1 and {MAX_EXPIRY_UNITS}.")
    return ExpiryNotice(value, unit)


def _fixed(block: dict[str, Any]) -> Expiry:
    found = Expiry(
        FIXED,
        minute=_whole(block, "Minute", 0, 59),
        hour=_whole(block, "Hour", 0, 23),
        day=_required(block, "Day", 1, 31),
        month=_required(block, "Month", 1, 12),
        year=_required(block, "Year", 1, 9999),
    )
    try:
        found.after(datetime.min.replace(tzinfo=UTC))
    except ValueError:
        refuse("Day, Month and Year are not a date.")
    return found


def _relative(block: dict[str, Any]) -> Expiry:
    given = [name for name in _UNITS if block.get(name) is not None]
    if len(given) != 1:
        refuse("A Relative expiry takes one of Day, Week, Month and Year.")
    value = _required(block, given[0], 1, MAX_EXPIRY_UNITS)
    day, week, month, year = (value if name == given[0] else None for name in _UNITS)
    return Expiry(RELATIVE, day=day, week=week, month=month, year=year)


def _day_of_month(block: dict[str, Any]) -> Expiry:
    day, month = _required(block, "Day", 1, 31), _required(block, "Month", 1, MAX_EXPIRY_UNITS)
    return Expiry(RELATIVE_DAY_OF_MONTH, day=day, month=month)


def _required(block: Mapping[str, Any], name: str, first: int, last: int) -> int:
    value = _whole(block, name, first, last)
    if value is None:
        refuse(f"{name} must be provided for this ExpiryCalculationType.")
    return value


def _whole(block: Mapping[str, Any], name: str, first: int, last: int) -> int | None:
    value = block.get(name)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not first <= value <= last:
        refuse(f"{name} is a whole number between {first} and {last}.")
    return value


def _decimal(block: Mapping[str, Any], name: str) -> float | None:
    value = block.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= MAX_ID:
        refuse(f"{name} is a number.")
    return value
