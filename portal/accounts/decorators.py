"""Decorators of views: who may open a page, anybody signed in or administrators only."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec, cast

from django.http import Http404, HttpRequest, HttpResponseBase
from django_htmx.middleware import HtmxDetails

from portal import features
from portal.accounts.models import Person
from portal.accounts.roles import is_admin
from portal.brightspace.errors import BrightspaceError
from portal.brightspace.gateway import Gateway
from portal.middleware import redirect_to_sign_in

IS_ADMIN = "is_admin"  # the session key of what remember_role found
ROLE_DEADLINE_SECONDS = 3.0
P = ParamSpec("P")


class SignedInRequest(HttpRequest):
    """A request of somebody who has signed in."""

    user: Person
    htmx: HtmxDetails


View = Callable[Concatenate[SignedInRequest, P], HttpResponseBase]


def signed_in(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Open to people who are signed in; others are redirected to sign-in, which leads back."""

    def wrapper(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(cast(SignedInRequest, request), *args, **kwargs)
        return redirect_to_sign_in(request)

    return update_wrapper(wrapper, view)


def admins_only(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Open to people with an administrator's role in the organisation; 404 for others. Asks Brightspace each time."""

    def wrapper(request: SignedInRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not is_admin(Gateway(request.user.pk)):
            raise Http404
        request.session[IS_ADMIN] = True
        return view(request, *args, **kwargs)

    return signed_in(update_wrapper(wrapper, view))


def remember_role(request: HttpRequest, person_id: int) -> None:
    """Store in the session whether the person is an administrator; the navigation shows links by it.

    It decides about links only: the pages themselves are guarded by ``admins_only``. If Brightspace does not answer,
    the links are missing. Without links for administrators nothing is asked.
    """
    if all(link.audience is not features.Audience.ADMINS for link in features.navigation()):
        return
    try:
        request.session[IS_ADMIN] = is_admin(Gateway(person_id, seconds=ROLE_DEADLINE_SECONDS))
    except BrightspaceError:
        request.session.pop(IS_ADMIN, None)
