"""The addresses of a site whose feeds and calendars were deleted."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
