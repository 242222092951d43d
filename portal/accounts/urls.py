"""Addresses of the front page, sign-in and sign-out."""

from django.urls import path

from portal.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.welcome, name="welcome"),
    path("signin/", views.sign_in, name="sign_in"),
    path("signin/callback/", views.callback, name="callback"),
    path("signout/", views.sign_out, name="sign_out"),
    path("language/", views.choose_language, name="language"),
]
