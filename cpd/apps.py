"""The CPD feature: progress towards CPD targets, and CPD records."""

from django.utils.translation import gettext_lazy

from portal.features import FeatureConfig


class CpdConfig(FeatureConfig):
    """What the feature adds to the site."""

    name = "cpd"
    verbose_name = gettext_lazy("CPD")
    scopes = ("cpd:records:read", "cpd:targets:read")
    team_columns = ("cpd.team_columns.CpdColumns",)
    person_panels = ("cpd.person_panel.CpdPanel",)
