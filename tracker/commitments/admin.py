"""The operators' tables: what they promised."""

from django.contrib import admin

from tracker.commitments.models import (
    CarveOut,
    CarveOutCitation,
    Commitment,
    Development,
    DevelopmentCitation,
    Term,
    TermCitation,
    Verdict,
    VerdictCitation,
)
from tracker.organizations.admin import CitationInline, RecordAdmin


class TermCitationInline(CitationInline):
    model = TermCitation


class CarveOutCitationInline(CitationInline):
    model = CarveOutCitation


class VerdictCitationInline(CitationInline):
    model = VerdictCitation


class DevelopmentCitationInline(CitationInline):
    model = DevelopmentCitation


@admin.register(Commitment)
class CommitmentAdmin(RecordAdmin):
    list_display = ("title", "slug", "actor", "kind", "nature")
    list_filter = ("kind", "nature")
    list_select_related = ("actor",)
    search_fields = ("title", "slug", "actor__name")
    raw_id_fields = ("actor", "products", "binds")


@admin.register(Term)
class TermAdmin(RecordAdmin):
    list_display = ("commitment", "order", "action", "declared_on", "end_kind", "ends_on", "published_on")
    list_filter = ("action", "end_kind")
    list_select_related = ("commitment",)
    search_fields = ("commitment__title", "commitment__slug", "summary")
    raw_id_fields = ("commitment",)
    inlines = (TermCitationInline,)


@admin.register(CarveOut)
class CarveOutAdmin(RecordAdmin):
    list_display = ("__str__", "term", "until", "published_on")
    list_select_related = ("term", "until", "organization")
    search_fields = ("words", "organization__name", "term__commitment__title")
    raw_id_fields = ("term", "until", "organization")
    inlines = (CarveOutCitationInline,)


@admin.register(Verdict)
class VerdictAdmin(RecordAdmin):
    list_display = ("commitment", "on", "value", "published_on")
    list_filter = ("value",)
    list_select_related = ("commitment",)
    search_fields = ("commitment__title", "summary")
    raw_id_fields = ("commitment",)
    inlines = (VerdictCitationInline,)


@admin.register(Development)
class DevelopmentAdmin(RecordAdmin):
    list_display = ("commitment", "on", "kind", "published_on")
    list_filter = ("kind",)
    list_select_related = ("commitment",)
    search_fields = ("commitment__title", "summary")
    raw_id_fields = ("commitment",)
    inlines = (DevelopmentCitationInline,)
