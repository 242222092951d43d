"""Middleware for every response: privacy headers, and pages for the errors of Brightspace."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

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
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class PrivacyHeadersMiddleware:
    """Adds headers that keep browsers and proxies from storing pages.

    ``Vary`` names ``HX-Request``: one address serves a whole page, and a fragment of it to htmx.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if not request.path.startswith(f"/{settings.STATIC_URL.strip('/')}/"):
            response.headers.setdefault("Cache-Control", "no-store, private")
            patch_vary_headers(response, ["HX-Request"])
        return response


class PageCompressionMiddleware(GZipMiddleware):
    """Compresses pages and fragments; files pass as they are, with their length."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        return response if response.streaming else super().process_response(request, response)


class BrightspaceErrorMiddleware:
    """Turns a BrightspaceError that a view raised into a page, or into a redirect to sign-in."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, SignInExpired):
            return redirect_to_sign_in(request)
        if isinstance(exception, BrightspaceError):
            return error_response(request, exception)
        return None


def redirect_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Redirect to sign-in, which leads back to the page the person looks at; htmx gets its own kind of redirect."""
    shown_url = request.headers.get("HX-Current-URL") if request.headers.get("HX-Request") else None
    back = _own_path(shown_url) or (request.get_full_path() if request.method == "GET" else reverse("team:team"))
    url = f"{reverse('accounts:sign_in')}?{urlencode({'next': back})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def error_response(request: HttpRequest, error: BrightspaceError) -> HttpResponse:
    """An error page: what is missing, why, and what to do. A request for a fragment gets the message alone."""
    title, status = _title_and_status(error)
    retry = (
        (_("Sign in again"), reverse("accounts:sign_in"))
        if isinstance(error, ScopeMissing)
        else (_("Try again"), request.path)
    )
    context = {
        "title": title,
        "message": error.message,
        "retry_label": retry[0],
        "retry_url": retry[1],
        "status": status,
    }
    template = "problem.html#error-message" if request.headers.get("HX-Request") else "problem.html"
    response = render(request, template, context, status=status)
    if isinstance(error, RateLimited) and error.retry_at:
        seconds = (error.retry_at - timezone.now()).total_seconds()
        response.headers["Retry-After"] = str(max(1, round(seconds)))
    return response


def _title_and_status(error: BrightspaceError) -> tuple[str, int]:
    match error:
        case NotPermitted():
            return _("Brightspace does not let you see this"), 403
        case ScopeMissing():
            return _("The portal is missing a permission"), 403
        case NotFound():
            return _("Not found"), 404
        case Gone():
            return _("No longer there"), 410
        case Refused():
            return _("Brightspace refused this"), 400
        case RateLimited():
            return _("Brightspace is busy"), 503
    return _("Brightspace cannot be reached"), 503


def _own_path(url: str | None) -> str | None:
    """Path and query of a URL of this site; None for any other URL."""
    prefix = f"{settings.PORTAL_PUBLIC_URL}/"
    return url[len(prefix) - 1 :] if url and url.startswith(prefix) else None
