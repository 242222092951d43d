"""The app of OAuth tokens and of the access to Brightspace."""

from django.apps import AppConfig


class BrightspaceConfig(AppConfig):
    name = "portal.brightspace"
    label = "brightspace"
    verbose_name = "Brightspace"
