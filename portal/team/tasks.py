"""The worker's part in the team page: have the figures ready before somebody looks, and renew stale ones.

A message carries an id and may be lost or come twice: the page then fetches for itself.
"""

import logging
from datetime import datetime

from celery import shared_task
from django.utils import timezone, translation

from portal.accounts.languages import language_of
from portal.background import send_best_effort
from portal.brightspace.errors import BrightspaceError, RateLimited, SignInExpired
from portal.brightspace.gateway import Gateway
from portal.team.gathering import gathered_team
from portal.team.warming import CLAIM, WARM_TEAM

log = logging.getLogger(__name__)
WARM_SECONDS = 60
PAUSE_SECONDS = 5.0  # between rounds that did not bring everything
MAX_ROUNDS = 20


@shared_task(name=WARM_TEAM)  # type: ignore[untyped-decorator]  # Celery ships no types
def warm_team(person_id: int, rounds: int = 0) -> None:
    """Gather one person's team as that person, in their language, within the background's share of credits."""
    brightspace = Gateway(person_id, seconds=WARM_SECONDS, background=True)
    brightspace.cache.release(CLAIM)  # what goes stale from now on is worth a new message
    try:
        with translation.override(language_of(person_id)):
            team = gathered_team(brightspace)
    except SignInExpired:
        return  # signed out meanwhile: nobody's figures are anybody's business
    except RateLimited as limit:
        _again(person_id, rounds, limit.retry_at)
    except BrightspaceError as error:
        log.info("Warming a team ended early: %s", type(error).__name__)
    else:
        if not team.complete:
            _again(person_id, rounds, None)


def _again(person_id: int, rounds: int, not_before: datetime | None) -> None:
    """Go on where this round ended, later: the worker does other work meanwhile."""
    if rounds < MAX_ROUNDS:
        left = (not_before - timezone.now()).total_seconds() if not_before else 0.0
        send_best_effort(WARM_TEAM, person_id, rounds + 1, pause=max(left, PAUSE_SECONDS))
