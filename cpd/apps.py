from django.apps import AppConfig


class CpdConfig(AppConfig):
    name = "cpd"
    verbose_name = "CPD"
    scopes = ("cpd:records:read", "cpd:targets:read")
