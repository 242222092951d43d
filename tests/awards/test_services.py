"""The awards services: which actions they cover, what each sends, and what older sites cannot do."""

import inspect
from importlib import import_module
from typing import Any

import msgspec
import pytest

from awards import services
from awards.services import CertificateFileService, CertificateService
from portal.brightspace import Endpoint, Origin, Service
from portal.brightspace.errors import Unsupported
from tests.awards.expected_requests import (
    ALL_REQUESTS,
    API,
    DOCUMENTED_REQUESTS,
    NEWER_REQUESTS,
    UNUSED_ICON,
    UNUSED_TEMPLATE,
    ExpectedRequest,
    carry_out,
)
from tests.awards.seeded import CERTIFICATE_OF_JUN, WARDEN_OF_JUN
from tests.conftest import MAYA, GatewayFor
from tests.contract.documents import ACTIONS
from tests.contract.observer import ContractObserver
from tests.sandbox.api.calls import Call
from tests.sandbox.models.awards import ICON_FOLDER, StoredFile
from tests.sandbox.server import Sandbox

DOCUMENTED = {(each.method, each.path): each for each in ACTIONS if each.document == "awards"}
SERVICES = [each for each in vars(services).values() if isinstance(each, type) and issubclass(each, Service)]
COVERED = [endpoint for service in SERVICES for endpoint in service.endpoints.values()]


def name_of(endpoint: Endpoint) -> tuple[str, str]:
    return endpoint.method, endpoint.path


@pytest.fixture
def _unused_library_files(sandbox: Sandbox) -> None:
    awards = sandbox.world.awards
    for files, name in ((awards.icons, UNUSED_ICON), (awards.templates, UNUSED_TEMPLATE)):
        files[name] = StoredFile(name, f"/{ICON_FOLDER}/{name}", b"x")


def awards_calls(watch: ContractObserver) -> list[Call]:
    return [call for call in watch.calls if "/bas/" in call.path]


@pytest.mark.usefixtures("_unused_library_files")
@pytest.mark.parametrize("expected", ALL_REQUESTS, ids=lambda expected: f"{expected.method} {expected.path}")
def test_an_action_sends_the_request_that_its_document_describes(
    expected: ExpectedRequest, gateway_for: GatewayFor, watch: ContractObserver
) -> None:
    carry_out(gateway_for(expected.person_id), expected.action())

    [call] = awards_calls(watch)
    assert (call.method, call.path) == (expected.method, f"{API}{expected.path}")
    assert tuple(call.query.items(multi=True)) == expected.query
    assert tuple(msgspec.json.decode(call.body or b"{}")) == expected.keys


def test_the_expected_requests_cover_every_documented_action() -> None:
    requested = {name_of(expected.action().endpoint) for expected in DOCUMENTED_REQUESTS}

    assert DOCUMENTED
    assert requested == set(DOCUMENTED)


def test_every_documented_action_has_one_method_with_its_scopes_and_its_version() -> None:
    covered = [each for each in COVERED if each.origin is Origin.DOCUMENT]

    assert sorted(map(name_of, covered)) == sorted(DOCUMENTED)
    assert {name_of(each): (" ".join(each.scopes), each.since) for each in covered} == {
        name: (each.scopes, each.since) for name, each in DOCUMENTED.items()
    }


def test_the_actions_that_are_not_in_the_document_are_marked_as_newer() -> None:
    others = [each for each in COVERED if each.origin is not Origin.DOCUMENT]

    assert {each.origin for each in others} == {Origin.NEWER}
    assert [name_of(each) for each in others] == [name_of(expected.action().endpoint) for expected in NEWER_REQUESTS]


@pytest.mark.parametrize("endpoint", COVERED, ids=lambda endpoint: endpoint.service)
def test_an_action_has_its_product_scope_source_and_a_docstring_that_names_its_errors(endpoint: Endpoint) -> None:
    module, service, method = endpoint.service.rsplit(".", 2)
    docstring = inspect.getdoc(getattr(getattr(import_module(module), service), method)) or ""

    assert endpoint.route.product == "bas"
    assert endpoint.scope
    assert endpoint.source == "https://docs.valence.desire2learn.com/res/awards.html"
    assert "Raises " in docstring


@pytest.mark.parametrize(
    "action",
    [lambda: CertificateService().by_id(CERTIFICATE_OF_JUN), lambda: CertificateFileService().pdf(WARDEN_OF_JUN)],
)
def test_certificates_are_unsupported_on_an_older_site(
    action: Any, gateway_for: GatewayFor, sandbox: Sandbox, watch: ContractObserver
) -> None:
    sandbox.control.set_versions("bas", ["1.2"])
    with pytest.raises(Unsupported, match=r"needs version 1\.3 .* offers 1\.2"):
        carry_out(gateway_for(MAYA), action())

    assert awards_calls(watch) == []


def test_all_other_reads_work_with_version_1_2(
    gateway_for: GatewayFor, sandbox: Sandbox, watch: ContractObserver
) -> None:
    sandbox.control.set_versions("bas", ["1.1", "1.2"])
    for expected in DOCUMENTED_REQUESTS:
        if expected.method == "GET" and "certificates/" not in expected.path:
            carry_out(gateway_for(expected.person_id), expected.action())
            assert [call.version for call in awards_calls(watch)] == ["1.2"]


@pytest.mark.parametrize("versions", [[], ["1.0", "1.1"]])
def test_every_action_is_unsupported_on_a_site_without_a_usable_awards_api(
    versions: list[str], gateway_for: GatewayFor, sandbox: Sandbox
) -> None:
    sandbox.control.set_versions("bas", versions)
    brightspace = gateway_for(MAYA)
    for expected in ALL_REQUESTS:
        with pytest.raises(Unsupported, match=r"does not offer version 1\.2 or newer"):
            carry_out(brightspace, expected.action())
