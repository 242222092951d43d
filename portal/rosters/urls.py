from django.urls import path

from portal.rosters import views

app_name = "rosters"
urlpatterns = [
    path("roster/", views.roster, name="roster"),
    path("roster/checks/<int:check_id>/", views.check, name="check"),
    path("roster/checks/<int:check_id>/encoding/", views.choose_encoding, name="encoding"),
    path("roster/checks/<int:check_id>/continue/", views.continue_lookup, name="continue"),
    path("roster/checks/<int:check_id>/names/", views.choose_names, name="names"),
    path("roster/checks/<int:check_id>/compare/", views.compare_again, name="compare"),
    path("roster/checks/<int:check_id>/apply/", views.apply, name="apply"),
]
