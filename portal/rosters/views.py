"""The pages on which an admin uploads who reports to whom: the roster in use, and the check of an uploaded file."""

import logging
import math
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import SignedInRequest, admins_only
from portal.brightspace.errors import BrightspaceError
from portal.brightspace.gateway import Gateway
from portal.rosters.forms import ApplyForm, EncodingForm, NamesForm, RosterForm
from portal.rosters.models import RosterCheck
from portal.rosters.upload import steps
from portal.rosters.upload.application import NotApplied, apply_check, roster_in_use
from portal.rosters.upload.check_page import check_page
from portal.rosters.upload.reading.columns import NotARoster
from portal.rosters.upload.reading.roster_file import MAX_FILE_BYTES

log = logging.getLogger(__name__)
STOPPED = -1  # seconds until the page goes on by itself: never
CheckView = Callable[[SignedInRequest, RosterCheck], HttpResponse]
Opened = Callable[[HttpRequest, int], HttpResponseBase]


@require_http_methods(["GET", "HEAD", "POST"])
@admins_only
def roster(request: SignedInRequest) -> HttpResponse:
    """The roster in use and the admin's checks; a file sent here is read, and leads to its check."""
    _require_uploads()
    form = RosterForm(request.POST, request.FILES) if request.method == "POST" else RosterForm()
    file_name = ""
    if form.is_bound and form.is_valid():
        upload = form.cleaned_data["roster"]
        try:
            check = steps.start_check(request.user, upload.name, upload.read(MAX_FILE_BYTES + 1))
        except NotARoster as error:
            form.add_error("roster", error.message)
            file_name = upload.name
        else:
            return _continue(request, check, Gateway(request.user.pk, seconds=steps.STEP_SECONDS))
    checks = steps.own_checks(request.user)
    context = {"form": form, "file_name": file_name, "current": roster_in_use(), "checks": checks}
    return render(request, "rosters/roster.html", context)


def own_check(view: CheckView) -> Opened:
    """Give a view the check that its address names; without one of the admin's, lead to the roster page."""

    @admins_only
    @wraps(view)
    def opened(request: SignedInRequest, check_id: int) -> HttpResponse:
        _require_uploads()
        if (check := steps.own_check(request.user, check_id)) is None:
            messages.error(request, _("This check is too old or was not made by you. Check the file again."))
            return redirect("rosters:roster")
        return view(request, check)

    return opened


def posted(view: CheckView) -> Opened:
    """A view that changes something; opening its address leads to the check."""

    @wraps(view)
    def opened(request: SignedInRequest, check: RosterCheck) -> HttpResponse:
        return view(request, check) if request.method == "POST" else _to_check(check)

    return require_http_methods(["GET", "HEAD", "POST"])(own_check(opened))


@require_safe
@own_check
def check(request: SignedInRequest, check: RosterCheck) -> HttpResponse:
    """What is known of an uploaded file; while people are being looked up the page goes on by itself."""
    context = {"page": check_page(check, request.GET), "pause": _pause(request)}
    return render(request, "rosters/check.html#check" if request.htmx else "rosters/check.html", context)


@posted
def choose_encoding(request: SignedInRequest, check: RosterCheck) -> HttpResponse:
    """Read the file in the encoding that was chosen."""
    form = EncodingForm(request.POST)
    if check.state == RosterCheck.State.APPLIED:
        return _to_check(check)
    if not form.is_valid():
        messages.error(request, _("Choose the reading that is right."))
        return _to_check(check)
    try:
        steps.read_again(check, form.cleaned_data["encoding"])
    except NotARoster as error:
        messages.error(request, error.message)
        return _to_check(check)
    return _continue(request, check, Gateway(request.user.pk, seconds=steps.STEP_SECONDS))


@posted
def continue_lookup(request: SignedInRequest, check: RosterCheck) -> HttpResponse:
    """Look up more people. What a file needs beyond its first step comes from the share of background work."""
    return _continue(request, check, Gateway(request.user.pk, seconds=steps.STEP_SECONDS, background=True))


@posted
def choose_names(request: SignedInRequest, check: RosterCheck) -> HttpResponse:
    """Use Brightspace's names for rows that have somebody else's, or leave these rows out."""
    form = NamesForm(request.POST)
    if check.state == RosterCheck.State.CHECKED and form.is_valid():
        steps.accept_names(check, form.cleaned_data["accepts"])
    return _to_check(check)


@posted
def compare_again(request: SignedInRequest, check: RosterCheck) -> HttpResponse:
    """Compare the file with the roster that is in use now."""
    if check.state == RosterCheck.State.CHECKED:
        steps.compare_again(check)
    return _to_check(check)


@posted
def apply(request: SignedInRequest, check: RosterCheck) -> HttpResponse:
    """Put the file in use."""
    form = ApplyForm(request.POST)
    form.is_valid()
    confirmed, without_bad = form.cleaned_data["confirmed"], form.cleaned_data["without_bad"]
    try:
        applied = apply_check(check, without_bad=without_bad, confirmed=confirmed)
    except NotApplied as error:
        messages.error(request, error.message)
        return _to_check(check)
    log.info("Person %s applied roster %s.", request.user.pk, applied.pk)
    messages.success(request, _("The new roster is in use."))
    return redirect("rosters:roster")


def _continue(request: SignedInRequest, check: RosterCheck, brightspace: Gateway) -> HttpResponse:
    """Take one step of looking people up, and say what Brightspace had against it."""
    if check.state != RosterCheck.State.LOOKUP:
        return _to_check(check)
    before = bytes(check.lookup)
    failure = steps.continue_check(check, brightspace)
    if failure:
        messages.warning(request, failure.message)
    return _to_check(check, _seconds_to_pause(failure, went_on=check.lookup != before))


def _seconds_to_pause(failure: BrightspaceError | None, *, went_on: bool) -> int:
    """When to go on: at once (0), when Brightspace has credits again, or never if it only fails."""
    if failure and failure.retry_at:
        return max(1, math.ceil((failure.retry_at - timezone.now()).total_seconds()))
    if not went_on:
        return STOPPED
    return 1 if failure else 0


def _to_check(check: RosterCheck, pause: int = 0) -> HttpResponse:
    address = reverse("rosters:check", args=[check.pk])
    return redirect(f"{address}?pause={pause}" if pause else address)


def _pause(request: SignedInRequest) -> int:
    """In how many seconds the page goes on by itself, 0 for at once; STOPPED for never."""
    written = request.GET.get("pause", "")
    if written == str(STOPPED):
        return STOPPED
    return min(int(written), 600) if written.isascii() and written.isdecimal() and len(written) < 5 else 0


def _require_uploads() -> None:
    if settings.PORTAL_ROSTER != "file":
        raise Http404
