from django.urls import path

from portal.people import roster_views, views

urlpatterns = [
    path("", views.welcome, name="welcome"),
    path("signin/", views.sign_in, name="signin"),
    path("signin/callback/", views.callback, name="callback"),
    path("signout/", views.sign_out, name="signout"),
    path("team/", views.team, name="team"),
    path("team/export.csv", views.team_export, name="team_export"),
    path("team/refresh/", views.team_refresh, name="team_refresh"),
    path("people/<int:person_id>/", views.person, name="person"),
    path("people/<int:person_id>/refresh/", views.person_refresh, name="person_refresh"),
    path("roster/", roster_views.roster, name="roster"),
]
