"""Sign-in with Brightspace by OAuth2: from the redirect to its sign-in page to a session here, and sign-out."""

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
from portal.accounts.sign_in_errors import SignInFailed, SignInProblem
from portal.brightspace.auth import oauth, tokens
from portal.brightspace.auth.token_responses import TokenResponseLost
from portal.brightspace.cache import PersonCache
from portal.brightspace.calls import fetch
from portal.brightspace.configuration import configuration
from portal.brightspace.http.client import Client
from portal.brightspace.http.deadline import Deadline
from portal.brightspace.ratelimit import rate_limit
from portal.brightspace.tenant import site_versions

SIGN_IN_SECONDS = 15.0  # for each of the two calls: the exchange of the code, and who the person is
RECENT_SECONDS = 60.0
MAX_RECENT_SIGN_INS = 4  # of one browser within RECENT_SECONDS; more are a redirect loop
SIGN_IN_TIMES = "sign_in_times"  # the session key of this browser's sign-ins, seconds since 1970
OAUTH_PROBLEMS = {  # by OAuth's error code; any other is for the operator
    "access_denied": SignInProblem.CONSENT_DENIED,
    "invalid_scope": SignInProblem.SCOPE_REFUSED,
    "invalid_grant": SignInProblem.NO_LONGER_VALID,
}
UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\x9f\\]")


class BrightspaceBackend:
    """Django's authentication backend: a person is signed in while the portal has usable tokens of theirs.

    Without tokens no session of the person opens a page, on any device. There is no sign-in by password.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        return None

    def get_user(self, person_id: int) -> Person | None:
        """The person with this id; None if they have no usable tokens."""
        with_tokens = Exists(tokens.usable().filter(person_id=OuterRef("pk")))
        return Person.objects.filter(with_tokens, pk=person_id).first()


def start(request: HttpRequest, back: str) -> str:
    """The URL of Brightspace's sign-in page. State, PKCE verifier and ``back`` are stored in the session.

    Raises SignInFailed for a browser that has signed in too often within a minute.
    """
    if len(_recent_sign_ins(request)) >= MAX_RECENT_SIGN_INS:
        raise SignInFailed(SignInProblem.REDIRECT_LOOP)
    authorization = oauth.oauth_app().create_authorization_url(oauth.redirect_uri())
    data = {"back": back, "redirect_uri": oauth.redirect_uri(), "code_verifier": authorization["code_verifier"]}
    oauth.oauth_app().save_authorize_data(request, state=authorization["state"], **data)
    return str(authorization["url"])


def return_url(request: HttpRequest) -> str:
    """Where to go after the sign-in that this callback belongs to; the team if it is unknown."""
    data = oauth.oauth_app().framework.get_state_data(request.session, request.GET.get("state"))
    return str(data["back"]) if data else reverse("team:team")


def sign_in_url(back: str) -> str:
    """The address that starts a sign-in and leads to ``back`` afterwards."""
    return (
        f"{reverse('accounts:sign_in')}?{urlencode({'next': back})}"
        if back != reverse("team:team")
        else reverse("accounts:sign_in")
    )


def tokens_for(request: HttpRequest) -> dict[str, Any]:
    """Exchange the code of this callback for tokens; Authlib checks state and PKCE.

    Raises SignInFailed; RateLimited or Unavailable if Brightspace cannot do this now.
    """
    try:
        with Deadline.after(SIGN_IN_SECONDS).enforced():
            token: dict[str, Any] = dict(oauth.oauth_app().authorize_access_token(request))
    except MismatchingStateError as error:
        raise SignInFailed(SignInProblem.NO_LONGER_VALID) from error
    except OAuthError as error:
        if error.error not in OAUTH_PROBLEMS:
            oauth.log_oauth_error(error)
        raise SignInFailed(OAUTH_PROBLEMS.get(error.error, SignInProblem.REFUSED)) from error
    except (requests.RequestException, OSError, TokenResponseLost) as error:
        raise SignInFailed(SignInProblem.UNREACHABLE) from error
    if missing := _missing_scopes(token):
        raise SignInFailed(SignInProblem.SCOPE_MISSING, scopes=", ".join(missing))
    return token


def start_session(request: HttpRequest, token: dict[str, Any]) -> Person:
    """Store the tokens and start a session for the person they belong to. Raises any BrightspaceError."""
    me = _who_am_i(str(token["access_token"]))
    person, _ = Person.objects.update_or_create(
        pk=me.identifier,
        defaults={
            "first_name": _storable(me.first_name, 256),
            "last_name": _storable(me.last_name, 256),
            "unique_name": _storable(me.unique_name, 540),
        },
    )
    tokens.store(person.pk, token)
    PersonCache(person.pk).clear()  # roles and roster may have changed since the last sign-in
    login(request, person, backend="portal.accounts.oauth_sign_in.BrightspaceBackend")
    request.session.cycle_key()
    request.session[SIGN_IN_TIMES] = [*_recent_sign_ins(request), time.time()]
    return person


def end_session(request: HttpRequest) -> None:
    """Sign out: delete the person's tokens, clear their cache, end the session."""
    person_id = request.user.pk if request.user.is_authenticated else None
    if person_id is not None:
        tokens.delete(person_id)
    logout(request)
    if person_id is not None:
        PersonCache(person_id).clear()


def own_url(request: HttpRequest, url: str | None, default: str) -> str:
    """``url`` if it is a page of this site that a sign-in may lead back to, else ``default``."""
    if not url or not url.startswith("/") or UNPRINTABLE.search(url):
        return default
    if not url_has_allowed_host_and_scheme(url, None, require_https=request.is_secure()):
        return default
    path = url.partition("?")[0]
    # The start of a sign-in would begin again without end; sign-out is no page.
    return default if path.startswith((reverse("accounts:sign_in"), reverse("accounts:sign_out"))) else url


def _recent_sign_ins(request: HttpRequest) -> list[float]:
    """When this browser has signed in during the last minute, seconds since 1970."""
    since = time.time() - RECENT_SECONDS
    return [moment for moment in request.session.get(SIGN_IN_TIMES, []) if moment > since]


def _missing_scopes(token: dict[str, Any]) -> list[str]:
    """The requested scopes that were not granted; none if the response does not name its scopes."""
    granted = str(token.get("scope") or "").split()
    return [scope for scope in oauth.scopes().split() if granted and not any(_covers(each, scope) for each in granted)]


def _covers(granted: str, requested: str) -> bool:
    """Whether one scope includes another: ``group:resource:permission[,permission]``, any part may be ``*``."""
    if granted.count(":") != 2 or requested.count(":") != 2:
        return granted == requested
    pairs = zip(granted.split(":"), requested.split(":"), strict=True)
    return all(has == "*" or set(needs.split(",")) <= set(has.split(",")) for has, needs in pairs)


def _storable(name: str | None, length: int) -> str:
    """A name that fits its column; PostgreSQL refuses NUL characters."""
    return (name or "").replace("\0", "")[:length]


def _who_am_i(access_token: str) -> WhoAmI:
    rate_limit.check()
    deadline = Deadline.after(SIGN_IN_SECONDS)
    client = Client(token=access_token, deadline=deadline, configuration=configuration(), on_response=rate_limit.note)
    try:
        return fetch(WhoAmIService().who_am_i(), client, site_versions(client))
    finally:
        rate_limit.publish()
