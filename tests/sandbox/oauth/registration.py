"""The app as an administrator registered it in the LMS (Manage Extensibility, OAuth 2.0)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from tests.sandbox.oauth.scopes import KNOWN_SCOPES, Scope, covers
from tests.sandbox.switches import ServerSwitches

CLIENT_ID = "7b7f2c1e-3f0a-4c0e-9a57-5d1b0c8e4a11"
CLIENT_SECRET = "sandbox-secret-for-demo-and-tests"


@dataclass
class Registration:
    """One registered app. Authlib calls the ``check_`` and ``get_`` methods."""

    switches: ServerSwitches
    client_id: str = CLIENT_ID
    client_secret: str = CLIENT_SECRET
    name: str = "Team Portal"
    scopes: tuple[str, ...] = KNOWN_SCOPES
    redirect_uris: list[str] = field(default_factory=list)

    def get_client_id(self) -> str:
        """The app's public id."""
        return self.client_id

    def get_default_redirect_uri(self) -> None:
        """None: there is no default, the authorize request must name its redirect URI."""

    def get_allowed_scope(self, scope: str | None) -> str | None:
        """The scope asked for, or None when part of it is malformed or was not declared."""
        requested = list(dict.fromkeys((scope or "").split()))
        if not requested or not all(Scope.parse(each) and covers(self.scopes, each) for each in requested):
            return None
        return " ".join(requested)

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        """Whether it is exactly one of the registered ones."""
        return redirect_uri in self.redirect_uris

    def check_client_secret(self, client_secret: str) -> bool:
        """Whether the secret is right."""
        return secrets.compare_digest(self.client_secret.encode(), client_secret.encode())

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        """Whether the app may authenticate this way: HTTP Basic or form fields."""
        return method in ("client_secret_basic", "client_secret_post")

    def check_response_type(self, response_type: str) -> bool:
        """Whether it is the authorization code flow, the only one offered."""
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        """Whether the grant is offered; refresh tokens are by the registration's check box."""
        if grant_type == "refresh_token":
            return self.switches.refresh_tokens
        return grant_type == "authorization_code"
