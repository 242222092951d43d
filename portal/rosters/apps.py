"""The rosters feature: who reports to whom."""

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from portal.features import Audience, FeatureConfig, NavigationLink


class RostersConfig(FeatureConfig):
    """What the feature adds to the site."""

    name = "portal.rosters"
    label = "rosters"
    verbose_name = _("Rosters")

    @property
    def scopes(self) -> tuple[str, ...]:  # type: ignore[override]
        """What the roster provider in use asks for."""
        provider = import_string(settings.ROSTER_PROVIDERS[settings.PORTAL_ROSTER])
        return tuple(provider.scopes)

    @property
    def navigation(self) -> tuple[NavigationLink, ...]:  # type: ignore[override]
        """The page for uploading a roster exists for one provider only."""
        if settings.PORTAL_ROSTER != "file":
            return ()
        return (NavigationLink(_("Roster"), "rosters:roster", 90, Audience.ADMINS),)
