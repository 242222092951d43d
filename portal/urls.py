"""Every address of the site. Features are named here and in the settings, nowhere else."""

from django.urls import include, path

urlpatterns = [
    path("", include("portal.accounts.urls")),
    path("", include("portal.rosters.urls")),
    path("", include("portal.team.urls")),
    path("", include("cpd.urls")),
    path("", include("content.urls")),
]
handler400 = "portal.error_views.bad_request"
handler404 = "portal.error_views.not_found"
handler403 = "portal.error_views.forbidden"
