"""Every address of the site. Features are named here and in the settings, nowhere else."""

from django.urls import include, path

urlpatterns = [
    path("", include("portal.people.urls")),
    path("", include("cpd.urls")),
    path("", include("content.urls")),
]
handler400 = "portal.problems.unusable"
handler404 = "portal.problems.not_found"
handler403 = "portal.problems.forbidden"
