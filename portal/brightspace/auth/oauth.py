"""The OAuth2 client for Brightspace's sign-in, built on Authlib, and the scopes that the portal requests."""

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
from portal.brightspace.auth.token_responses import TokenResponseLost, read_token_response
from portal.brightspace.configuration import configuration
from portal.brightspace.errors import SignInExpired, Unavailable
from portal.brightspace.http import transport
from portal.brightspace.http.deadline import Deadline
from portal.brightspace.http.sockets import trace_send

log = logging.getLogger(__name__)
REFRESH_SECONDS = 6.0  # shorter than tokens.LEASE_TIME: a refresh must end before its lease does
# OAuth errors after which only a new sign-in helps: the token is used up, or its scope is less than the request's.
_SIGN_IN_ERRORS = {"invalid_grant", "invalid_scope"}
MAX_RESPONSE_BYTES = 256 * 1024
MAX_PENDING_SIGN_INS = 8  # of one browser, each perhaps in a tab of its own


class OAuthSession(OAuth2Session):  # type: ignore[misc]  # Authlib ships no types
    """Authlib's session on the portal's transport: no environment, no redirects, limited in time and size."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        transport.prepare_session(self, configuration())
        # A person needs a token once an hour: a connection left open would mostly have been closed by the server, and
        # a request sent on it would count as lost.
        self.headers["Connection"] = "close"

    def request(self, method: str, url: str, **kwargs: Any) -> requests.Response:
        """Send once and read the whole response. Raises RequestException, also for a response above the size limit."""
        connect = min(settings.BRIGHTSPACE_CONNECT_SECONDS, REFRESH_SECONDS / 2)
        kwargs |= {"allow_redirects": False, "stream": True, "timeout": (connect, REFRESH_SECONDS)}
        response: requests.Response = super().request(method, url, **kwargs)
        with response:
            body = b""
            for chunk in response.iter_content(MAX_RESPONSE_BYTES):
                body += chunk
                if len(body) > MAX_RESPONSE_BYTES:
                    raise requests.exceptions.ContentDecodingError("larger than any token response")
        response._content = body
        return response

    def parse_response_token(self, resp: requests.Response) -> Any:
        """The tokens; instead of Authlib's parser, which fails on unusual ``expires_in`` and rate limits."""
        token = read_token_response(resp)
        if "error" in token:
            raise OAuthError(error=token["error"])
        self.token = token
        return self.token


class OAuthApp(DjangoOAuth2App):  # type: ignore[misc]
    """Authlib's client for Django with the portal's session."""

    client_cls = OAuthSession


class DjangoSessionIntegration(DjangoIntegration):  # type: ignore[misc]
    """Where Authlib stores the state of a started sign-in: in the session of Django."""

    def get_state_data(self, session: Mapping[str, Any], state: str | None) -> Any:
        """The data of a started sign-in; None if it has expired, which Authlib itself does not check."""
        stored = session.get(f"_state_{self.name}_{state}")
        if not stored or stored.get("exp", 0) < time():
            return None
        return super().get_state_data(session, state)

    def set_state_data(self, session: MutableMapping[str, Any], state: str, data: Mapping[str, Any]) -> None:
        """Store a started sign-in, and delete the oldest above ``MAX_PENDING_SIGN_INS``."""
        self._clear_session_state(session)
        started = [key for key in session.keys() if key.startswith(f"_state_{self.name}_")]  # noqa: SIM118
        for key in sorted(started, key=lambda key: session[key]["exp"])[: -MAX_PENDING_SIGN_INS + 1]:
            session.pop(key)
        super().set_state_data(session, state, data)


class OAuthRegistry(OAuth):  # type: ignore[misc]
    """Authlib's registry with the classes above."""

    oauth2_client_cls = OAuthApp
    framework_integration_cls = DjangoSessionIntegration


def scopes() -> str:
    """The scopes to request, separated by blanks: ``BRIGHTSPACE_SCOPES``, else those that the installed apps name."""
    if settings.BRIGHTSPACE_SCOPES:
        return str(settings.BRIGHTSPACE_SCOPES)
    return " ".join(sorted(features.scopes()))


@lru_cache(maxsize=1)
def _registered_app(*cache_key: str) -> OAuthApp:
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
    app: OAuthApp = registry.brightspace
    return app


def oauth_app() -> OAuthApp:
    """The OAuth2 client that the settings describe now."""
    return _registered_app(
        settings.BRIGHTSPACE_CLIENT_ID,
        settings.BRIGHTSPACE_CLIENT_SECRET,
        settings.BRIGHTSPACE_AUTHORIZE_URL,
        settings.BRIGHTSPACE_TOKEN_URL,
        settings.BRIGHTSPACE_CLIENT_AUTH,
        scopes(),
    )


def redirect_uri() -> str:
    """Where Brightspace sends the browser after sign-in, as registered there."""
    return f"{settings.PORTAL_PUBLIC_URL}/signin/callback/"


def oauth_session() -> OAuthSession:
    """A session for calls to the token endpoint that belong to no web request."""
    session: OAuthSession = oauth_app()._get_oauth_client()
    return session


def log_oauth_error(error: OAuthError) -> None:
    """Log the code of an OAuth error that only the operator can do something about."""
    code = str(error.error)
    well_formed = re.fullmatch(r"[a-z_]{1,40}", code)
    log.error("Brightspace's sign-in refused the portal: %s.", code if well_formed else "unnamed error")


def refresh(refresh_token: str, scope: str) -> Mapping[str, Any]:
    """Exchange a refresh token for a new pair of tokens with the same ``scope``.

    Raises SignInExpired if Brightspace refuses the token; TokenResponseLost if the token may be used up and the
    response did not arrive; Unavailable or RateLimited if the token has not been used.
    """
    session = oauth_session()
    try:
        with session, trace_send() as trace, Deadline.after(REFRESH_SECONDS).enforced():
            endpoint = session.metadata["token_endpoint"]
            return dict(session.refresh_token(endpoint, refresh_token=refresh_token, scope=scope or scopes()))
    except (requests.RequestException, OSError) as error:
        raise (TokenResponseLost if trace.sent else Unavailable) from error
    except OAuthError as error:
        if error.error in _SIGN_IN_ERRORS:
            raise SignInExpired from error
        # Anything else is about the portal's registration, not about the person's token.
        log_oauth_error(error)
        raise Unavailable from error
