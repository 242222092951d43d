from django.urls import path

import portal.converters  # noqa: F401  # d2l_id
from content import views

app_name = "content"
urlpatterns = [
    path("courses/<d2l_id:org_unit_id>/topics/<d2l_id:topic_id>/file", views.topic_file, name="topic_file"),
]
