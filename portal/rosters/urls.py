from django.urls import path

from portal.rosters import views

urlpatterns = [path("roster/", views.roster, name="roster")]
