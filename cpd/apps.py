from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class CpdConfig(AppConfig):
    name = "cpd"
    verbose_name = gettext_lazy("CPD")
    scopes = ("cpd:records:read", "cpd:targets:read")
