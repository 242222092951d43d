"""From Brightspace's sign-in to a session here, and out again."""

import re
import time
from typing import Any
from urllib.parse import urlencode

import requests
from authlib.integrations.base_client.errors import MismatchingStateError, OAuthError
from django.contrib.auth import login, logout
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from portal.accounts.models import Person
from portal.accounts.services import WhoAmI, WhoAmIService
from portal.accounts.sign_in_errors import DENIED, IN_CIRCLES, NO_ANSWER, REFUSED, SCOPE_REFUSED, TOO_LATE, SignInFailed
from portal.brightspace.auth import oauth, tokens
from portal.brightspace.auth.token_responses import TokenResponseLost
from portal.brightspace.cache import PersonCache
from portal.brightspace.configuration import configuration
from portal.brightspace.http.client import Client
from portal.brightspace.http.deadline import Deadline
from portal.brightspace.ratelimit import rate_limit
from portal.brightspace.tenant import site_versions

SIGN_IN_SECONDS = 15.0
RECENT_SECONDS = 60.0
MAX_RECENT_SIGN_INS = 4  # sign-ins of one browser in that time; more is a circle, and nobody's doing
UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\x9f\\]")


class BrightspaceBackend:
    """Django's view of somebody whom Brightspace has vouched for. There is no other way in.

    A session is worth as much as its person's tokens: without them it opens nothing, on any device.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        return None

    def get_user(self, person_id: int) -> Person | None:
        with_tokens = Exists(tokens.usable().filter(person_id=OuterRef("pk")))
        return Person.objects.filter(with_tokens, pk=person_id).first()


def start(request: HttpRequest, back: str) -> str:
    """The address of Brightspace's sign-in; state, PKCE and where to come back to wait in the session.

    Raises SignInFailed for a browser that is sent here again as soon as it is back.
    """
    if len(_recently_begun(request)) >= MAX_RECENT_SIGN_INS:
        raise SignInFailed(*IN_CIRCLES)
    asked = oauth.oauth_app().create_authorization_url(oauth.redirect_uri())
    kept = {"back": back, "redirect_uri": oauth.redirect_uri(), "code_verifier": asked["code_verifier"]}
    oauth.oauth_app().save_authorize_data(request, state=asked["state"], **kept)
    return str(asked["url"])


def return_url(request: HttpRequest) -> str:
    """Where the sign-in that Brightspace answers now was started from; the team if that is unknown."""
    kept = oauth.oauth_app().framework.get_state_data(request.session, request.GET.get("state"))
    return str(kept["back"]) if kept else reverse("team:team")


def sign_in_url(back: str) -> str:
    """The address that starts a sign-in and leads to ``back`` afterwards."""
    return (
        f"{reverse('accounts:sign_in')}?{urlencode({'next': back})}"
        if back != reverse("team:team")
        else reverse("accounts:sign_in")
    )


def tokens_for(request: HttpRequest) -> dict[str, Any]:
    """Trade the code in the address for tokens; state and PKCE are checked by Authlib.

    Raises SignInFailed, and RateLimited or Down if Brightspace says that it cannot do this now.
    """
    try:
        with Deadline.after(SIGN_IN_SECONDS).enforced():
            token: dict[str, Any] = dict(oauth.oauth_app().authorize_access_token(request))
    except MismatchingStateError as error:
        raise SignInFailed(*TOO_LATE) from error
    except OAuthError as problem:
        known = {"access_denied": DENIED, "invalid_scope": SCOPE_REFUSED, "invalid_grant": TOO_LATE}
        if problem.error not in known:
            oauth.log_refusal(problem)
        raise SignInFailed(*known.get(problem.error or "", REFUSED)) from problem
    except (requests.RequestException, OSError, TokenResponseLost) as error:
        raise SignInFailed(*NO_ANSWER) from error
    if missing := _missing_scopes(token):
        raise SignInFailed.without(missing)
    return token


def start_session(request: HttpRequest, token: dict[str, Any]) -> Person:
    """Start the session of whoever the tokens belong to. Raises any BrightspaceError."""
    me = _who(str(token["access_token"]))
    person, _ = Person.objects.update_or_create(
        pk=me.identifier,
        defaults={
            "first_name": _storable(me.first_name, 256),
            "last_name": _storable(me.last_name, 256),
            "unique_name": _storable(me.unique_name, 540),
        },
    )
    tokens.store(person.pk, token)
    # A role or a roster may have changed since last time; nothing kept from before counts.
    PersonCache(person.pk).clear()
    login(request, person, backend="portal.accounts.oauth_sign_in.BrightspaceBackend")
    request.session.cycle_key()
    request.session["begun"] = [*_recently_begun(request), time.time()]
    return person


def end_session(request: HttpRequest) -> None:
    """Sign out here: the tokens, everything kept for the person and the session are gone."""
    person_id = request.user.pk if request.user.is_authenticated else None
    if person_id is not None:
        tokens.delete(person_id)
    logout(request)
    if person_id is not None:
        PersonCache(person_id).clear()


def own_url(request: HttpRequest, address: str | None, otherwise: str) -> str:
    """``address`` if it is a page of this site that one can come back to, else ``otherwise``."""
    if not address or not address.startswith("/") or UNPRINTABLE.search(address):
        return otherwise
    if not url_has_allowed_host_and_scheme(address, None, require_https=request.is_secure()):
        return otherwise
    path = address.partition("?")[0]
    # Coming back to the start of a sign-in would never end; signing out is no page.
    return otherwise if path.startswith((reverse("accounts:sign_in"), reverse("accounts:sign_out"))) else address


def _recently_begun(request: HttpRequest) -> list[float]:
    """When this browser has signed in during the last minute, seconds since 1970."""
    since = time.time() - RECENT_SECONDS
    return [moment for moment in request.session.get("begun", []) if moment > since]


def _missing_scopes(token: dict[str, Any]) -> list[str]:
    """The scopes asked for that were not granted, as far as the answer says."""
    granted = str(token.get("scope") or "").split()
    return [scope for scope in oauth.scopes().split() if granted and not any(_covers(each, scope) for each in granted)]


def _covers(granted: str, wanted: str) -> bool:
    """Whether one scope includes another: ``group:resource:permission[,permission]``, any part may be ``*``."""
    if granted.count(":") != 2 or wanted.count(":") != 2:
        return granted == wanted
    pairs = zip(granted.split(":"), wanted.split(":"), strict=True)
    return all(mine == "*" or set(theirs.split(",")) <= set(mine.split(",")) for mine, theirs in pairs)


def _storable(name: str | None, length: int) -> str:
    """A name as every database takes it: PostgreSQL refuses a NUL."""
    return (name or "").replace("\0", "")[:length]


def _who(access_token: str) -> WhoAmI:
    rate_limit.check()
    deadline = Deadline.after(SIGN_IN_SECONDS)
    client = Client(token=access_token, deadline=deadline, configuration=configuration(), on_response=rate_limit.note)
    try:
        return WhoAmIService().who_am_i().fetch(client, site_versions(client))
    finally:
        rate_limit.publish()
