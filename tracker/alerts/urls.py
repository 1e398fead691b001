"""Where readers follow, confirm, change and end. A link's token is its only key: no account, no cookie."""

from django.urls import include, path

from tracker.alerts import channels, manage_views, views

app_name = "alerts"
urlpatterns = [
    *channels.pages(),
    path("subscribe/", views.subscribe, name="subscribe"),
    path("subscriptions/", manage_views.ask_for_link, name="ask_for_link"),
    path("subscriptions/confirm/<str:token>/", views.confirm, name="confirm"),
    path("subscriptions/unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("subscriptions/manage/<str:token>/", manage_views.manage, name="manage"),
    path("subscriptions/manage/<str:token>/data.json", manage_views.download, name="download"),
    path("esp/", include("tracker.alerts.channels.email.urls")),
    path("feeds/", include("tracker.alerts.channels.feed.urls")),
    path("calendar/", include("tracker.alerts.channels.calendar.urls")),
]
