"""The site's addresses and two more, whose views fail in ways that none of its own does."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from portal.urls import handler400, handler403, handler404

__all__ = ["handler400", "handler403", "handler404"]


def forbid(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def crash(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a bug")


urlpatterns = [path("", include("portal.urls")), path("forbidden/", forbid), path("crashed/", crash)]
