"""Pacing: the dates between which a course, and each of its modules, is meant to be worked through."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from tests.sandbox.api.calls import Call
from tests.sandbox.api.permissions import require_org_unit
from tests.sandbox.api.responses import ApiError, Response
from tests.sandbox.api.routing import action
from tests.sandbox.content.permissions import content_manager, content_reader
from tests.sandbox.models.content import Pacing

_PACING = "/d2l/api/le/(version)/(orgUnitId)/content/pacing"
SATURDAY = 5


@action("GET", _PACING)
def get_pacing(call: Call) -> Response:
    """The course's pacing dates; its own start and end where no pacing is set."""
    pacing, unit = content_reader(call).outline.pacing, require_org_unit(call)
    start, end = pacing.start, pacing.end
    if start is None and end is None:
        start, end = _date_of(unit.start), _date_of(unit.end)
    return Response({"StartDate": _iso(start), "EndDate": _iso(end)})


@action("PUT", _PACING)
def set_pacing(call: Call) -> Response:
    """Sets the course's pacing dates, and whether modules' dates skip weekends."""
    reader = content_manager(call)
    body = call.json()
    start, end = _dates(body)
    if not isinstance(body.get("SkipWeekends"), bool):
        raise ApiError.invalid_parameters("SkipWeekends is true or false.")
    reader.outline.pacing = Pacing(start, end, body["SkipWeekends"])
    return Response.empty()


@action("PUT", f"{_PACING}/modules/(moduleId)")
def set_module_pacing(call: Call) -> Response:
    """Sets one module's pacing dates; with SkipWeekends a date on a weekend becomes the Monday after."""
    reader = content_manager(call)
    module = reader.module(call.id("moduleId"))
    start, end = _dates(call.json())
    if reader.outline.pacing.skips_weekends:
        start, end = _after_weekend(start), _after_weekend(end)
    module.pacing_start, module.pacing_end = start, end
    return Response.empty()


def _dates(body: object) -> tuple[date | None, date | None]:
    if not isinstance(body, dict):
        raise ApiError.invalid_parameters("Pacing has StartDate and EndDate.")
    start, end = _date(body, "StartDate"), _date(body, "EndDate")
    if start and end and end < start:
        raise ApiError.invalid_parameters("EndDate is before StartDate.")
    return start, end


def _date(body: Mapping[str, Any], name: str) -> date | None:
    value = body.get(name)
    if value is None:
        return None
    if isinstance(value, str) and re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise ApiError.invalid_parameters(f"The value '{value}' is not a valid ISODate for {name}.")


def _after_weekend(day: date | None) -> date | None:
    if day is None or day.weekday() < SATURDAY:
        return day
    return day + timedelta(days=7 - day.weekday())


def _date_of(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
