"""/api/"""

from django.urls import path

from tracker.api.endpoints import api

urlpatterns = [path("v1/", api.urls)]
