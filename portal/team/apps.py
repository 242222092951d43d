from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class TeamConfig(AppConfig):
    name = "portal.team"
    label = "team"
    verbose_name = "Team"

    def ready(self) -> None:
        user_logged_in.connect(_warm_team, dispatch_uid="portal.team.warm")


def _warm_team(sender: object, user: Any, **_: object) -> None:
    """Have the worker gather the figures while the browser is still on its way to the page."""
    from portal.team.tasks import request_warming

    request_warming(user.pk)
