"""The form of a lead about a partnership: what an accept saves, as it will be saved."""

from typing import Any

from django import forms

from tracker.desk.partnerships import proposed
from tracker.desk.refusals import Malformed
from tracker.organizations.fields import PartialDateFormField
from tracker.partnerships.models import Partnership
from tracker.watch.models import Lead

_DATE = "2020-06-10, 2020-06 or 2020"
_KINDS = [(kind.value, kind.label.lower()) for kind in Partnership.Kind]
_STATUS = [(word, word) for word in ("reported", "confirmed", "ended", "paused", "denied")]


class PartnershipForm(forms.Form):
    """Who serves whom with what, and what the source says of it. `edits()` has the shape of what it proposes."""

    groups = (
        (
            "Who serves whom",
            ("action",),
            ("vendor", "client", "status", "kind", "product", "technology", "partnership"),
        ),
        ("When", ("action", "declared_on", "effective_from"), ("declared_on", "started", "ended")),
    )
    tells_itself_by = "status"
    carve_outs = None

    vendor = forms.SlugField(max_length=200, label="Vendor", help_text="the slug of who sells or runs it")
    client = forms.SlugField(max_length=200, label="Client", help_text="the slug of who is served")
    status = forms.ChoiceField(choices=_STATUS, label="What the source says of it")
    kind = forms.ChoiceField(choices=_KINDS, label="Kind")
    product = forms.SlugField(required=False, max_length=200, label="Product", help_text="its slug, if one is named")
    technology = forms.SlugField(
        required=False, max_length=200, label="Technology", help_text="a slug; empty: the product's"
    )
    partnership = forms.ChoiceField(required=False, label="Which record it changes")
    declared_on = PartialDateFormField(label="Said on", help_text=_DATE)
    started = PartialDateFormField(required=False, label="Started", help_text="of a new record")
    ended = PartialDateFormField(required=False, label="Ended", help_text=f"only if it has ended. {_DATE}")

    def __init__(self, data: Any = None, *, lead: Lead) -> None:
        self.lead = lead
        begun = proposed.completed(lead)
        super().__init__(data, initial=begun)
        of = {role: str((data or {}).get(role) or begun[role]).replace("\0", "") for role in ("vendor", "client")}
        known = Partnership.objects.between(of["vendor"], of["client"]).select_related("vendor", "client", "product")
        self.known = list(known)
        self.fields["partnership"] = forms.ChoiceField(
            choices=[
                ("", "none named"),
                *(
                    (one.slug, f"{one.slug} ({one.get_kind_display()}, {one.get_status_display()})".lower())
                    for one in self.known
                ),
            ],
            required=False,
            label="Which record it changes",
            help_text="none named: it is a new one; what has ended or rests changes the only one there is",
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            try:
                proposed.read(self.lead, self.edits())
            except Malformed as error:
                self.show(error)
        return cleaned

    def edits(self) -> dict[str, Any]:
        """What was typed, in the shape of what a lead proposes."""
        said = self.cleaned_data
        return {name: said[name] or None for name in self.fields}

    def show(self, refused: Malformed) -> None:
        """Put what is wrong beside the field it is wrong with."""
        for field, why in refused.problems.items():
            self.add_error(field if field in self.fields else None, why)
