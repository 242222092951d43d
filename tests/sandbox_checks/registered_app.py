"""An app that is registered with the sandbox: it signs people in and calls the API over HTTP."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import requests

from tests.sandbox.client import sign_in
from tests.sandbox.seeds.demo_people import MAYA
from tests.sandbox.server import Sandbox

CALLBACK = "http://127.0.0.1:8700/signin/callback/"
SCOPE = "core:*:* users:own_profile:read cpd:records:read cpd:targets:read"
VERIFIER = "v" * 64
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().strip("=")
WHOAMI = "/d2l/api/lp/1.50/users/whoami"
TIMEOUT_SECONDS = 10


@dataclass
class RegisteredApp:
    """An app with the client id and secret of a running sandbox."""

    sandbox: Sandbox

    def __post_init__(self) -> None:
        self._session = requests.Session()
        self._session.trust_env = False

    def authorize_url(self, **changes: Any) -> str:
        """The address of the sign-in page; None removes a parameter."""
        parameters = {
            "response_type": "code",
            "client_id": self.sandbox.client_id,
            "redirect_uri": CALLBACK,
            "scope": SCOPE,
            "state": "s-1",
            **changes,
        }
        present = {name: value for name, value in parameters.items() if value is not None}
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
        """Sends a form to the token endpoint, with HTTP Basic."""
        credentials = (self.sandbox.client_id, self.sandbox.client_secret)
        return self._session.post(self.sandbox.token_url, data=form, auth=credentials, timeout=TIMEOUT_SECONDS)

    def tokens(self, person_id: int = MAYA, **changes: Any) -> dict[str, Any]:
        """The token endpoint's response to a new sign-in."""
        tokens: dict[str, Any] = self.exchange(self.code(person_id, **changes)).json()
        return tokens

    def get(self, path: str, token: str | None = None, method: str = "GET", **options: Any) -> requests.Response:
        """Calls the API; without ``token`` as Maya with every scope."""
        token = token or self.sandbox.control.issue_access_token(MAYA)
        headers = {"Authorization": f"Bearer {token}"}
        url = self.sandbox.url + path
        options = {"timeout": TIMEOUT_SECONDS, "allow_redirects": False, **options}
        return self._session.request(method, url, headers=headers, **options)
