from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.utils.translation import gettext_lazy as _

from portal.features import FeatureConfig, NavigationLink


class TeamConfig(FeatureConfig):
    name = "portal.team"
    label = "team"
    verbose_name = "Team"
    navigation = (
        NavigationLink(_("Your team"), "team:team", 10),
        NavigationLink(_("My page"), "team:person", 20, own=True),
    )

    def ready(self) -> None:
        user_logged_in.connect(_warm_team, dispatch_uid="portal.team.warm")


def _warm_team(sender: object, user: Any, **_: object) -> None:
    """Have the worker gather the figures while the browser is still on its way to the page."""
    from portal.team.warming import request_warming  # apps are not loaded yet when this module is

    request_warming(user.pk)
