"""Auditors and the people whose progress they may see."""

from __future__ import annotations

from typing import Any

from tests.sandbox.answers import Answer, Refusal
from tests.sandbox.permissions import (
    AUDIT,
    MANAGE_AUDITORS,
    VIEW_AUDITORS,
    allowed,
    require,
    require_person,
)
from tests.sandbox.routing import Call, action
from tests.sandbox.world import Person

_AUDITOR = "/d2l/api/le/(version)/auditing/auditors/(auditorId)"
_AUDITEES = f"{_AUDITOR}/auditees/"


@action("GET", _AUDITOR)
def auditor(call: Call) -> Answer:
    """One auditor; 404 for somebody whose role cannot audit."""
    person = _visible_auditor(call)
    return Answer({"AuditorId": person.person_id, "DisplayName": person.display_name})


@action("GET", _AUDITEES)
def auditees(call: Call) -> Answer:
    """Everybody this auditor audits, as a bare list."""
    person = _visible_auditor(call)
    listed = call.world.auditees.get(person.person_id, [])
    return Answer([_auditee(call.world.people[person_id]) for person_id in listed])


@action("POST", _AUDITEES)
def add_auditee(call: Call) -> Answer:
    """Makes the person whose id is the whole body an auditee; repeating it changes nothing."""
    require(call, MANAGE_AUDITORS)
    person, person_id = _auditor_of_path(call), _bare_id(call)
    require_person(call, person_id)
    listed = call.world.auditees.setdefault(person.person_id, [])
    if person_id not in listed:
        listed.append(person_id)
    return Answer.empty()


@action("DELETE", _AUDITEES)
def remove_auditee(call: Call) -> Answer:
    """Ends the relation with the person whose id is the whole body; 404 when there was none."""
    require(call, MANAGE_AUDITORS)
    person, person_id = _auditor_of_path(call), _bare_id(call)
    listed = call.world.auditees.get(person.person_id, [])
    if person_id not in listed:
        raise Refusal.not_found()
    listed.remove(person_id)
    return Answer.empty()


@action("GET", "/d2l/api/le/(version)/auditing/auditees/(auditeeId)")
def auditee(call: Call) -> Answer:
    """One auditee: oneself, somebody one audits, or anyone with View Auditors."""
    person, caller = require_person(call, call.id("auditeeId")), call.person()
    auditors = [a for a, listed in call.world.auditees.items() if person.person_id in listed]
    near = person is caller or caller.person_id in auditors
    if not near and not allowed(call.world, caller, VIEW_AUDITORS):
        raise Refusal.not_authorized(VIEW_AUDITORS, call.world.organisation.org_unit_id)
    if not auditors:
        raise Refusal.not_found()
    return Answer(_auditee(person))


def _visible_auditor(call: Call) -> Person:
    if call.id("auditorId") == call.person().person_id:
        require(call, AUDIT)
        return call.person()
    require(call, VIEW_AUDITORS)
    return _auditor_of_path(call)


def _auditor_of_path(call: Call) -> Person:
    person = require_person(call, call.id("auditorId"))
    if not allowed(call.world, person, AUDIT):
        raise Refusal.not_found()
    return person


def _bare_id(call: Call) -> int:
    value = call.json()
    if not isinstance(value, int) or isinstance(value, bool):
        raise Refusal.invalid_parameters("The request body is not a user id.")
    return value


def _auditee(person: Person) -> dict[str, Any]:
    return {"AuditeeId": person.person_id, "DisplayName": person.display_name}
