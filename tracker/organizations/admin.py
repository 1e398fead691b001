"""The operators' tables: who."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db import IntegrityError, InternalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from tracker.organizations.models import Alias, Organization, Place, Product, ProductAlias, Technology

if TYPE_CHECKING:  # generic for the type checker only
    _Admin = admin.ModelAdmin[Any]
    _Inline = admin.TabularInline[Any, Any]
else:
    _Admin, _Inline = admin.ModelAdmin, admin.TabularInline


class RecordAdmin(_Admin):
    """A table whose rules PostgreSQL holds: what it refuses is told, not a server error. Nothing is then
    saved.
    """

    list_per_page = 50
    show_full_result_count = False

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """As Django's, with the database's refusal as a message on the form's page."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (IntegrityError, InternalError) as error:
            self.message_user(request, f"Not saved. {str(error).strip().splitlines()[0]}", messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())


class Inline(_Inline):
    """Rows of another table on a record's page."""

    extra = 0


class CitationInline(Inline):
    """The sources of a claim, beside it: a published claim is saved together with its citation or not at
    all.
    """

    raw_id_fields = ("source", "snapshot")


class AliasInline(Inline):
    model = Alias


class ProductAliasInline(Inline):
    model = ProductAlias


@admin.register(Organization)
class OrganizationAdmin(RecordAdmin):
    list_display = ("name", "slug", "role", "kind", "standing", "parent")
    list_filter = ("role", "kind", "standing")
    list_select_related = ("parent",)
    search_fields = ("name", "slug", "aliases__name")
    raw_id_fields = ("parent", "place")
    inlines = (AliasInline,)


@admin.register(Product)
class ProductAdmin(RecordAdmin):
    list_display = ("name", "slug", "vendor", "technology")
    list_filter = ("technology",)
    list_select_related = ("vendor", "technology")
    search_fields = ("name", "slug", "aliases__name")
    raw_id_fields = ("vendor",)
    inlines = (ProductAliasInline,)


@admin.register(Technology)
class TechnologyAdmin(RecordAdmin):
    list_display = ("name", "slug")
    search_fields = ("name", "slug")


@admin.register(Place)
class PlaceAdmin(RecordAdmin):
    list_display = ("name", "kind", "code", "parent")
    list_filter = ("kind",)
    list_select_related = ("parent",)
    search_fields = ("name", "slug", "code")
    raw_id_fields = ("parent",)
