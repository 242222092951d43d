"""Sign-in with Brightspace: the OAuth2 client, built on Authlib, and the scopes the portal asks for."""

import logging
import re
from collections.abc import Mapping, MutableMapping
from functools import lru_cache
from time import time
from typing import Any

import requests
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.django_client import DjangoIntegration, DjangoOAuth2App, OAuth
from authlib.integrations.requests_client import OAuth2Session
from django.conf import settings

from portal import features
from portal.brightspace.auth.token_responses import read_token_response
from portal.brightspace.configuration import configuration
from portal.brightspace.http import transport

log = logging.getLogger(__name__)
REFRESH_SECONDS = 6.0  # a refresh must end well before its lease does
MAX_RESPONSE_BYTES = 256 * 1024
MAX_PENDING_SIGN_INS = 8
OAuthError = OAuthError


class OAuthSession(OAuth2Session):  # type: ignore[misc]  # Authlib ships no types
    """Authlib's session on the portal's own transport: no environment, no redirects, bounded in time and size."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        transport.prepare_session(self, configuration())
        # Asked once an hour a person: a kept connection would mostly be one the other side has given up,
        # and what was sent into that would count as lost.
        self.headers["Connection"] = "close"

    def request(self, method: str, url: str, **kwargs: Any) -> requests.Response:
        """Send once; the whole answer, or a RequestException if it is larger than any token's."""
        connect = min(settings.BRIGHTSPACE_CONNECT_SECONDS, REFRESH_SECONDS / 2)
        kwargs |= {"allow_redirects": False, "stream": True, "timeout": (connect, REFRESH_SECONDS)}
        response: requests.Response = super().request(method, url, **kwargs)
        with response:
            body = b""
            for piece in response.iter_content(MAX_RESPONSE_BYTES):
                body += piece
                if len(body) > MAX_RESPONSE_BYTES:
                    raise requests.exceptions.ContentDecodingError("far more than a token")
        response._content = body
        return response

    def parse_response_token(self, resp: requests.Response) -> Any:
        """As Authlib's own, which stumbles over an odd ``expires_in`` and knows no rate limits."""
        answer = read_token_response(resp)
        if "error" in answer:
            raise OAuthError(error=answer["error"])
        self.token = answer
        return self.token


class OAuthApp(DjangoOAuth2App):  # type: ignore[misc]
    client_cls = OAuthSession


class DjangoSessionIntegration(DjangoIntegration):  # type: ignore[misc]
    def get_state_data(self, oauth_session: Mapping[str, Any], state: str | None) -> Any:
        """Authlib prunes expired states but does not refuse them; this does."""
        kept = oauth_session.get(f"_state_{self.name}_{state}")
        if not kept or kept.get("exp", 0) < time():
            return None
        return super().get_state_data(oauth_session, state)

    def set_state_data(self, oauth_session: MutableMapping[str, Any], state: str, data: Mapping[str, Any]) -> None:
        """Keep a few started sign-ins per session, for as many tabs, not every one that was ever started."""
        self._clear_session_state(oauth_session)
        started = [key for key in oauth_session.keys() if key.startswith(f"_state_{self.name}_")]  # noqa: SIM118
        for key in sorted(started, key=lambda key: oauth_session[key]["exp"])[: -MAX_PENDING_SIGN_INS + 1]:
            oauth_session.pop(key)
        super().set_state_data(oauth_session, state, data)


class OAuthRegistry(OAuth):  # type: ignore[misc]
    oauth2_client_cls = OAuthApp
    framework_integration_cls = DjangoSessionIntegration


def scopes() -> str:
    """The scopes to ask for: ``BRIGHTSPACE_SCOPES``, else what the installed features say they need."""
    if settings.BRIGHTSPACE_SCOPES:
        return str(settings.BRIGHTSPACE_SCOPES)
    return " ".join(sorted(features.scopes()))


@lru_cache(maxsize=1)
def _registered(*key: str) -> OAuthApp:
    registry = OAuthRegistry()
    registry.register(
        "brightspace",
        client_id=settings.BRIGHTSPACE_CLIENT_ID,
        client_secret=settings.BRIGHTSPACE_CLIENT_SECRET,
        authorize_url=settings.BRIGHTSPACE_AUTHORIZE_URL,
        access_token_url=settings.BRIGHTSPACE_TOKEN_URL,
        client_kwargs={
            "scope": scopes(),
            "code_challenge_method": "S256",
            "token_endpoint_auth_method": f"client_secret_{settings.BRIGHTSPACE_CLIENT_AUTH}",
        },
    )
    made: OAuthApp = registry.brightspace
    return made


def oauth_app() -> OAuthApp:
    """The registered OAuth2 client, made anew when its settings change."""
    return _registered(
        settings.BRIGHTSPACE_CLIENT_ID,
        settings.BRIGHTSPACE_CLIENT_SECRET,
        settings.BRIGHTSPACE_AUTHORIZE_URL,
        settings.BRIGHTSPACE_TOKEN_URL,
        settings.BRIGHTSPACE_CLIENT_AUTH,
        scopes(),
    )


def redirect_uri() -> str:
    return f"{settings.PORTAL_PUBLIC_URL}/signin/callback/"


def oauth_session() -> OAuthSession:
    """A session for the token endpoint, outside of any web request."""
    made: OAuthSession = oauth_app()._get_oauth_client()
    return made


def log_refusal(problem: Exception) -> None:
    """Tell the operator which of OAuth's errors stopped the portal; people are told what they can do."""
    code = str(getattr(problem, "error", ""))
    known = re.fullmatch(r"[a-z_]{1,40}", code)
    log.error("Brightspace's sign-in refused the portal: %s.", code if known else "unnamed error")
