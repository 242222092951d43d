from django.apps import AppConfig
from django.conf import settings
from django.utils.module_loading import import_string


class RostersConfig(AppConfig):
    name = "portal.rosters"
    label = "rosters"
    verbose_name = "Rosters"

    @property
    def scopes(self) -> tuple[str, ...]:
        """What the roster provider in use asks for."""
        provider = import_string(settings.ROSTER_PROVIDERS[settings.PORTAL_ROSTER])
        return tuple(provider.scopes)
