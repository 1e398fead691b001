"""Where the calendars are: /calendar/everything.ics, /calendar/<topic>/<slug>.ics, /calendar/search.ics?q=…"""

from django.urls import path

from tracker.alerts.channels.calendar import views

app_name = "calendar"
urlpatterns = [
    path("everything.ics", views.calendar, name="ics"),
    path("search.ics", views.search, name="ics_search"),
    path("<slug:topic>/<slug:slug>.ics", views.calendar, name="ics"),
]
