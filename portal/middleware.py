"""What holds for every answer: privacy headers, and Brightspace's errors told in a manager's words."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from portal.brightspace.errors import (
    BrightspaceError,
    Gone,
    NotFound,
    NotPermitted,
    RateLimited,
    Refused,
    ScopeMissing,
    SignInExpired,
)

GetResponse = Callable[[HttpRequest], HttpResponse]
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class Privacy:
    """Nobody's page is kept by a browser or proxy; one address serves a page and its parts."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if not request.path.startswith(f"/{settings.STATIC_URL.strip('/')}/"):
            response.headers.setdefault("Cache-Control", "no-store, private")
            patch_vary_headers(response, ["HX-Request"])
        return response


class BrightspaceErrors:
    """The one place where what Brightspace had against a page becomes an answer."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, SignInExpired):
            return sign_in_again(request)
        if isinstance(exception, BrightspaceError):
            return told(request, exception)
        return None


def sign_in_again(request: HttpRequest) -> HttpResponse:
    """Lead through sign-in and back to the page the person looks at."""
    here = request.headers.get("HX-Current-URL") if request.headers.get("HX-Request") else None
    back = _own_path(here) or (request.get_full_path() if request.method == "GET" else reverse("team"))
    address = f"{reverse('signin')}?{urlencode({'next': back})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def told(request: HttpRequest, error: BrightspaceError) -> HttpResponse:
    """A page that says what is missing, why, and what to do; a fragment gets the sentence alone."""
    title, status = _meaning(error)
    again = ("Sign in again", reverse("signin")) if isinstance(error, ScopeMissing) else ("Try again", request.path)
    context = {
        "title": title,
        "sentence": error.sentence,
        "again_label": again[0],
        "again_href": again[1],
        "status": status,
    }
    template = "problem.html#error-message" if request.headers.get("HX-Request") else "problem.html"
    response = render(request, template, context, status=status)
    if isinstance(error, RateLimited) and error.retry_at:
        seconds = (error.retry_at - timezone.now()).total_seconds()
        response.headers["Retry-After"] = str(max(1, round(seconds)))
    return response


def _meaning(error: BrightspaceError) -> tuple[str, int]:
    match error:
        case NotPermitted():
            return "Brightspace does not let you see this", 403
        case ScopeMissing():
            return "The portal is missing a permission", 403
        case NotFound():
            return "Not found", 404
        case Gone():
            return "No longer there", 410
        case Refused():
            return "Brightspace refused this", 400
        case RateLimited():
            return "Brightspace is busy", 503
    return "Brightspace cannot be reached", 503


def _own_path(address: str | None) -> str | None:
    """The path of an address of this site, as the browser names it."""
    prefix = f"{settings.PORTAL_PUBLIC_URL}/"
    return address[len(prefix) - 1 :] if address and address.startswith(prefix) else None
