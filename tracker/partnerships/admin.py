"""The operators' tables: who works with whom."""

from django.contrib import admin

from tracker.organizations.admin import CitationInline, RecordAdmin
from tracker.partnerships.models import Partnership, PartnershipCitation


class PartnershipCitationInline(CitationInline):
    model = PartnershipCitation


@admin.register(Partnership)
class PartnershipAdmin(RecordAdmin):
    list_display = ("slug", "vendor", "client", "product", "kind", "status", "published_on")
    list_filter = ("kind", "status", "origin")
    list_select_related = ("vendor", "client", "product")
    search_fields = ("slug", "vendor__name", "client__name")
    raw_id_fields = ("vendor", "client", "product", "via")
    inlines = (PartnershipCitationInline,)
