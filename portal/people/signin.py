"""From Brightspace's sign-in to a session here, and out again."""

from typing import Any

import requests
from authlib.integrations.base_client.errors import MismatchingStateError
from django.contrib.auth import login, logout
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from portal.brightspace import oauth, tokens
from portal.brightspace.cache import PersonCache
from portal.brightspace.client import Client
from portal.brightspace.configuration import configuration
from portal.brightspace.deadline import Deadline
from portal.brightspace.service import site_versions
from portal.people.models import Person
from portal.people.whoami import WHOAMI, WhoAmI

SIGN_IN_SECONDS = 15.0


class SignedInAtBrightspace:
    """Django's view of somebody whom Brightspace has vouched for. There is no other way in."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        return None

    def get_user(self, person_id: int) -> Person | None:
        return Person.objects.filter(pk=person_id).first()


class NotSignedIn(Exception):
    """Brightspace sent the person back without what signing in needs; says why and what to do."""

    def __init__(self, title: str, sentence: str) -> None:
        super().__init__(title)
        self.title = title
        self.sentence = sentence

    @classmethod
    def without(cls, missing: list[str]) -> "NotSignedIn":
        return cls(
            "The portal was given too little access",
            f"Brightspace did not grant: {', '.join(missing)}. Ask your Brightspace administrator to add "
            "this to the portal's registration, then sign in again.",
        )


DENIED = (
    "You did not agree",
    "The portal shows your team with your own access to Brightspace, so it needs your agreement. "
    "Nothing was stored. You can sign in again whenever you like.",
)
SCOPE_REFUSED = (
    "The portal is not registered for all it needs",
    "Brightspace refused one of the scopes the portal asks for. Ask your Brightspace administrator to "
    "declare them all in the portal's registration.",
)
TOO_LATE = (
    "This sign-in is no longer valid",
    "It was started too long ago, in another browser, or has been used already. Please sign in again.",
)
NO_ANSWER = (
    "Brightspace cannot be reached",
    "Signing in needs Brightspace, and it does not answer just now. Please try again in a few minutes.",
)
REFUSED = (
    "Brightspace did not complete the sign-in",
    "It refused what the portal sent. Please sign in again; if this stays, tell your Brightspace administrator.",
)


def tokens_for(request: HttpRequest) -> dict[str, Any]:
    """Trade the code in the address for tokens; state and PKCE are checked by Authlib. Raises NotSignedIn."""
    try:
        with Deadline.after(SIGN_IN_SECONDS).obeyed():
            token: dict[str, Any] = dict(oauth.app().authorize_access_token(request))
    except MismatchingStateError as error:
        raise NotSignedIn(*TOO_LATE) from error
    except oauth.OAuthProblem as problem:
        known = {"access_denied": DENIED, "invalid_scope": SCOPE_REFUSED, "invalid_grant": TOO_LATE}
        raise NotSignedIn(*known.get(problem.error or "", REFUSED)) from problem
    except (requests.RequestException, OSError, ValueError) as error:
        raise NotSignedIn(*NO_ANSWER) from error
    if not token.get("access_token"):
        raise NotSignedIn(*REFUSED)
    return token


def begin(request: HttpRequest, token: dict[str, Any]) -> Person:
    """Start the session of whoever the tokens belong to. Raises any BrightspaceError."""
    me = _who(str(token["access_token"]))
    person, _ = Person.objects.update_or_create(
        pk=me.identifier,
        defaults={
            "first_name": (me.first_name or "")[:256],
            "last_name": (me.last_name or "")[:256],
            "unique_name": (me.unique_name or "")[:540],
        },
    )
    tokens.store(person.pk, token)
    # A role or a roster may have changed since last time; nothing kept from before counts.
    PersonCache(person.pk).forget()
    login(request, person, backend="portal.people.signin.SignedInAtBrightspace")
    request.session.cycle_key()
    return person


def end(request: HttpRequest) -> None:
    """Sign out here: the tokens, everything kept for the person and the session are gone."""
    if request.user.is_authenticated:
        tokens.forget(request.user.pk)
        PersonCache(request.user.pk).forget()
    logout(request)


def missing_scopes(token: dict[str, Any]) -> list[str]:
    """The scopes asked for that were not granted, as far as the answer says."""
    granted = str(token.get("scope") or "").split()
    return [scope for scope in oauth.scopes().split() if granted and scope not in granted]


def own_address(request: HttpRequest, address: str | None, otherwise: str) -> str:
    """``address`` if it is a page of this site, else ``otherwise``."""
    allowed = url_has_allowed_host_and_scheme(address or "", None, require_https=request.is_secure())
    return address if address and allowed and address.startswith("/") else otherwise


def _who(access_token: str) -> WhoAmI:
    client = Client(token=access_token, deadline=Deadline.after(SIGN_IN_SECONDS), configuration=configuration())
    return client.get(WHOAMI.path(site_versions(client)), WhoAmI)
