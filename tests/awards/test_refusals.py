"""What is raised when Brightspace refuses an awards action or fails, and what its message says."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache

from awards.services import AwardService, CertificateFileService, IconService, IssuedAwardService
from portal.brightspace.errors import (
    BrightspaceError,
    Conflict,
    Gone,
    NotFound,
    NotPermitted,
    OutcomeUnknown,
    RateLimited,
    Refused,
    ScopeMissing,
    Unavailable,
)
from portal.brightspace.ratelimit import rate_limit
from tests.awards.expected_requests import ALL_REQUESTS, carry_out
from tests.awards.refusals import REFUSALS, Refusal
from tests.conftest import INES, GatewayFor
from tests.contract.documents import ACTIONS
from tests.sandbox.server import Sandbox

MESSAGE_PARTS: dict[type[BrightspaceError], str] = {
    NotPermitted: "lacks the permission “",
    NotFound: "does not have this, or does not show it to you",
    Gone: "was withdrawn",
    Refused: "It says: ",
    Conflict: "It says: ",
}
STATUSES: dict[type[BrightspaceError], int] = {Refused: 400, NotPermitted: 403, NotFound: 404, Conflict: 409, Gone: 410}


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: f"{refusal.action_name} {refusal.error.__name__}")
def test_a_refusal_raises_its_own_error_with_a_message(
    refusal: Refusal, gateway_for: GatewayFor, sandbox: Sandbox
) -> None:
    brightspace = gateway_for(refusal.person_id)
    refusal.prepare(sandbox.world)
    with pytest.raises(refusal.error) as excinfo:
        carry_out(brightspace, refusal.action())

    assert type(excinfo.value) is refusal.error
    assert MESSAGE_PARTS[refusal.error] in excinfo.value.message
    assert refusal.message_part in excinfo.value.message
    assert excinfo.value.message.endswith(".")


def test_the_refusals_cover_every_status_that_the_document_lists() -> None:
    documented = {
        (action.name, int(status))
        for action in ACTIONS
        if action.document == "awards"
        for status in action.statuses.split()
        if status not in ("200", "201", "429")
    }

    assert documented - {(refusal.action_name, STATUSES[refusal.error]) for refusal in REFUSALS} == set()


@pytest.mark.parametrize(
    ("fault", "options", "error"),
    [
        ("429", {"retry_after": 5}, RateLimited),
        ("501", {}, Unavailable),
        ("forbidden", {"shape": "html"}, NotPermitted),
        ("forbidden", {"shape": "insufficient_scope"}, ScopeMissing),
        ("forbidden", {"shape": "no_scopes"}, ScopeMissing),
    ],
)
def test_every_action_raises_the_error_of_its_failure(
    fault: str, options: dict[str, Any], error: type[BrightspaceError], gateway_for: GatewayFor, sandbox: Sandbox
) -> None:
    sandbox.control.add_fault(fault, path="/bas/", **options)
    brightspace = gateway_for(INES)
    for expected in ALL_REQUESTS:
        rate_limit.clear()
        cache.clear()
        with pytest.raises(OutcomeUnknown if error is Unavailable and expected.method != "GET" else error):
            carry_out(brightspace, expected.action())


@pytest.mark.parametrize("shape", ["no_scopes", "insufficient_scope"])
@pytest.mark.parametrize(
    "action",
    [lambda: IssuedAwardService().revoke(1), lambda: AwardService().awards(), lambda: IconService().icon("a.png")],
    ids=["write", "read", "file"],
)
def test_a_missing_scope_is_named_as_the_cause(
    shape: str, action: Callable[[], Any], gateway_for: GatewayFor, sandbox: Sandbox
) -> None:
    sandbox.control.add_fault("forbidden", path="/bas/", shape=shape)
    with pytest.raises(ScopeMissing, match=r"“core:\*:\*”"):
        carry_out(gateway_for(INES), action())


def test_a_certificate_needs_a_scope_of_its_own(gateway_for: GatewayFor, sandbox: Sandbox) -> None:
    sandbox.control.add_fault("forbidden", path="/bas/", shape="insufficient_scope")
    with pytest.raises(ScopeMissing, match="“awards:certificate:read”"):
        carry_out(gateway_for(INES), CertificateFileService().pdf(1))
