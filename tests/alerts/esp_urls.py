"""The addresses of a site that sends through an e-mail service."""

from django.urls import include, path

urlpatterns = [path("esp/", include("anymail.urls")), path("", include("tracker.config.urls"))]
