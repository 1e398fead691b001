"""Where the feeds are: /feeds/everything.atom, /feeds/<topic>/<slug>.json, /feeds/search.atom?q=…"""

from django.urls import URLPattern, path

from tracker.alerts.channels.feed import views

app_name = "feeds"
urlpatterns: list[URLPattern] = []
for form in views.FORMS:
    given = {"form": form}
    urlpatterns += [
        path(f"everything.{form}", views.feed, given, name=form),
        path(f"search.{form}", views.search, given, name=f"{form}_search"),
        path(f"<slug:topic>/<slug:slug>.{form}", views.feed, given, name=form),
    ]
