"""Fixtures of the portal's tests: a running sandbox, and browsers of people who have signed in with it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from portal.brightspace.gateway import Gateway
from portal.brightspace.ratelimit import rate_limit
from tests.contract.observer import ContractObserver
from tests.sandbox.client import sign_in as consent
from tests.sandbox.server import Sandbox

MAYA, HELENA, INES, ADRIAN, OTTO, GRACE, ALMA = 101, 102, 103, 104, 105, 106, 107
SignIn = Callable[..., Client]
GatewayFor = Callable[[int], Gateway]


# Tests that depend on the database or the cache, by folder or module; single ones elsewhere bear the marker themselves.
STORES = (
    "portal/accounts/test_sign_in.py",
    "portal/accounts/test_sign_out.py",
    "portal/brightspace/auth/test_tokens.py",
    "portal/brightspace/test_cache.py",
    "portal/brightspace/test_gateway.py",
    "portal/brightspace/test_ratelimit.py",
    "portal/cachebackends",
    "portal/rosters/test_large_files.py",
    "portal/rosters/test_upload_apply.py",
    "portal/rosters/test_upload_check.py",
    "portal/team/test_tasks.py",
    "portal/team/test_team_page.py",
    "portal/test_health.py",
    "portal/test_privacy.py",
    "portal/test_secrecy.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of ``STORES``."""
    folder = Path(__file__).parent
    paths = [folder / path for path in STORES]
    if missing := [str(path) for path in paths if not path.exists()]:
        pytest.fail(f"STORES in tests/conftest.py names what does not exist: {', '.join(missing)}", pytrace=False)
    for item in items:
        if any(item.path.is_relative_to(path) for path in paths):
            item.add_marker(pytest.mark.stores)


@pytest.fixture(scope="session", autouse=True)
def _static_files() -> None:
    """Collect static files, whose names have a hash of their content as in production."""
    call_command("collectstatic", verbosity=0, interactive=False)


@pytest.fixture(autouse=True)
def _short_retry_delays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reads are retried at once: tests look at what is retried, not at how long it takes."""
    monkeypatch.setattr("portal.brightspace.http.retries.FIRST_DELAY_SECONDS", (0.001, 0.002))


@pytest.fixture(scope="session")
def running_watch() -> ContractObserver:
    """Checks every exchange with the sandbox against the API documents."""
    return ContractObserver()


@pytest.fixture(scope="session")
def running_sandbox(running_watch: ContractObserver) -> Iterator[Sandbox]:
    """The sandbox of a test process."""
    callback = "http://localhost/signin/callback/"
    with Sandbox(
        redirect_uris=[callback], client_id="portal", client_secret="portal-secret", observer=running_watch
    ) as sandbox:
        yield sandbox


@pytest.fixture
def watch(running_watch: ContractObserver) -> Iterator[ContractObserver]:
    """The exchanges of one test with the sandbox; the test fails if one deviates from the API documents."""
    running_watch.clear()
    yield running_watch
    if running_watch.violations:
        pytest.fail(f"Exchanges that deviate from the API documents:\n{running_watch.report()}")


@pytest.fixture
def sandbox(running_sandbox: Sandbox, watch: ContractObserver, settings: Settings) -> Iterator[Sandbox]:
    """The sandbox in its initial state, and no rate limit known."""
    running_sandbox.control.reset()
    settings.BRIGHTSPACE_URL = running_sandbox.url
    settings.BRIGHTSPACE_AUTHORIZE_URL = running_sandbox.authorize_url
    settings.BRIGHTSPACE_TOKEN_URL = running_sandbox.token_url
    rate_limit.clear()
    yield running_sandbox
    running_sandbox.control.clear_faults()


@pytest.fixture
def sign_in(db: None, sandbox: Sandbox) -> SignIn:
    """Signs a person in as a browser would, and returns the browser."""
    cache.clear()

    def signed_in(person_id: int, client: Client | None = None) -> Client:
        browser = client or Client(SERVER_NAME="localhost")
        authorize_url = browser.get("/signin/")["Location"]
        callback = urlsplit(consent(authorize_url, person_id))
        response = browser.get(f"{callback.path}?{callback.query}")
        assert response.status_code == 302, response.content
        sandbox.control.clear_requests()
        return browser

    return signed_in


@pytest.fixture
def gateway_for(sign_in: SignIn, watch: ContractObserver) -> GatewayFor:
    """Signs a person in and returns a gateway for them."""

    def signed_in_gateway(person_id: int) -> Gateway:
        sign_in(person_id)
        watch.clear()
        return Gateway(person_id)

    return signed_in_gateway


@pytest.fixture
def maya(sign_in: SignIn) -> Client:
    """The browser of Maya, a manager, signed in."""
    return sign_in(MAYA)
