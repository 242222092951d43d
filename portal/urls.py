"""Every address of the site: the module ``urls`` of each feature that has one."""

from django.urls import include, path

from portal import features

urlpatterns = [path("", include(module)) for module in features.url_modules()]
handler400 = "portal.error_views.bad_request"
handler404 = "portal.error_views.not_found"
handler403 = "portal.error_views.forbidden"
