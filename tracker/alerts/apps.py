from importlib import import_module

from django.apps import AppConfig
from django.conf import settings


class AlertsConfig(AppConfig):
    name = "tracker.alerts"

    def ready(self) -> None:
        """Listen to what an e-mail service reports, where one is used."""
        if settings.ANYMAIL:
            import_module("tracker.alerts.channels.email.esp")
