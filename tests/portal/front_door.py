"""Steps of a sign-in, one by one, for tests that leave the straight way."""

from urllib.parse import parse_qs, urlsplit

from django.test import Client

from portal.brightspace.models import OAuthToken
from tests.sandbox.client import sign_in as consent

CALLBACK = "/signin/callback/"


def browser() -> Client:
    """Somebody new."""
    return Client(SERVER_NAME="localhost")


def asked_of_brightspace(person: Client, address: str = "/signin/") -> dict[str, str]:
    """What the portal asks for when a sign-in is started."""
    query = urlsplit(person.get(address)["Location"]).query
    return {name: values[0] for name, values in parse_qs(query).items()}


def come_back(person: Client, person_id: int, address: str = "/signin/", *, allow: bool = True) -> str:
    """Start a sign-in and agree, or not; the address that Brightspace sends the browser back to."""
    back = urlsplit(consent(person.get(address)["Location"], person_id, allow=allow))
    return f"{back.path}?{back.query}"


def is_signed_in(person: Client) -> bool:
    """Whether the browser's session opens pages."""
    return person.get("/signout/").wsgi_request.user.is_authenticated


def nobody_has_tokens() -> bool:
    return not OAuthToken.objects.exists()
