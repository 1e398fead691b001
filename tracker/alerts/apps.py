from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "tracker.alerts"
