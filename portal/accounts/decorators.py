"""Decorators that settle who may open a page: anybody signed in, or administrators only."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec, cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django_htmx.middleware import HtmxDetails

from portal.accounts.models import Person
from portal.accounts.roles import is_admin
from portal.brightspace.errors import BrightspaceError
from portal.brightspace.gateway import Gateway
from portal.middleware import sign_in_again

IS_ADMIN = "is_admin"
ROLE_SECONDS = 3.0
P = ParamSpec("P")


class SignedInRequest(HttpRequest):
    """A request of somebody who has signed in."""

    user: Person
    htmx: HtmxDetails


View = Callable[Concatenate[SignedInRequest, P], HttpResponseBase]


def signed_in(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Lead whoever is not signed in through sign-in and back."""

    def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(cast(SignedInRequest, request), *args, **kwargs)
        return sign_in_again(request)

    return update_wrapper(opened, view)


def admins_only(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Open to those whose role at the organisation Brightspace calls an administrator's; 404 to others."""

    def opened(request: SignedInRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not is_admin(Gateway(request.user.pk)):
            raise Http404
        request.session[IS_ADMIN] = True
        return view(request, *args, **kwargs)

    return signed_in(update_wrapper(opened, view))


def remember_role(request: HttpRequest, person_id: int) -> None:
    """Note at sign-in whether the navigation offers an admin's page, so that no page has to ask for it.

    The page itself asks Brightspace each time: a role may have changed since. Without an answer the link
    is missing and the page can still be opened by its address.
    """
    if settings.PORTAL_ROSTER != "file":
        return
    try:
        request.session[IS_ADMIN] = is_admin(Gateway(person_id, seconds=ROLE_SECONDS))
    except BrightspaceError:
        request.session.pop(IS_ADMIN, None)
