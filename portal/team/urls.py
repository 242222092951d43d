from django.urls import path

from portal.team import views

app_name = "team"
urlpatterns = [
    path("team/", views.team, name="team"),
    path("team/export.csv", views.team_export, name="export"),
    path("team/refresh/", views.team_refresh, name="refresh"),
    path("people/<int:person_id>/", views.person, name="person"),
    path("people/<int:person_id>/refresh/", views.person_refresh, name="person_refresh"),
]
