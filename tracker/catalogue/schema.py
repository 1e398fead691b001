"""The sections of the catalogue: the format of the files, in one place.

CONTRIBUTING shows how to add a vendor; `manage.py catalogue check` names every key it does not know.
"""

from typing import Any

from tracker.catalogue import rules
from tracker.catalogue.claims import COMMITMENTS, FINDINGS, PARTNERSHIPS, QUESTIONS
from tracker.catalogue.fields import Address, Date, Field, Flag, Number, Text, Word
from tracker.catalogue.keys import NOTE, SLUG, organization, place, technology
from tracker.catalogue.parts import Evidence, Names
from tracker.catalogue.tables import Table
from tracker.catalogue.watches import Watches
from tracker.commitments.models import Commitment
from tracker.evidence.models import OrganizationCitation, ProductCitation, Source
from tracker.organizations.models import Alias, Organization, Place, Product, ProductAlias, Technology

FORMAT = 1
"""Raised when the same files lead to other rows, so that they are loaded again."""

PLACES = Table(
    "a place",
    Place,
    (
        SLUG,
        Text("name", required=True),
        Word("kind", required=True),
        Text("code"),
        Text("fips"),
        place("parent"),
    ),
    rules=(rules.place,),
)

TECHNOLOGIES = Table("a technology", Technology, (SLUG, Text("name", required=True), Text("description")))

SOURCES = Table(
    "a source",
    Source,
    (
        SLUG,
        Text("title", required=True),
        Flag("described", attr="title_is_description"),
        Text("publisher"),
        Date("published", attr="published_on"),
        Word("kind", required=True),
        Address("url", once="normalised_url"),
        Address("archived_at", attr="archive_url"),
        Text("seen"),
        NOTE,
    ),
    rules=(rules.source,),
)


def _organizations(title: str, role: str, section: str, kind: Word, *more: Field) -> Table:
    return Table(
        title,
        Organization,
        (
            SLUG,
            Text("name", required=True),
            kind,
            Word("standing", usual="active"),
            organization("parent", to=(section,)),
            Date("parent_since"),
            place("place"),
            *more,
            Address("website"),
            NOTE,
            Text("origin"),
        ),
        (
            Names("aliases", model=Alias, parent="organization"),
            Evidence("evidence", model=OrganizationCitation),
            Watches("watches"),
        ),
        fixed={"role": role},
        rules=(rules.organization,),
    )


VENDORS = _organizations("a vendor", "vendor", "vendors", Word("kind", usual="company"))
AGENCIES = _organizations(
    "an agency",
    "agency",
    "agencies",
    Word("kind", required=True),
    Text("ori"),
    Number("latitude", decimals=5, low=-90, high=90),
    Number("longitude", decimals=5, low=-180, high=180),
)
BODIES = _organizations("an organisation", "body", "organizations", Word("kind", required=True))

PRODUCTS = Table(
    "a product",
    Product,
    (
        SLUG,
        Text("name", required=True),
        organization("vendor", required=True, to=("vendors",)),
        technology(required=True),
        Date("launched"),
        Date("ended"),
        NOTE,
    ),
    (Names("aliases", model=ProductAlias, parent="product"), Evidence("evidence", model=ProductCitation)),
    rules=(rules.product,),
)

SECTIONS: dict[str, Table] = {
    "places": PLACES,
    "technologies": TECHNOLOGIES,
    "sources": SOURCES,
    "vendors": VENDORS,
    "agencies": AGENCIES,
    "organizations": BODIES,
    "products": PRODUCTS,
    "commitments": COMMITMENTS,
    "partnerships": PARTNERSHIPS,
    "findings": FINDINGS,
    "questions": QUESTIONS,
}
"""In the order in which they are loaded: what others refer to comes first."""

REDIRECTED: tuple[Any, ...] = (Source, Organization, Product, Commitment)
"""Tables that keep former slugs."""
