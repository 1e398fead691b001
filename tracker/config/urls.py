"""Every address of the site, app by app."""

from django.urls import URLPattern, URLResolver, include, path

from tracker.config.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz),
    path("api/", include("tracker.api.urls")),
    path("desk/", include("tracker.desk.urls")),
    path("", include("tracker.alerts.urls")),
    path("", include("tracker.web.urls")),
]

handler400 = "tracker.web.views.errors.bad_request"
