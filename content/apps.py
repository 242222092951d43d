from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "content"
    verbose_name = "Courses"
    # Completions, progress and overdue items list no scope of their own: they need the general one.
    scopes = ("core:*:*", "content:toc:read", "content:file:read", "enrollment:orgunit:read")
