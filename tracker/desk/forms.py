"""The desk's forms. A lead's form is the proposal as it will be saved; whatever it refuses stays as typed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tracker.commitments.lifecycle import Action, EndKind
from tracker.commitments.models import Commitment
from tracker.desk import proposals
from tracker.desk.refusals import Malformed
from tracker.evidence.models import Source
from tracker.evidence.urls import normalise
from tracker.organizations.fields import PartialDateFormField
from tracker.organizations.models import Organization
from tracker.watch.models import Lead

_DATE = "2020-06-10, 2020-06 or 2020"


def _words(of: type[Action] | type[EndKind]) -> list[tuple[str, str]]:
    return [(member.value, member.value.replace("_", " ")) for member in of]


class CarveOutForm(forms.Form):
    """Who or what is excepted; left empty, it is none."""

    organization = forms.SlugField(
        required=False, max_length=200, label="Organisation", help_text="its slug, if it has a record"
    )
    words = forms.CharField(required=False, max_length=1_000, label="or in words")
    purpose = forms.CharField(required=False, max_length=1_000, label="For what purpose")


CarveOutForms = forms.formset_factory(CarveOutForm, extra=1, max_num=50, absolute_max=60, can_delete=True)


class LeadForm(forms.Form):
    """What an accept saves, field by field. `edits()` has the shape of a proposal."""

    # The sentence that announces it says who, what and about what; that about the end says all about the end.
    groups = (
        ("Who does what", ("action",), ("actor", "action", "kind", "nature", "products", "commitment", "title")),
        ("Declared", ("declared_on",), ("declared_on",)),
        ("In effect", ("effective_from",), ("effective_from",)),
        ("Until when", ("end",), ("end_kind", "ends_on", "condition", "not_before")),
        ("For whom", ("covers",), ("covers", "silent_on")),
    )
    tells_itself_by = "action"

    actor = forms.SlugField(
        max_length=200, label="Who declared it", help_text="the slug of a company, agency or legislature"
    )
    action = forms.ChoiceField(choices=_words(Action), label="What it does")
    commitment = forms.ChoiceField(required=False, label="To which commitment")
    title = forms.CharField(
        required=False,
        max_length=250,
        label="Title of a new commitment",
        help_text="empty: made from the other fields",
    )
    kind = forms.ChoiceField(choices=Commitment.Kind.choices, label="Kind")
    nature = forms.ChoiceField(choices=Commitment.Nature.choices, label="What makes it binding")
    products = forms.CharField(
        required=False, max_length=1_000, label="Products", help_text="slugs, with commas between them"
    )
    declared_on = PartialDateFormField(label="Declared on", help_text=_DATE)
    effective_from = PartialDateFormField(
        required=False, label="In effect from", help_text=f"empty: from the day declared. {_DATE}"
    )
    end_kind = forms.ChoiceField(choices=_words(EndKind), label="End")
    ends_on = PartialDateFormField(required=False, label="Ends on", help_text=f"the first day not covered. {_DATE}")
    condition = forms.CharField(
        required=False, max_length=2_000, label="Condition in words", widget=forms.Textarea(attrs={"rows": 2})
    )
    not_before = PartialDateFormField(required=False, label="and not before", help_text=_DATE)
    covers = forms.CharField(
        required=False, max_length=2_000, label="Who is covered", widget=forms.Textarea(attrs={"rows": 2})
    )
    silent_on = forms.CharField(
        required=False,
        max_length=2_000,
        label="What it does not mention",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, lead: Lead) -> None:
        self.lead = lead
        proposal = lead.proposal if isinstance(lead.proposal, dict) else {}
        super().__init__(data, initial=_initial(proposal))
        actor = (data or {}).get("actor") or proposal.get("actor") or ""
        # Not cleaned yet: PostgreSQL would refuse to look for a NUL.
        own = Commitment.objects.filter(actor__slug=str(actor).replace("\0", "")).values_list("slug", "title")
        self.fields["commitment"] = forms.ChoiceField(
            choices=[("", "a new one, or the only one that runs"), *own],
            required=False,
            label="To which commitment",
        )
        self.carve_outs = CarveOutForms(data, initial=_carve_outs(proposal), prefix="carve_outs")

    def is_valid(self) -> bool:
        exceptions_hold = bool(self.carve_outs.is_valid())
        return super().is_valid() and exceptions_hold

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and self.carve_outs.is_valid():
            try:
                proposals.read(self.lead.proposal, self.edits())
            except Malformed as error:
                self.show(error)
        return cleaned

    def edits(self) -> dict[str, Any]:
        """What was typed, in the shape of a proposal."""
        said = self.cleaned_data
        # The named last day and the worked-out date belong to the proposed end; another date is the editor's
        # own.
        proposed = self.lead.proposal.get("end") if isinstance(self.lead.proposal, dict) else None
        as_proposed = isinstance(proposed, dict) and proposed.get("ends_on") == str(said["ends_on"] or "")
        end = {
            "kind": said["end_kind"],
            "ends_on": said["ends_on"],
            "condition": said["condition"],
            "not_before": said["not_before"],
            "through": as_proposed and bool(proposed and proposed.get("through")),
            "computed": as_proposed and bool(proposed and proposed.get("computed")),
        }
        return {
            **{
                name: said[name]
                for name in (
                    "action",
                    "kind",
                    "nature",
                    "title",
                    "covers",
                    "silent_on",
                    "declared_on",
                    "effective_from",
                )
            },
            "actor": said["actor"],
            "commitment": said["commitment"] or None,
            "products": tuple(slug.strip() for slug in said["products"].split(",") if slug.strip()),
            "end": end,
            "carve_outs": [
                {
                    "organization": row["organization"] or None,
                    "words": row["words"],
                    "purpose": row["purpose"],
                }
                for row in self.carve_outs.cleaned_data
                if (row.get("organization") or row.get("words")) and not row.get("DELETE")
            ],
        }

    def show(self, refused: Malformed) -> None:
        """Put what is wrong beside the field it is wrong with."""
        for field, why in refused.problems.items():
            self.add_error("end_kind" if field == "end" else field if field in self.fields else None, why)


def _initial(proposal: dict[str, Any]) -> dict[str, Any]:
    given = proposal.get("end")
    end: dict[str, Any] = given if isinstance(given, dict) else {}
    products = proposal.get("products")
    return {
        **{key: value for key, value in proposal.items() if isinstance(value, str)},
        **{name: end.get(name) for name in ("ends_on", "condition", "not_before")},
        "end_kind": end.get("kind") or EndKind.UNKNOWN.value,
        "products": ", ".join(str(slug) for slug in products) if isinstance(products, list) else "",
    }


def _carve_outs(proposal: dict[str, Any]) -> list[dict[str, Any]]:
    given = proposal.get("carve_outs")
    rows = [row for row in given if isinstance(row, dict)] if isinstance(given, list) else []
    return [{name: row.get(name) or "" for name in ("organization", "words", "purpose")} for row in rows]


class _AddressForm(forms.Form):
    url = forms.CharField(max_length=2_000, label="Address", help_text="https://…")
    title = forms.CharField(max_length=500, label="Title of the page")

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        try:
            normalise(url)
        except ValueError as error:
            raise ValidationError(str(error)) from error
        return url


class WatchForm(_AddressForm):
    """A page to watch from now on."""

    organization = forms.SlugField(
        required=False, max_length=200, label="Whose page it is", help_text="the slug of the organisation"
    )

    def clean_organization(self) -> Organization | None:
        slug = self.cleaned_data["organization"]
        found = Organization.objects.filter(slug=slug).first() if slug else None
        if slug and found is None:
            raise ValidationError(f"There is no organisation “{slug}”.")
        return found


class EvidenceForm(_AddressForm):
    """One more source for a term."""

    kind = forms.ChoiceField(choices=Source.Kind.choices, label="What it is")
    quote = forms.CharField(
        required=False,
        max_length=5_000,
        label="The words that say so",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
