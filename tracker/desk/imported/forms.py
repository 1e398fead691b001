"""The forms of the desk's import pages."""

from django import forms

from tracker.imports.datasets import DATASETS
from tracker.imports.uploads import MAPPED

_A_FILE_OF_ANYBODYS = "A file of anybody's: say which column means what"


def _datasets() -> list[tuple[str, str]]:
    known = [(name, made().about.name) for name, made in sorted(DATASETS.items())]
    return [*known, (MAPPED, _A_FILE_OF_ANYBODYS)]


class UploadForm(forms.Form):
    """A file, and of which dataset it is."""

    file = forms.FileField(label="File", help_text="CSV, XLSX, JSON or GeoJSON, up to 60 MB")
    dataset = forms.ChoiceField(label="Dataset", choices=_datasets)


class MappingForm(forms.Form):
    """Which column of a file means what, as YAML."""

    mapping = forms.CharField(
        label="Mapping",
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false"}),
        help_text="YAML: a field, and the column it comes from. What is not needed can be left out.",
    )
