"""The operators' tables: what happened, and questions."""

from django.contrib import admin

from tracker.organizations.admin import CitationInline, RecordAdmin
from tracker.record.models import Finding, FindingCitation, Question, QuestionCitation


class FindingCitationInline(CitationInline):
    model = FindingCitation


class QuestionCitationInline(CitationInline):
    model = QuestionCitation


@admin.register(Finding)
class FindingAdmin(RecordAdmin):
    list_display = ("title", "kind", "subject", "on", "published_on")
    list_filter = ("kind",)
    list_select_related = ("subject",)
    search_fields = ("title", "slug", "summary")
    raw_id_fields = ("subject", "agency", "product", "by")
    inlines = (FindingCitationInline,)


@admin.register(Question)
class QuestionAdmin(RecordAdmin):
    list_display = ("text", "asked_of", "asked_on", "outcome", "published_on")
    list_filter = ("outcome",)
    list_select_related = ("asked_of",)
    search_fields = ("text", "slug", "asked_of__name")
    raw_id_fields = ("asked_of", "asked_by", "products")
    inlines = (QuestionCitationInline,)
