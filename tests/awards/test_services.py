"""The awards actions over the wire: what is asked for, that none is missing, and what older sites lack."""

import inspect
from importlib import import_module
from typing import Any

import msgspec
import pytest

from awards import services
from awards.services import CertificateFileService, CertificateService
from portal.brightspace import Endpoint, Origin, Service
from portal.brightspace.errors import Unsupported
from tests.awards.calls import API, CALLS, CERTIFICATE_OF_JUN, EVERY, NEWER, WARDEN_OF_JUN, Sent, ask
from tests.conftest import MAYA, GatewayFor
from tests.contract.documents import ACTIONS
from tests.contract.watch import Watch
from tests.sandbox.api.calls import Call
from tests.sandbox.models.awards import ICON_FOLDER, StoredFile
from tests.sandbox.server import Sandbox

DOCUMENTED = {(each.method, each.path): each for each in ACTIONS if each.document == "awards"}
SERVICES = [each for each in vars(services).values() if isinstance(each, type) and issubclass(each, Service)]
COVERED = [endpoint for service in SERVICES for endpoint in service.endpoints.values()]


def named(endpoint: Endpoint) -> tuple[str, str]:
    return endpoint.method, endpoint.path


@pytest.fixture
def _files_nobody_uses(sandbox: Sandbox) -> None:
    book = sandbox.world.awards
    for shelf, name in ((book.icons, "Unused & äöü.png"), (book.templates, "Unused.pdf")):
        shelf[name] = StoredFile(name, f"/{ICON_FOLDER}/{name}", b"x")


def calls_of_awards(watch: Watch) -> list[Call]:
    return [call for call in watch.calls if "/bas/" in call.path]


@pytest.mark.usefixtures("_files_nobody_uses")
@pytest.mark.parametrize("sent", EVERY, ids=lambda sent: f"{sent.method} {sent.path}")
def test_each_action_is_asked_for_as_its_document_has_it(sent: Sent, caller_as: GatewayFor, watch: Watch) -> None:
    ask(caller_as(sent.by), sent.wanted())

    [call] = calls_of_awards(watch)
    assert (call.method, call.path) == (sent.method, f"{API}{sent.path}")
    assert tuple(call.query.items(multi=True)) == sent.query
    assert tuple(msgspec.json.decode(call.body or b"{}")) == sent.keys


def test_the_expected_requests_cover_every_documented_action() -> None:
    asked = {named(sent.wanted().endpoint) for sent in CALLS}

    assert DOCUMENTED
    assert asked == set(DOCUMENTED)


def test_every_documented_action_has_one_service_with_its_scopes_and_its_version() -> None:
    covered = [each for each in COVERED if each.origin is Origin.DOCUMENT]

    assert sorted(map(named, covered)) == sorted(DOCUMENTED)
    assert {named(each): (" ".join(each.scopes), each.since) for each in covered} == {
        name: (each.scopes, each.since) for name, each in DOCUMENTED.items()
    }


def test_newer_actions_are_marked_as_such() -> None:
    newer = [each for each in COVERED if each.origin is not Origin.DOCUMENT]

    assert {each.origin for each in newer} == {Origin.NEWER}
    assert list(map(named, newer)) == [named(sent.wanted().endpoint) for sent in NEWER]


@pytest.mark.parametrize("endpoint", COVERED, ids=lambda each: each.service)
def test_an_action_has_a_scope_a_source_and_a_docstring_that_says_what_it_raises(endpoint: Endpoint) -> None:
    module, service, name = endpoint.service.rsplit(".", 2)
    documentation = inspect.getdoc(getattr(getattr(import_module(module), service), name)) or ""

    assert endpoint.route.product == "bas"
    assert endpoint.scope
    assert endpoint.source == "https://docs.valence.desire2learn.com/res/awards.html"
    assert "Raises " in documentation


@pytest.mark.parametrize(
    "wanted",
    [lambda: CertificateService().by_id(CERTIFICATE_OF_JUN), lambda: CertificateFileService().pdf(WARDEN_OF_JUN)],
)
def test_certificates_by_id_need_a_newer_site_and_that_is_said(
    wanted: Any, caller_as: GatewayFor, sandbox: Sandbox, watch: Watch
) -> None:
    sandbox.control.set_versions("bas", ["1.2"])
    with pytest.raises(Unsupported, match=r"needs version 1\.3 .* offers 1\.2"):
        ask(caller_as(MAYA), wanted())

    assert calls_of_awards(watch) == []


def test_all_other_reads_work_at_version_1_2(caller_as: GatewayFor, sandbox: Sandbox, watch: Watch) -> None:
    sandbox.control.set_versions("bas", ["1.1", "1.2"])
    for sent in CALLS:
        if sent.method == "GET" and "certificates/" not in sent.path:
            ask(caller_as(sent.by), sent.wanted())
            assert [call.version for call in calls_of_awards(watch)] == ["1.2"]


@pytest.mark.parametrize("versions", [[], ["1.0", "1.1"]])
def test_a_site_without_a_usable_awards_api_is_told_so(
    versions: list[str], caller_as: GatewayFor, sandbox: Sandbox
) -> None:
    sandbox.control.set_versions("bas", versions)
    caller = caller_as(MAYA)
    for sent in EVERY:
        with pytest.raises(Unsupported, match=r"does not offer version 1\.2 or newer"):
            ask(caller, sent.wanted())
