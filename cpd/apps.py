"""The CPD feature: progress towards CPD targets, and CPD records."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class CpdConfig(AppConfig):
    """Django's entry to the feature; ``scopes`` are those that its pages need."""

    name = "cpd"
    verbose_name = gettext_lazy("CPD")
    scopes = ("cpd:records:read", "cpd:targets:read")
