"""The awards feature: awards as Brightspace keeps them. It adds no page yet."""

from django.utils.translation import gettext_lazy

from portal.features import FeatureConfig


class AwardsConfig(FeatureConfig):
    """What the feature adds to the site."""

    name = "awards"
    verbose_name = gettext_lazy("Awards")
    # All but the certificates list no scope of their own: they need the general one.
    scopes = ("core:*:*", "awards:certificate:read")
