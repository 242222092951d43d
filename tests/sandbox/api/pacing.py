"""Pacing: when a course, and each of its modules, is meant to be worked through."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from tests.sandbox.answers import Answer, Refusal
from tests.sandbox.content_access import manager, reader
from tests.sandbox.content_model import Pacing
from tests.sandbox.permissions import require_org_unit
from tests.sandbox.routing import Call, action

_PACING = "/d2l/api/le/(version)/(orgUnitId)/content/pacing"
SATURDAY = 5


@action("GET", _PACING)
def pacing(call: Call) -> Answer:
    """The course's pacing dates; its own start and end where no pacing is set."""
    kept, unit = reader(call).outline.pacing, require_org_unit(call)
    start, end = kept.start, kept.end
    if start is None and end is None:
        start, end = _day(unit.start), _day(unit.end)
    return Answer({"StartDate": _text(start), "EndDate": _text(end)})


@action("PUT", _PACING)
def set_pacing(call: Call) -> Answer:
    """Sets the course's pacing dates, and whether modules' dates keep off weekends."""
    view = manager(call)
    body = call.json()
    start, end = _dates(body)
    if not isinstance(body.get("SkipWeekends"), bool):
        raise Refusal.invalid_parameters("SkipWeekends is true or false.")
    view.outline.pacing = Pacing(start, end, body["SkipWeekends"])
    return Answer.empty()


@action("PUT", f"{_PACING}/modules/(moduleId)")
def set_module_pacing(call: Call) -> Answer:
    """Sets one module's pacing dates; with SkipWeekends a weekend's become the Monday after."""
    view = manager(call)
    module = view.module(call.id("moduleId"))
    start, end = _dates(call.json())
    if view.outline.pacing.skips_weekends:
        start, end = _weekday(start), _weekday(end)
    module.pacing_start, module.pacing_end = start, end
    return Answer.empty()


def _dates(body: object) -> tuple[date | None, date | None]:
    if not isinstance(body, dict):
        raise Refusal.invalid_parameters("Pacing has StartDate and EndDate.")
    start, end = _date(body, "StartDate"), _date(body, "EndDate")
    if start and end and end < start:
        raise Refusal.invalid_parameters("EndDate is before StartDate.")
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
    raise Refusal.invalid_parameters(f"The value '{value}' is not a valid ISODate for {name}.")


def _weekday(day: date | None) -> date | None:
    if day is None or day.weekday() < SATURDAY:
        return day
    return day + timedelta(days=7 - day.weekday())


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
