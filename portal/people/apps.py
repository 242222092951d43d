from django.apps import AppConfig
from django.conf import settings
from django.utils.module_loading import import_string


class PeopleConfig(AppConfig):
    name = "portal.people"
    label = "people"
    verbose_name = "People"
    service_modules = ("portal.people.whoami", "portal.people.rosters")

    @property
    def scopes(self) -> tuple[str, ...]:
        """Signing in, the organisation role, and what the roster provider in use asks."""
        provider = import_string(settings.ROSTER_PROVIDERS[settings.PORTAL_ROSTER])
        return ("users:own_profile:read", "enrollment:own_enrollment:read", *provider.scopes)
