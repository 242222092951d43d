"""Asking the worker to have a team's figures ready before somebody looks, or to renew stale ones."""

from portal.background import send_best_effort
from portal.brightspace.cache import PersonCache

WARM_TEAM = "team.warm_team"  # the task's name
CLAIM = "warming"
MESSAGE_SECONDS = 20  # one message a person in this time


def request_warming(person_id: int) -> None:
    """Tell the worker that a person's team is wanted soon; without a broker the page does without."""
    if PersonCache(person_id).claim(CLAIM, MESSAGE_SECONDS):
        send_best_effort(WARM_TEAM, person_id)
