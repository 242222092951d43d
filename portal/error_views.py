"""Error pages for requests that are malformed, forbidden or lead nowhere; they reveal nothing about the site."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.debug import SafeExceptionReporterFilter


class NoVariablesReporterFilter(SafeExceptionReporterFilter):
    """Error reports without the values of variables, in debug mode too: some of them are tokens."""

    def is_active(self, request: HttpRequest | None) -> bool:
        return True

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: Any) -> Any:
        return []


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for a malformed request, or one whose session ended while it was under way."""
    return render(request, "400.html", status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for an address that does not exist, or not for this person."""
    return render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for something this person may not do."""
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form sent without a valid CSRF token."""
    return render(request, "403_csrf.html", status=403)
