"""The accounts app: people, sign-in and sign-out."""

from portal.features import FeatureConfig


class AccountsConfig(FeatureConfig):
    name = "portal.accounts"
    label = "accounts"
    verbose_name = "Accounts"
    scopes = ("users:own_profile:read", "enrollment:own_enrollment:read")  # who signs in, and their organisation role
