"""UTCDateTime values of the API, formatted and parsed."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from tests.sandbox.api.responses import ApiError

_UTC_DATE_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")


def format_utc(moment: datetime | None) -> str | None:
    """A UTCDateTime as Brightspace writes it: milliseconds and ``Z``; naive times count as UTC."""
    if moment is None:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def parse_utc(value: object, name: str) -> datetime:
    """A UTCDateTime from a query or body; 400 that names the field when milliseconds are missing."""
    if isinstance(value, str) and _UTC_DATE_TIME.fullmatch(value):
        try:
            return datetime.fromisoformat(value[:-1]).replace(tzinfo=UTC)
        except ValueError:
            pass
    raise ApiError.invalid_parameters(f"The value '{value}' is not a valid UTCDateTime for {name}.")


def is_between(moment: datetime, first: datetime | None, last: datetime | None) -> bool:
    """Whether a moment is within two inclusive bounds; None leaves a bound open."""
    return (first is None or first <= moment) and (last is None or moment <= last)
