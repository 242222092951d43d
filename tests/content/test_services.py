"""The content actions over the wire: what is sent, and that none is missing."""

import msgspec
import pytest

from content.services import ModuleService
from portal.brightspace.endpoints.service import all_endpoints
from tests.conftest import INES, GatewayFor
from tests.content.calls import CALLS, EVERY_CALL, Sent
from tests.content.course import FIRE, KNOW, PLAN, ask, file
from tests.contract.documents import ACTIONS
from tests.contract.observer import ContractObserver
from tests.sandbox.api.calls import Call
from tests.sandbox.api.multipart import is_multipart, parts_of

DOCUMENTED = {(each.method, each.path): each for each in ACTIONS if each.document == "content"}


def body_keys(call: Call) -> tuple[str, ...]:
    """The keys of the JSON that was sent, alone or in front of a file."""
    if not is_multipart(call):
        return tuple(msgspec.json.decode(call.body or b"{}"))
    first = parts_of(call)[0]
    return tuple(msgspec.json.decode(first.content)) if first.is_json else ()


@pytest.mark.parametrize("sent", EVERY_CALL, ids=lambda sent: f"{sent.method} {sent.path}")
def test_each_action_is_sent_as_the_document_describes_it(
    sent: Sent, gateway_for: GatewayFor, watch: ContractObserver
) -> None:
    ask(gateway_for(sent.by), sent.wanted())

    [call] = watch.calls
    assert (call.method, call.path) == (sent.method, sent.whole_path)
    assert tuple(call.query.items(multi=True)) == sent.query
    assert body_keys(call) == sent.keys


def test_the_calls_are_all_the_documented_content_actions() -> None:
    requested = {(sent.method, sent.wanted().endpoint.path) for sent in CALLS}

    assert requested == set(DOCUMENTED)


def test_every_documented_content_action_has_one_service_with_its_scopes() -> None:
    covered = [endpoint for endpoint in all_endpoints() if (endpoint.method, endpoint.path) in DOCUMENTED]

    assert {(each.method, each.path): " ".join(each.scopes) for each in covered} == {
        name: each.scopes for name, each in DOCUMENTED.items()
    }
    assert len(covered) == len(DOCUMENTED)
    assert all(each.service.startswith("content.services.") for each in covered)


def test_services_know_which_version_has_their_action_first() -> None:
    known = {(endpoint.method, endpoint.path): endpoint.since for endpoint in all_endpoints()}

    assert {name: known[name] for name in DOCUMENTED} == {name: each.since for name, each in DOCUMENTED.items()}


def test_a_file_topic_is_sent_in_two_parts(gateway_for: GatewayFor, watch: ContractObserver) -> None:
    gateway_for(INES).write(ModuleService().add(FIRE, KNOW, file(), PLAN))

    block, sent = parts_of(watch.calls[0])
    assert watch.calls[0].headers["Content-Type"].startswith("multipart/mixed; boundary=")
    assert msgspec.json.decode(block.content)["Url"] == file().url
    assert (sent.name, sent.file_name, sent.content_type, sent.content) == (
        "file",
        "plan.pdf",
        "application/pdf",
        PLAN.content,
    )
