"""The addresses of the CPD pages."""

from django.urls import path

import portal.converters  # noqa: F401  # d2l_id
from cpd import views

app_name = "cpd"
urlpatterns = [
    path(
        "cpd/records/<d2l_id:record_id>/attachments/<d2l_id:attachment_id>/",
        views.attachment,
        name="attachment",
    ),
]
