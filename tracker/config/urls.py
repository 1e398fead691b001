"""Every address of the site, app by app."""

from django.urls import URLPattern, URLResolver, include, path

from tracker.config.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz),
    path("api/", include("tracker.api.urls")),
]
