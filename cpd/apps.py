from portal.features import FeatureConfig


class CpdConfig(FeatureConfig):
    name = "cpd"
    verbose_name = "CPD"
    scopes = ("cpd:records:read", "cpd:targets:read")
    team_columns = ("cpd.team_columns.CpdColumns",)
    person_panels = ("cpd.person_panel.CpdPanel",)
