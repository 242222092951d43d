"""The awards actions over the wire: what is asked for, that none is missing, and what older sites lack."""

import inspect
from importlib import import_module
from typing import Any

import msgspec
import pytest

from awards.services import certificates
from portal.brightspace.actions import Action, actions
from portal.brightspace.errors import Unsupported
from tests.awards.calls import API, CALLS, CERTIFICATE_OF_JUN, EVERY, WARDEN_OF_JUN, Sent, ask
from tests.conftest import MAYA, CallerOf
from tests.contract.documents import ACTIONS
from tests.contract.watch import Watch
from tests.sandbox.api.calls import Call
from tests.sandbox.models.awards import ICON_FOLDER, StoredFile
from tests.sandbox.server import Sandbox

DOCUMENTED = {(each.method, each.path): each for each in ACTIONS if each.document == "awards"}
COVERED = [each for each in actions() if each.service.startswith("awards.services.")]


@pytest.fixture
def _files_nobody_uses(sandbox: Sandbox) -> None:
    book = sandbox.world.awards
    for shelf, name in ((book.icons, "Unused & äöü.png"), (book.templates, "Unused.pdf")):
        shelf[name] = StoredFile(name, f"/{ICON_FOLDER}/{name}", b"x")


def calls_of_awards(watch: Watch) -> list[Call]:
    return [call for call in watch.calls if "/bas/" in call.path]


@pytest.mark.usefixtures("_files_nobody_uses")
@pytest.mark.parametrize("sent", EVERY, ids=lambda sent: f"{sent.method} {sent.path}")
def test_each_action_is_asked_for_as_its_document_has_it(sent: Sent, caller_as: CallerOf, watch: Watch) -> None:
    ask(caller_as(sent.by), sent.wanted())

    [call] = calls_of_awards(watch)
    assert (call.method, call.path) == (sent.method, f"{API}{sent.path}")
    assert tuple(call.query.items(multi=True)) == sent.query
    assert tuple(msgspec.json.decode(call.body or b"{}")) == sent.keys


def test_the_table_above_has_all_thirty_three_actions() -> None:
    asked = {(sent.method, sent.wanted().route.documented) for sent in CALLS}

    assert asked == set(DOCUMENTED)
    assert len(asked) == 33


def test_every_documented_action_has_one_service_with_its_scopes_and_its_version() -> None:
    covered = {(each.method, each.path): (" ".join(each.scopes), each.since) for each in COVERED if not each.newer}

    assert covered == {name: (each.scopes, each.since) for name, each in DOCUMENTED.items()}
    assert len(COVERED) == len(DOCUMENTED) + 1


@pytest.mark.parametrize("action", COVERED, ids=lambda each: each.service)
def test_a_service_says_which_action_it_is_what_it_needs_and_what_it_raises(action: Action) -> None:
    module, _, name = action.service.rpartition(".")
    said = inspect.getdoc(getattr(import_module(module), name)) or ""

    assert said.startswith(f"``{action.method} {action.path.removeprefix('/d2l/api/').replace('(version)/', '')}``: ")
    assert f"Scope ``{action.scope}``, BAS {action.since}." in said
    assert "Raises " in said


@pytest.mark.parametrize(
    "wanted",
    [lambda: certificates.certificate(CERTIFICATE_OF_JUN), lambda: certificates.certificate_pdf(WARDEN_OF_JUN)],
)
def test_certificates_by_id_need_a_newer_site_and_that_is_said(
    wanted: Any, caller_as: CallerOf, sandbox: Sandbox, watch: Watch
) -> None:
    sandbox.control.set_versions("bas", ["1.2"])
    with pytest.raises(Unsupported, match=r"needs version 1\.3 .* offers 1\.2"):
        ask(caller_as(MAYA), wanted())

    assert calls_of_awards(watch) == []


def test_all_other_reads_work_at_version_1_2(caller_as: CallerOf, sandbox: Sandbox, watch: Watch) -> None:
    sandbox.control.set_versions("bas", ["1.1", "1.2"])
    for sent in CALLS:
        if sent.method == "GET" and "certificates/" not in sent.path:
            ask(caller_as(sent.by), sent.wanted())
            assert [call.version for call in calls_of_awards(watch)] == ["1.2"]


@pytest.mark.parametrize("versions", [[], ["1.0", "1.1"]])
def test_a_site_without_a_usable_awards_api_is_told_so(
    versions: list[str], caller_as: CallerOf, sandbox: Sandbox
) -> None:
    sandbox.control.set_versions("bas", versions)
    caller = caller_as(MAYA)
    for sent in EVERY:
        with pytest.raises(Unsupported, match=r"does not offer version 1\.2 or newer"):
            ask(caller, sent.wanted())
