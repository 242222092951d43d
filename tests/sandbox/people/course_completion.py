"""Completion of a course as a whole, which instructors set."""

from __future__ import annotations

from tests.sandbox.api.calls import Call
from tests.sandbox.api.dates import format_utc, parse_utc
from tests.sandbox.api.permissions import SEE_ENROLMENTS, SET_COMPLETION
from tests.sandbox.api.responses import ApiError, Response
from tests.sandbox.api.routing import action
from tests.sandbox.models.people import Enrolment
from tests.sandbox.people.enrolments import enrolment_of_path

_COMPLETION = "/d2l/api/lp/(version)/enrollments/orgUnits/(orgUnitId)/users/(userId)/completion"


@action("GET", _COMPLETION, scopes=("enrollment:completion:read",))
def course_completion(call: Call) -> Response:
    """Whether a person has completed the course, and when."""
    return _completion(call, enrolment_of_path(call, SEE_ENROLMENTS))


@action("PUT", _COMPLETION, scopes=("enrollment:completion:update",))
def set_course_completion(call: Call) -> Response:
    """Marks the course as completed or not; without a date, as of now."""
    enrolment = enrolment_of_path(call, SET_COMPLETION)
    body = call.json()
    if not isinstance(body, dict) or not isinstance(body.get("Completion"), bool):
        raise ApiError.invalid_parameters("Completion is true or false.")
    completed_at = call.world.now
    if body.get("CompletionDate") is not None:
        completed_at = parse_utc(body["CompletionDate"], "CompletionDate")
    key = (enrolment.org_unit_id, enrolment.person_id)
    if body["Completion"]:
        call.world.course_completions[key] = completed_at
    else:
        call.world.course_completions.pop(key, None)
    return _completion(call, enrolment)


def _completion(call: Call, enrolment: Enrolment) -> Response:
    completed_at = call.world.course_completions.get((enrolment.org_unit_id, enrolment.person_id))
    return Response({"Completion": completed_at is not None, "CompletionDate": format_utc(completed_at)})
