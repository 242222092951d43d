"""The authorization server: Authlib's, with Brightspace's rules."""

from __future__ import annotations

import time
import uuid
from typing import Any, ClassVar

from authlib.common.security import generate_token
from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import InvalidGrantError, InvalidRequestError
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant, RefreshTokenGrant
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from authlib.oauth2.rfc7636 import CodeChallenge

from tests.sandbox.models.people import Person
from tests.sandbox.oauth.access_tokens import access_token
from tests.sandbox.oauth.registration import Registration
from tests.sandbox.oauth.token_store import AccessToken, AuthorizationCode, RefreshToken
from tests.sandbox.state import State


class SandboxAuthorizationServer(AuthorizationServer):  # type: ignore[misc]
    """An authorization server for one registered app, with its tokens in memory."""

    def __init__(self, state: State) -> None:
        super().__init__()
        self.state = state
        self._query_client = self._registration
        self._save_token = self._store
        self.register_token_generator(
            "default",
            BearerTokenGenerator(
                self._access_token,
                lambda **_: generate_token(48),
                lambda client, grant_type: state.switches.access_token_seconds,
            ),
        )
        self.register_grant(CodeGrant, [Pkce(state)])
        self.register_grant(RefreshGrant)

    def handle_error_response(self, request: Any, error: Any) -> Any:
        """Counts the error; ``invalid_client`` is a 401, however the app authenticated."""
        self.state.tokens.count(f"refused_{error.error}")
        if error.error == "invalid_client":
            error.status_code = 401
        return super().handle_error_response(request, error)

    def _registration(self, client_id: str) -> Registration | None:
        registration = self.state.registration
        return registration if client_id == registration.client_id else None

    def _access_token(self, client: Registration, grant_type: str, user: Person, scope: str) -> str:
        seconds = self.state.switches.access_token_seconds
        return access_token(user.person_id, client.client_id, scope, seconds)

    def _store(self, token: dict[str, Any], request: Any) -> None:
        old: RefreshToken | None = getattr(request, "refresh_token", None)
        person_id, client_id = request.user.person_id, request.client.client_id
        family = old.family if old else str(uuid.uuid4())
        refresh = None
        if "refresh_token" in token:
            refresh = RefreshToken(
                token["refresh_token"],
                client_id,
                person_id,
                old.scope if old else token["scope"],
                time.time() + self.state.switches.refresh_token_seconds,
                family,
            )
        expires_at = time.time() + token["expires_in"]
        scopes = frozenset(token["scope"].split())
        access = AccessToken(token["access_token"], client_id, person_id, scopes, expires_at, family)
        self.state.tokens.add(access, refresh)
        self.state.tokens.count("refresh_token" if old else "authorization_code")


class CodeGrant(AuthorizationCodeGrant):  # type: ignore[misc]
    """The grant for authorization codes, which live briefly and are spent by the first attempt to use them."""

    TOKEN_ENDPOINT_AUTH_METHODS: ClassVar = ["client_secret_basic", "client_secret_post"]

    def save_authorization_code(self, code: str, request: Any) -> None:
        """Stores the code."""
        state: State = self.server.state
        state.tokens.add_code(
            AuthorizationCode(
                code,
                request.client.client_id,
                request.user.person_id,
                request.payload.redirect_uri,
                request.scope,
                time.time() + state.switches.code_seconds,
                request.payload.data.get("code_challenge"),
                request.payload.data.get("code_challenge_method"),
            )
        )

    def query_authorization_code(self, code: str, client: Registration) -> AuthorizationCode | None:
        """Removes the code and returns it; a second attempt gets None, also when the first one failed."""
        state: State = self.server.state
        return state.tokens.use_code(code, client.client_id)

    def delete_authorization_code(self, authorization_code: AuthorizationCode) -> None:
        """Does nothing: ``query_authorization_code`` has removed it."""

    def authenticate_user(self, authorization_code: AuthorizationCode) -> Person | None:
        """The person who consented."""
        state: State = self.server.state
        return state.world.people.get(authorization_code.person_id)


class RefreshGrant(RefreshTokenGrant):  # type: ignore[misc]
    """The grant for refresh tokens: one use each, and a new one with every response."""

    TOKEN_ENDPOINT_AUTH_METHODS: ClassVar = ["client_secret_basic", "client_secret_post"]
    INCLUDE_NEW_REFRESH_TOKEN = True

    def authenticate_refresh_token(self, refresh_token: str) -> RefreshToken | None:
        """The token if it may be used, or None; reuse is treated as the switch ``refresh_reuse`` says."""
        state: State = self.server.state
        token = state.tokens.refresh(refresh_token)
        if token is None:
            return None
        if token.state == "used":
            self._handle_reuse(token)
        return token if token.state == "fresh" and token.expires_at > time.time() else None

    def issue_token(self, user: Person, refresh_token: RefreshToken) -> Any:
        """Marks the token as used first, so that of two concurrent requests only one gets tokens."""
        state: State = self.server.state
        if not state.tokens.use_refresh(refresh_token):
            self._handle_reuse(refresh_token)
            raise InvalidGrantError()
        return super().issue_token(user, refresh_token)

    def authenticate_user(self, refresh_token: RefreshToken) -> Person | None:
        """The person the token was issued to."""
        state: State = self.server.state
        return state.world.people.get(refresh_token.person_id)

    def revoke_old_credential(self, refresh_token: RefreshToken) -> None:
        """Does nothing: ``issue_token`` has marked it as used."""

    def _handle_reuse(self, token: RefreshToken) -> None:
        state: State = self.server.state
        state.tokens.count("reused")
        if state.switches.refresh_reuse == "revoke_family":
            state.tokens.revoke_family(token.family)


class Pkce(CodeChallenge):  # type: ignore[misc]
    """PKCE with S256 only."""

    SUPPORTED_CODE_CHALLENGE_METHOD: ClassVar = ["S256"]

    def __init__(self, state: State) -> None:
        super().__init__(required=False)
        self._state = state

    def validate_code_challenge(self, grant: Any, redirect_uri: str) -> None:
        """Refuses ``plain``, which is also the meaning of a missing method."""
        data = grant.request.payload.data
        if self._state.switches.pkce == "ignored":
            return
        if self._state.switches.pkce == "required" and not data.get("code_challenge"):
            raise InvalidRequestError("Missing 'code_challenge'")
        if data.get("code_challenge") and not data.get("code_challenge_method"):
            raise InvalidRequestError("Unsupported 'code_challenge_method'")
        super().validate_code_challenge(grant, redirect_uri)

    def validate_code_verifier(self, grant: Any, result: Any) -> None:
        """A wrong, malformed or missing verifier is an ``invalid_grant``."""
        if self._state.switches.pkce == "ignored":
            return
        try:
            super().validate_code_verifier(grant, result)
        except InvalidRequestError as error:
            raise InvalidGrantError(error.description) from error
