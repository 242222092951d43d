"""The team page, its export, and one person's page."""

import logging
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST, require_safe

from portal.accounts.decorators import SignedInRequest, signed_in
from portal.brightspace.gateway import Gateway
from portal.rosters.roster import roster_provider
from portal.team import export, panels
from portal.team.cached_team import cached_standing
from portal.team.gathering import gathered_team, team_at_once, without_pending
from portal.team.query import PollState, TableQuery
from portal.team.rows import Team, initials, matching_rows
from portal.team.scope import person_in_scope
from portal.team.team_table import TeamTable, poll_url, team_table, team_url
from portal.team.warming import request_warming

log = logging.getLogger(__name__)
EXPORT_SECONDS = 45.0
MAX_FRUITLESS_POLLS = 3


@require_safe
@signed_in
def team(request: SignedInRequest) -> HttpResponse:
    """Direct reports and how they stand; ``figures`` asks for the part that waits for Brightspace."""
    query = TableQuery.from_parameters(request.GET)
    brightspace = Gateway(request.user.pk)
    waits = "figures" in request.GET or "wait" in request.GET
    found = gathered_team(brightspace) if waits else team_at_once(brightspace)
    if found.stale:
        request_warming(request.user.pk)
    context = {"table": _table(request, found, query), "nobody": roster_provider().nobody, "now": timezone.now()}
    return render(request, "team/team.html#team-table" if request.htmx else "team/team.html", context)


def _table(request: HttpRequest, found: Team, query: TableQuery) -> TeamTable:
    """The table; while figures are on their way the page polls for them, as long as each poll brings some.

    Stale figures are polled for once: by then the worker has newer ones, or this page reads them itself.
    """
    table = team_table(found, query)
    state = PollState.from_parameter(request.GET.get("figures", ""))
    if not table.pending:
        due = found.stale and state == PollState()
        return replace(table, poll_url=poll_url(query, state.next(table.total))) if due else table
    following = state.next(known=table.total - table.pending)
    if following.fruitless > MAX_FRUITLESS_POLLS:
        return replace(team_table(without_pending(found), query), notices=[_no_progress(table.pending)])
    return replace(table, poll_url=poll_url(query, following))


def _no_progress(people: int) -> str:
    return ngettext(
        "Brightspace did not answer for %(count)d person. What is known is shown; refresh to try again.",
        "Brightspace did not answer for %(count)d people. What is known is shown; refresh to try again.",
        people,
    ) % {"count": people}


@require_GET
@signed_in
def team_export(request: SignedInRequest) -> HttpResponse:
    """The same rows as the page shows, all of them, as a spreadsheet."""
    query = TableQuery.from_parameters(request.GET)
    found = gathered_team(Gateway(request.user.pk, seconds=EXPORT_SECONDS))
    rows = matching_rows(found, query.search, query.status, query.sort)
    byte_order_mark = export.BYTE_ORDER_MARK if request.GET.get("for") == "excel" else ""
    log.info("Person %s exported %s rows of their team.", request.user.pk, len(rows))
    name = f"team-{timezone.localdate():%Y-%m-%d}.csv"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    content = byte_order_mark + export.team_csv(rows)
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=disposition)


@require_POST
@signed_in
def team_refresh(request: SignedInRequest) -> HttpResponse:
    """Ask Brightspace anew; what is known stays until the answers come."""
    Gateway(request.user.pk).cache.mark_stale()
    messages.info(request, _("Reading the figures from Brightspace again."))
    query = TableQuery.from_parameters(request.GET)
    return redirect(team_url(query, page=query.page))


@require_safe
@signed_in
def person(request: SignedInRequest, person_id: int) -> HttpResponse:
    """One person of the team, or oneself; each feature's panel loads on its own."""
    brightspace = Gateway(request.user.pk)
    somebody = person_in_scope(brightspace, request.user, person_id)
    if request.htmx:
        panel = panels.one_panel(brightspace, somebody, request.GET)
        return render(request, panel.template, {"panel": panel.content, "refresh": panel.refresh_url})
    context = {
        "person": somebody,
        "initials": initials(somebody.name),
        "own": person_id == request.user.pk,
        "panels": panels.all_panels(brightspace, somebody, request.GET),
        "standing": cached_standing(brightspace, person_id),
        "now": timezone.now(),
    }
    return render(request, "team/person.html", context)


@require_POST
@signed_in
def person_refresh(request: SignedInRequest, person_id: int) -> HttpResponse:
    """Ask Brightspace anew, and back to the panel whose figures were wanted."""
    brightspace = Gateway(request.user.pk)
    person_in_scope(brightspace, request.user, person_id)
    brightspace.cache.mark_stale()
    return redirect(panels.panel_url(person_id, panels.known_key(request.GET.get("panel", ""))))
