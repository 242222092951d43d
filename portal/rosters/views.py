"""The page on which an admin uploads who reports to whom."""

import logging
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from portal.accounts.decorators import SignedInRequest, admins_only
from portal.brightspace.gateway import Gateway
from portal.rosters.forms import ApplyForm, RosterForm
from portal.rosters.upload import application

log = logging.getLogger(__name__)
LOOKUP_SECONDS = 45.0


@require_http_methods(["GET", "HEAD", "POST"])
@admins_only
def roster(request: SignedInRequest) -> HttpResponse:
    """The roster in use; a file sent here is checked, and applied once the admin confirms."""
    if settings.PORTAL_ROSTER != "file":
        raise Http404
    if request.method != "POST":
        return _page(request, RosterForm())
    if "checked" in request.POST:
        return _apply(request)
    form = RosterForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form)
    brightspace = Gateway(request.user.pk, seconds=LOOKUP_SECONDS)
    check = application.check_upload(form.roster_file, form.cleaned_data["roster"].name, brightspace)
    return _page(request, form, check)


def _apply(request: SignedInRequest) -> HttpResponse:
    form = ApplyForm(request.POST)
    form.is_valid()
    token, without_bad = form.cleaned_data.get("checked", ""), form.cleaned_data["without_bad"]
    try:
        applied = application.apply_upload(token, request.user, without_bad=without_bad)
    except application.NotApplied as error:
        messages.error(request, error.message)
    else:
        log.info("Person %s applied roster %s.", request.user.pk, applied.pk)
        messages.success(request, gettext("The new roster is in use."))
    return redirect("rosters:roster")


def _page(request: SignedInRequest, form: RosterForm, check: application.UploadCheck | None = None) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "report": check, "current": application.roster_in_use()}
    return render(request, "rosters/roster.html", context)
