from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    name = "tracker.partnerships"
