from django.urls import path

from portal.rosters import views

app_name = "rosters"
urlpatterns = [path("roster/", views.roster, name="roster")]
