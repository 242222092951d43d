from portal.features import FeatureConfig


class ContentConfig(FeatureConfig):
    name = "content"
    verbose_name = "Courses"
    # Completions, progress and overdue items list no scope of their own: they need the general one.
    scopes = ("core:*:*", "content:toc:read", "content:file:read", "enrollment:orgunit:read")
    team_columns = ("content.team_columns.OverdueColumn", "content.team_columns.CoursesColumn")
    person_panels = ("content.person_panel.ContentPanel",)
