"""One stand-in for all checks, put back to its start before each."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests

from tests.contract.watch import Watch
from tests.sandbox.client import sign_in
from tests.sandbox.server import Sandbox

CALLBACK = "http://127.0.0.1:8700/signin/callback/"
MAYA, ANA = 101, 201
SCOPE = "core:*:* users:own_profile:read cpd:records:read cpd:targets:read"
VERIFIER = "v" * 64
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().strip("=")


@pytest.fixture(scope="session")
def running_watch() -> Watch:
    """What these checks send is meant to be odd; what comes back is judged."""
    return Watch(of_services=False)


@pytest.fixture(scope="session")
def running_sandbox(running_watch: Watch) -> Iterator[Sandbox]:
    """Serves on a free port, on a fixed day."""
    with Sandbox(redirect_uris=[CALLBACK], today=date(2026, 11, 21), observer=running_watch) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running_sandbox: Sandbox, watch: Watch) -> Iterator[Sandbox]:
    """The running stand-in, reset before and after."""
    running_sandbox.control.reset()
    yield running_sandbox
    running_sandbox.control.reset()


@dataclass
class App:
    """A registered app that signs people in."""

    sandbox: Sandbox

    def authorize_url(self, **changes: Any) -> str:
        """Where it sends the browser; None drops a parameter."""
        asked = {
            "response_type": "code",
            "client_id": self.sandbox.client_id,
            "redirect_uri": CALLBACK,
            "scope": SCOPE,
            "state": "s-1",
            **changes,
        }
        present = {name: value for name, value in asked.items() if value is not None}
        return f"{self.sandbox.authorize_url}?{urlencode(present)}"

    def code(self, person_id: int = MAYA, **changes: Any) -> str:
        """A code for a person who allowed everything."""
        callback = sign_in(self.authorize_url(**changes), person_id)
        return parse_qs(urlsplit(callback).query)["code"][0]

    def exchange(self, code: str, **changes: Any) -> requests.Response:
        """Sends a code to the token endpoint."""
        return self.post({"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK, **changes})

    def refresh(self, refresh_token: str, **changes: Any) -> requests.Response:
        """Sends a refresh token to the token endpoint."""
        return self.post({"grant_type": "refresh_token", "refresh_token": refresh_token, **changes})

    def post(self, form: dict[str, Any]) -> requests.Response:
        """Any request to the token endpoint, with HTTP Basic."""
        credentials = (self.sandbox.client_id, self.sandbox.client_secret)
        return requests.post(self.sandbox.token_url, data=form, auth=credentials, timeout=10)

    def tokens(self, person_id: int = MAYA, **changes: Any) -> dict[str, Any]:
        """A fresh pair of tokens."""
        tokens: dict[str, Any] = self.exchange(self.code(person_id, **changes)).json()
        return tokens

    def get(self, path: str, token: str | None = None, method: str = "GET", **options: Any) -> requests.Response:
        """Calls the API; without ``token`` as Maya with every scope."""
        token = token or self.sandbox.control.issue_access_token(MAYA)
        headers = {"Authorization": f"Bearer {token}"}
        url = self.sandbox.url + path
        options = {"timeout": 10, "allow_redirects": False, **options}
        return requests.request(method, url, headers=headers, **options)


@pytest.fixture
def app(sandbox: Sandbox) -> App:
    """An app registered with the stand-in."""
    return App(sandbox)
