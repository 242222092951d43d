"""Fixtures of the sandbox's checks: an API client without sockets, and one running sandbox, reset for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.contract.observer import ContractObserver
from tests.sandbox.server import Sandbox
from tests.sandbox_checks.api_client import TODAY, ApiClient
from tests.sandbox_checks.registered_app import CALLBACK, RegisteredApp


@pytest.fixture
def api() -> ApiClient:
    """A sandbox of its own for one test, called without sockets."""
    return ApiClient()


@pytest.fixture(scope="session")
def running_watch() -> ContractObserver:
    """Compares responses with the API documents, but not requests: these tests send wrong ones on purpose."""
    return ContractObserver(check_requests=False)


@pytest.fixture(scope="session")
def running_sandbox(running_watch: ContractObserver) -> Iterator[Sandbox]:
    """A sandbox on a free port, with a fixed day."""
    with Sandbox(redirect_uris=[CALLBACK], today=TODAY, observer=running_watch) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running_sandbox: Sandbox, watch: ContractObserver) -> Sandbox:
    """The running sandbox, reset."""
    running_sandbox.control.reset()
    return running_sandbox


@pytest.fixture
def app(sandbox: Sandbox) -> RegisteredApp:
    """An app registered with the running sandbox."""
    return RegisteredApp(sandbox)
