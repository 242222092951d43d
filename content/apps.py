"""The courses feature: what people are enrolled in, how far they are, and what is overdue."""

from django.utils.translation import gettext_lazy

from portal.features import FeatureConfig


class ContentConfig(FeatureConfig):
    """What the feature adds to the site."""

    name = "content"
    verbose_name = gettext_lazy("Courses")
    # Completions, progress and overdue items list no scope of their own: they need the general one.
    scopes = ("core:*:*", "content:toc:read", "content:file:read", "enrollment:orgunit:read")
    team_columns = ("content.team_columns.OverdueColumn", "content.team_columns.CoursesColumn")
    person_panels = ("content.person_panel.ContentPanel",)
