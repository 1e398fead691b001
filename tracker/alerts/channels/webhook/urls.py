"""What a webhook is, and where a subscriber adds and keeps them. The token is the one of their manage page."""

from django.urls import path

from tracker.alerts.channels.webhook import views

urlpatterns = [
    path("webhooks/", views.guide, name="webhook_guide"),
    path("subscriptions/manage/<str:token>/webhooks/", views.add, name="webhook_add"),
    path("subscriptions/manage/<str:token>/webhooks/<int:number>/", views.webhook, name="webhook"),
]
