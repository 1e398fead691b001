from tests.imports.conftest import vendor
from tracker.imports.meant import KnownAgency, KnownVendor, loaded
from tracker.organizations.models import Alias, Organization, Place, Product, Technology


def test_organisations_are_loaded_with_their_names_products_owners_and_places(usa: Place) -> None:
    ring = vendor("doorbot", "Ring LLC", "Ring")
    owner = vendor("amazon", "Amazon.com, Inc.")
    face = Technology.objects.create(slug="face", name="Face recognition")
    for name in ("Neighbors", "Face Recognition"):
        Product.objects.create(vendor=ring, technology=face, name=name, slug=name.lower().replace(" ", "-"))
    ring.slug, ring.parent = "ring", owner
    ring.save()
    assert loaded.vendors() == [
        KnownVendor(ring.pk, ("Ring LLC", "Ring"), ("Neighbors",), owner.pk, ("doorbot",)),
        KnownVendor(owner.pk, ("Amazon.com, Inc.",)),
    ]

    county = Place.objects.create(
        kind="county", name="Sangamon", slug="sangamon", parent=Place.objects.get(slug="us-il")
    )
    city = Place.objects.create(kind="city", name="Springfield", slug="springfield", parent=county)
    agency = Organization.objects.create(
        role="agency", kind="police", name="Springfield Police", slug="springfield-il", place=city, ori="IL0840100"
    )
    Alias.objects.create(organization=agency, name="SPD")
    body = Organization.objects.create(role="agency", kind="federal", name="ICE", slug="ice", place=usa)
    assert loaded.agencies("US") == [
        KnownAgency(agency.pk, "Springfield Police", ("SPD",), "police", "IL", "Springfield", "Sangamon", "IL0840100"),
        KnownAgency(body.pk, "ICE", (), "federal"),
    ]
