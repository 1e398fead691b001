"""The operators' tables: evidence. What was fetched is shown and never changed."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from tracker.evidence.models import Snapshot, Source
from tracker.organizations.admin import RecordAdmin


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    list_display = ("title", "publisher", "kind", "published_on", "health")
    list_filter = ("kind", "health")
    search_fields = ("title", "slug", "url", "publisher")


@admin.register(Snapshot)
class SnapshotAdmin(RecordAdmin):
    list_display = ("source", "fetched_at", "status", "body_id")
    list_select_related = ("source",)
    search_fields = ("source__title", "final_url", "body__sha256")
    fields = readonly_fields = (
        "source",
        "fetched_at",
        "final_url",
        "status",
        "headers",
        "body",
        "extractor",
        "text",
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
