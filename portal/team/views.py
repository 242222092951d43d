"""The team page, its export, and one person's page."""

import logging
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

from portal.accounts.decorators import SignedInRequest, signed_in
from portal.brightspace.service import Caller
from portal.rosters.roster import provider
from portal.team import export, panels, table, tasks
from portal.team.cached_team import Team, gathered_team, given_up, initials, kept_standing, team_at_hand
from portal.team.scope import person_in_scope
from portal.team.team_table import Board

log = logging.getLogger(__name__)
EXPORT_SECONDS = 45.0
MOST_IN_VAIN = 3
NO_PROGRESS = "Brightspace did not answer for {}. What is known is shown; refresh to try again."


@require_safe
@signed_in
def team(request: SignedInRequest) -> HttpResponse:
    """Direct reports and how they stand; ``figures`` asks for the part that waits for Brightspace."""
    choice = table.Choice.from_address(request.GET)
    caller = Caller(request.user.pk)
    waits = "figures" in request.GET or "wait" in request.GET
    found = gathered_team(caller) if waits else team_at_hand(caller)
    if found.stale:
        tasks.start_warming(request.user.pk)
    context = {
        "board": _board(request, found, choice),
        "query": choice.search,
        "kept": table.kept_parameters(choice),
        "nobody": provider().nobody,
        "now": timezone.now(),
    }
    return render(request, "team/team.html#team-table" if request.htmx else "team/team.html", context)


def _board(request: HttpRequest, found: Team, choice: table.Choice) -> Board:
    """The board; while figures are on their way it asks for them, as long as each asking brings some.

    Aged figures it asks for once: by then the worker has newer ones, or this page reads them itself.
    """
    board = table.board(found, choice)
    asked = table.Asked.from_address(request.GET.get("figures", ""))
    if not board.waiting:
        due = found.stale and asked == table.Asked()
        return replace(board, follow=table.follow_address(choice, asked.next(board.total))) if due else board
    following = asked.next(known=board.total - board.waiting)
    if following.in_vain > MOST_IN_VAIN:
        return replace(table.board(given_up(found), choice), notices=[NO_PROGRESS.format(_people(board.waiting))])
    return replace(board, follow=table.follow_address(choice, following))


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"


@require_GET
@signed_in
def team_export(request: SignedInRequest) -> HttpResponse:
    """The same rows as the page shows, all of them, as a sheet."""
    choice = table.Choice.from_address(request.GET)
    found = gathered_team(Caller(request.user.pk, seconds=EXPORT_SECONDS))
    rows = table.matching(found, choice)
    mark = export.BYTE_ORDER_MARK if request.GET.get("for") == "excel" else ""
    log.info("Person %s exported %s rows of their team.", request.user.pk, len(rows))
    name = f"team-{timezone.localdate():%Y-%m-%d}.csv"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(mark + export.team_csv(rows), content_type="text/csv; charset=utf-8", headers=disposition)


@require_POST
@signed_in
def team_refresh(request: SignedInRequest) -> HttpResponse:
    """Ask Brightspace anew; what is known stays until the answers come."""
    Caller(request.user.pk).cache.ask_anew()
    messages.info(request, "Reading the figures from Brightspace again.")
    choice = table.Choice.from_address(request.GET)
    return redirect(f"{reverse('team')}{choice.query(page=choice.page)}")


@require_safe
@signed_in
def person(request: SignedInRequest, person_id: int) -> HttpResponse:
    """One person of the team, or oneself; each feature's panel loads on its own."""
    caller = Caller(request.user.pk)
    report = person_in_scope(caller, request.user, person_id)
    if request.htmx:
        one = panels.one_panel(caller, report, request.GET)
        return render(request, one.template, {"panel": one.context})
    shown = {
        "person_id": person_id,
        "name": report.name,
        "initials": initials(report.name),
        "own": person_id == request.user.pk,
    }
    every = panels.all_panels(caller, report, request.GET)
    context = {"person": shown, "panels": every, "standing": kept_standing(caller, person_id), "now": timezone.now()}
    return render(request, "team/person.html", context)


@require_POST
@signed_in
def person_refresh(request: SignedInRequest, person_id: int) -> HttpResponse:
    """Ask Brightspace anew, and back to the panel whose figures were wanted."""
    caller = Caller(request.user.pk)
    person_in_scope(caller, request.user, person_id)
    caller.cache.ask_anew()
    return redirect(panels.address(person_id, panels.known(request.GET.get("panel", ""))))
