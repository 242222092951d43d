"""Auditors and the people whose progress they may see."""

from __future__ import annotations

from typing import Any

from tests.sandbox.api.calls import Call
from tests.sandbox.api.permissions import (
    AUDIT,
    MANAGE_AUDITORS,
    VIEW_AUDITORS,
    has_permission,
    require_permission,
    require_person,
)
from tests.sandbox.api.responses import ApiError, Response
from tests.sandbox.api.routing import action
from tests.sandbox.models.people import Person

_AUDITOR = "/d2l/api/le/(version)/auditing/auditors/(auditorId)"
_AUDITEES = f"{_AUDITOR}/auditees/"


@action("GET", _AUDITOR)
def get_auditor(call: Call) -> Response:
    """One auditor; 404 for a person whose role cannot audit."""
    person = _visible_auditor(call)
    return Response({"AuditorId": person.person_id, "DisplayName": person.display_name})


@action("GET", _AUDITEES)
def list_auditees(call: Call) -> Response:
    """Everybody this auditor audits, as a bare list."""
    person = _visible_auditor(call)
    auditee_ids = call.world.auditees.get(person.person_id, [])
    return Response([_auditee(call.world.people[person_id]) for person_id in auditee_ids])


@action("POST", _AUDITEES)
def add_auditee(call: Call) -> Response:
    """Adds an auditee, whose id is the whole body; repeating it changes nothing."""
    require_permission(call, MANAGE_AUDITORS)
    person, person_id = _auditor_of_path(call), _id_in_body(call)
    require_person(call, person_id)
    auditee_ids = call.world.auditees.setdefault(person.person_id, [])
    if person_id not in auditee_ids:
        auditee_ids.append(person_id)
    return Response.empty()


@action("DELETE", _AUDITEES)
def remove_auditee(call: Call) -> Response:
    """Removes an auditee, whose id is the whole body; 404 for somebody who was none."""
    require_permission(call, MANAGE_AUDITORS)
    person, person_id = _auditor_of_path(call), _id_in_body(call)
    auditee_ids = call.world.auditees.get(person.person_id, [])
    if person_id not in auditee_ids:
        raise ApiError.not_found()
    auditee_ids.remove(person_id)
    return Response.empty()


@action("GET", "/d2l/api/le/(version)/auditing/auditees/(auditeeId)")
def get_auditee(call: Call) -> Response:
    """One auditee: the caller, one of the caller's, or anyone for a caller with View Auditors."""
    person, caller = require_person(call, call.id("auditeeId")), call.person()
    auditors = [auditor_id for auditor_id, ids in call.world.auditees.items() if person.person_id in ids]
    is_related = person is caller or caller.person_id in auditors
    if not is_related and not has_permission(call.world, caller, VIEW_AUDITORS):
        raise ApiError.not_authorized(VIEW_AUDITORS, call.world.organisation.org_unit_id)
    if not auditors:
        raise ApiError.not_found()
    return Response(_auditee(person))


def _visible_auditor(call: Call) -> Person:
    if call.id("auditorId") == call.person().person_id:
        require_permission(call, AUDIT)
        return call.person()
    require_permission(call, VIEW_AUDITORS)
    return _auditor_of_path(call)


def _auditor_of_path(call: Call) -> Person:
    person = require_person(call, call.id("auditorId"))
    if not has_permission(call.world, person, AUDIT):
        raise ApiError.not_found()
    return person


def _id_in_body(call: Call) -> int:
    value = call.json()
    if not isinstance(value, int) or isinstance(value, bool):
        raise ApiError.invalid_parameters("The request body is not a user id.")
    return value


def _auditee(person: Person) -> dict[str, Any]:
    return {"AuditeeId": person.person_id, "DisplayName": person.display_name}
