"""Who is on the stage when the story begins: the organisations as they stood before any promise was made."""

from dataclasses import dataclass

from tracker.organizations.models import Alias, Organization, Place, Product, ProductAlias, Technology

_VENDORS = (
    ("amazon", "Amazon.com, Inc.", "Amazon"),
    ("aws", "Amazon Web Services, Inc.", "AWS"),
    ("ring", "Ring LLC", "Ring"),
    ("ibm", "International Business Machines", "IBM"),
    ("palantir", "Palantir Technologies Inc.", "Palantir"),
)
_EXCEPTED = (
    ("thorn", "Thorn", Organization.Kind.NONPROFIT),
    ("icmec", "International Center for Missing and Exploited Children", Organization.Kind.NONPROFIT),
    ("marinus", "Marinus Analytics", Organization.Kind.COMPANY),
)


@dataclass(frozen=True)
class Cast:
    """The organisations the story names."""

    amazon: Organization
    california: Organization


def assemble() -> Cast:
    """Create them in an empty database."""
    vendors = {}
    for slug, name, alias in _VENDORS:
        vendors[slug] = Organization.objects.create(role="vendor", kind="company", slug=slug, name=name)
        Alias.objects.create(organization=vendors[slug], name=alias)
    Organization.objects.filter(slug__in=("aws", "ring")).update(parent=vendors["amazon"])
    for slug, name, kind in _EXCEPTED:
        Organization.objects.create(role="body", kind=kind, slug=slug, name=name)
    faces = Technology.objects.create(slug="face-recognition", name="Face recognition")
    rekognition = Product.objects.create(
        slug="rekognition", name="Amazon Rekognition", vendor=vendors["aws"], technology=faces
    )
    ProductAlias.objects.create(product=rekognition, name="Rekognition")
    return Cast(amazon=vendors["amazon"], california=_california())


def _california() -> Organization:
    country = Place.objects.create(kind="country", name="United States", slug="united-states", code="US")
    state = Place.objects.create(kind="state", name="California", slug="california", code="CA", parent=country)
    legislature = Organization.objects.create(
        role="agency",
        kind="legislature",
        slug="ca-legislature",
        name="California State Legislature",
        place=state,
    )
    Alias.objects.create(organization=legislature, name="California Legislature")
    return legislature
