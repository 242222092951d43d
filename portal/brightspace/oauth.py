"""Sign-in with Brightspace: the OAuth2 client, built on Authlib, and the scopes the portal asks for."""

from collections.abc import Mapping
from functools import lru_cache
from time import time
from typing import Any

from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.django_client import DjangoIntegration, DjangoOAuth2App, OAuth
from authlib.integrations.requests_client import OAuth2Session
from django.apps import apps
from django.conf import settings

from portal.brightspace import transport
from portal.brightspace.configuration import configuration

REFRESH_SECONDS = 6.0  # a refresh must end well before its lease does
OAuthProblem = OAuthError


class Session(OAuth2Session):  # type: ignore[misc]  # Authlib ships no types
    """Authlib's session on the portal's own transport: no environment, no redirects, bounded in time."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        transport.prepare(self, configuration())

    def request(self, method: str, url: str, **kwargs: Any) -> Any:
        kwargs["allow_redirects"] = False
        kwargs.setdefault("timeout", (settings.BRIGHTSPACE_CONNECT_SECONDS, REFRESH_SECONDS))
        return super().request(method, url, **kwargs)


class App(DjangoOAuth2App):  # type: ignore[misc]
    client_cls = Session


class Integration(DjangoIntegration):  # type: ignore[misc]
    def get_state_data(self, session: Mapping[str, Any], state: str) -> Any:
        """Authlib prunes expired states but does not refuse them; this does."""
        kept = session.get(f"_state_{self.name}_{state}")
        if not kept or kept.get("exp", 0) < time():
            return None
        return super().get_state_data(session, state)


class Registry(OAuth):  # type: ignore[misc]
    oauth2_client_cls = App
    framework_integration_cls = Integration


def scopes() -> str:
    """The scopes to ask for: ``BRIGHTSPACE_SCOPES``, else what the installed features say they need."""
    if settings.BRIGHTSPACE_SCOPES:
        return str(settings.BRIGHTSPACE_SCOPES)
    needed = {scope for app in apps.get_app_configs() for scope in getattr(app, "scopes", ())}
    return " ".join(sorted(needed))


@lru_cache(maxsize=1)
def _registered(*key: str) -> App:
    registry = Registry()
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
    made: App = registry.brightspace
    return made


def app() -> App:
    """The registered OAuth2 client, made anew when its settings change."""
    return _registered(
        settings.BRIGHTSPACE_CLIENT_ID,
        settings.BRIGHTSPACE_AUTHORIZE_URL,
        settings.BRIGHTSPACE_TOKEN_URL,
        settings.BRIGHTSPACE_CLIENT_AUTH,
        scopes(),
    )


def redirect_uri() -> str:
    return f"{settings.PORTAL_PUBLIC_URL}/signin/callback/"


def session() -> Session:
    """A session for the token endpoint, outside of any web request."""
    made: Session = app()._get_oauth_client()
    return made
