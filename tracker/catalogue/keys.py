"""Keys that records of several sections have."""

from tracker.catalogue.fields import Checked, Draft, Field, Ref, Slug, Text
from tracker.organizations.models import Organization, Place, Product, Technology

EVERYBODY = ("vendors", "agencies", "organizations")
SLUG = Slug("slug", required=True)
NOTE = Text("note")


def organization(key: str, *, attr: str = "", required: bool = False, to: tuple[str, ...] = EVERYBODY) -> Ref:
    """The slug of a vendor, an agency or another body."""
    return Ref(key, attr, required, to=to, model=lambda: Organization)


def product(key: str) -> Ref:
    """The slug of a product."""
    return Ref(key, to=("products",), model=lambda: Product)


def technology(*, required: bool = False) -> Ref:
    """The slug of a technology."""
    return Ref("technology", required=required, to=("technologies",), model=lambda: Technology)


def place(key: str) -> Ref:
    """The slug of a place."""
    return Ref(key, to=("places",), model=lambda: Place)


CLAIM: tuple[Field, ...] = (
    Text("origin", usual="researched"),
    Checked("checked"),
    Draft("draft", attr="published_on"),
)
