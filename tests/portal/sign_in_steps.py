"""The steps of a sign-in one by one, for tests that leave the usual path."""

from urllib.parse import parse_qs, urlsplit

from django.test import Client

from portal.brightspace.models import OAuthToken
from tests.sandbox.client import sign_in as consent

CALLBACK = "/signin/callback/"


def new_browser() -> Client:
    """A browser without a session."""
    return Client(SERVER_NAME="localhost")


def authorization_request(browser: Client, address: str = "/signin/") -> dict[str, str]:
    """The parameters that the portal sends to Brightspace when a sign-in is started."""
    query = urlsplit(browser.get(address)["Location"]).query
    return {name: values[0] for name, values in parse_qs(query).items()}


def callback_url(browser: Client, person_id: int, address: str = "/signin/", *, allow: bool = True) -> str:
    """Start a sign-in and consent to it, or not; where Brightspace sends the browser back to, without the host."""
    callback = urlsplit(consent(browser.get(address)["Location"], person_id, allow=allow))
    return f"{callback.path}?{callback.query}"


def is_signed_in(browser: Client) -> bool:
    """Whether the browser's session opens pages."""
    return browser.get("/signout/").wsgi_request.user.is_authenticated


def no_tokens_are_stored() -> bool:
    return not OAuthToken.objects.exists()
