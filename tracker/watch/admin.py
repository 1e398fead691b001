"""The operators' tables: what is watched. Leads are decided at the desk, so here they are only shown."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from tracker.organizations.admin import RecordAdmin
from tracker.watch.models import Check, Lead, Watch


class _OnlyShown(RecordAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Watch)
class WatchAdmin(RecordAdmin):
    list_display = ("source", "organization", "kind", "state", "every", "next_check_at")
    list_filter = ("state", "kind")
    list_select_related = ("source", "organization")
    search_fields = ("source__title", "source__url", "organization__name")
    raw_id_fields = ("source", "organization")


@admin.register(Check)
class CheckAdmin(_OnlyShown):
    list_display = ("watch", "at", "outcome", "status", "reason")
    list_filter = ("outcome",)
    list_select_related = ("watch__source",)
    search_fields = ("watch__source__url",)


@admin.register(Lead)
class LeadAdmin(_OnlyShown):
    list_display = ("pk", "state", "priority", "proposed_at", "decided_by", "decided_at")
    list_filter = ("state",)
    list_select_related = ("decided_by",)
