"""Signing in with Brightspace, and signing out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST, require_safe

from portal.accounts import oauth_sign_in
from portal.accounts.decorators import remember_role
from portal.accounts.sign_in_errors import NotSignedIn
from portal.brightspace.errors import BrightspaceError


@require_safe
def welcome(request: HttpRequest) -> HttpResponse:
    """The front door: the team for whoever has signed in, else what this is and one way in."""
    if request.user.is_authenticated:
        return redirect("team")
    return render(request, "accounts/sign_in.html")


@require_GET
def sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to Brightspace's sign-in, with state and PKCE bound to this session."""
    back = oauth_sign_in.own_address(request, request.GET.get("next"), reverse("team"))
    try:
        return redirect(oauth_sign_in.start(request, back))
    except NotSignedIn as problem:
        return _problem(request, problem.title, problem.sentence, back, problem.status)


@require_GET
def callback(request: HttpRequest) -> HttpResponse:
    """Back from Brightspace: trade the code for tokens and begin the session."""
    back = oauth_sign_in.back_to(request)
    try:
        person = oauth_sign_in.begin(request, oauth_sign_in.tokens_for(request))
    except NotSignedIn as problem:
        return _problem(request, problem.title, problem.sentence, back, problem.status)
    except BrightspaceError as error:
        return _problem(request, "Signing in did not work", error.sentence, back, 503)
    remember_role(request, person.pk)
    return redirect(back)


def _problem(request: HttpRequest, title: str, sentence: str, back: str, status: int) -> HttpResponse:
    context = {"title": title, "sentence": sentence, "again": oauth_sign_in.address_of(back), "status": status}
    return render(request, "accounts/sign_in_problem.html", context, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    oauth_sign_in.end(request)
    return render(request, "accounts/signed_out.html")
