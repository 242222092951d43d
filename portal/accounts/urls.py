"""Addresses of the front page, sign-in and sign-out."""

from django.urls import path

from portal.accounts import views

urlpatterns = [
    path("", views.welcome, name="welcome"),
    path("signin/", views.sign_in, name="signin"),
    path("signin/callback/", views.callback, name="callback"),
    path("signout/", views.sign_out, name="signout"),
]
