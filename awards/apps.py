from portal.features import FeatureConfig


class AwardsConfig(FeatureConfig):
    name = "awards"
    verbose_name = "Awards"
    # All but the certificates list no scope of their own: they need the general one.
    scopes = ("core:*:*", "awards:certificate:read")
