"""What tests of the portal stand on: a running sandbox, and people who sign in through its front door."""

from collections.abc import Callable, Iterator
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


@pytest.fixture(scope="session", autouse=True)
def _static_files() -> None:
    """Pages name their files by content, as in production."""
    call_command("collectstatic", verbosity=0, interactive=False)


@pytest.fixture(scope="session")
def running_watch() -> ContractObserver:
    return ContractObserver()


@pytest.fixture(scope="session")
def running_sandbox(running_watch: ContractObserver) -> Iterator[Sandbox]:
    callback = "http://localhost/signin/callback/"
    with Sandbox(
        redirect_uris=[callback], client_id="portal", client_secret="portal-secret", observer=running_watch
    ) as sandbox:
        yield sandbox


@pytest.fixture
def watch(running_watch: ContractObserver) -> Iterator[ContractObserver]:
    """What the portal and the sandbox say to each other; a test fails when it is not as the documents have it."""
    running_watch.clear()
    yield running_watch
    if running_watch.violations:
        pytest.fail(f"Not as the API documents have it:\n{running_watch.report()}")


@pytest.fixture
def sandbox(running_sandbox: Sandbox, watch: ContractObserver, settings: Settings) -> Iterator[Sandbox]:
    """The sandbox as it starts, with nothing cached and nothing limited."""
    running_sandbox.control.reset()
    settings.BRIGHTSPACE_URL = running_sandbox.url
    settings.BRIGHTSPACE_AUTHORIZE_URL = running_sandbox.authorize_url
    settings.BRIGHTSPACE_TOKEN_URL = running_sandbox.token_url
    rate_limit.clear()
    yield running_sandbox
    running_sandbox.control.clear_faults()


@pytest.fixture
def sign_in(db: None, sandbox: Sandbox) -> SignIn:
    """Sign somebody in as a browser would; returns the browser."""
    cache.clear()

    def signed_in(person_id: int, client: Client | None = None) -> Client:
        browser = client or Client(SERVER_NAME="localhost")
        leads_to = browser.get("/signin/")["Location"]
        back = urlsplit(consent(leads_to, person_id))
        answer = browser.get(f"{back.path}?{back.query}")
        assert answer.status_code == 302, answer.content
        sandbox.control.clear_requests()
        return browser

    return signed_in


@pytest.fixture
def gateway_for(sign_in: SignIn, watch: ContractObserver) -> GatewayFor:
    """Sign somebody in and give what speaks to Brightspace as them."""

    def caller(person_id: int) -> Gateway:
        sign_in(person_id)
        watch.clear()
        return Gateway(person_id)

    return caller


@pytest.fixture
def maya(sign_in: SignIn) -> Client:
    return sign_in(MAYA)
