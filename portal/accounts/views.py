"""Views of the front page, sign-in with Brightspace, and sign-out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from portal.accounts import oauth_sign_in
from portal.accounts.decorators import remember_role
from portal.accounts.languages import is_offered, remember_language, set_language_cookie, settle_language
from portal.accounts.sign_in_errors import SignInFailed
from portal.brightspace.errors import BrightspaceError


@require_safe
def welcome(request: HttpRequest) -> HttpResponse:
    """The front page: what the portal is, and a link to sign-in; for people who are signed in, their team."""
    if request.user.is_authenticated:
        return redirect("team:team")
    return render(request, "accounts/sign_in.html")


@require_GET
def sign_in(request: HttpRequest) -> HttpResponse:
    """Redirect to Brightspace's sign-in, with state and PKCE bound to this session."""
    back = oauth_sign_in.own_url(request, request.GET.get("next"), reverse("team:team"))
    try:
        return redirect(oauth_sign_in.start(request, back))
    except SignInFailed as error:
        return _error_page(request, error.title, error.message, back, error.status)


@require_GET
def callback(request: HttpRequest) -> HttpResponse:
    """The address that Brightspace redirects to: exchange the code for tokens and start the session."""
    back = oauth_sign_in.return_url(request)
    try:
        person = oauth_sign_in.start_session(request, oauth_sign_in.tokens_for(request))
    except SignInFailed as error:
        return _error_page(request, error.title, error.message, back, error.status)
    except BrightspaceError as error:
        return _error_page(request, _("Signing in did not work"), error.message, back, 503)
    remember_role(request, person.pk)
    response = redirect(back)
    settle_language(request, response, person)
    return response


def _error_page(request: HttpRequest, title: str, message: str, back: str, status: int) -> HttpResponse:
    context = {"title": title, "message": message, "retry_url": oauth_sign_in.sign_in_url(back), "status": status}
    return render(request, "accounts/sign_in_problem.html", context, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session and delete the person's tokens."""
    oauth_sign_in.end_session(request)
    return render(request, "accounts/signed_out.html")


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """The switch in the menu: this language from now on, and back to the page it was chosen on."""
    language = request.POST.get("language", "")
    response = redirect(oauth_sign_in.own_url(request, request.POST.get("next"), reverse("accounts:welcome")))
    if is_offered(language):
        set_language_cookie(response, language)
        if request.user.is_authenticated:
            remember_language(request.user, language, chosen=True)
    return response
