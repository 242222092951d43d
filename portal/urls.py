"""Every address of the site. Features are named here and in the settings, nowhere else."""

from django.urls import include, path

from portal import health

urlpatterns = [
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("", include("portal.people.urls")),
]
handler404 = "portal.problems.not_found"
handler403 = "portal.problems.forbidden"
