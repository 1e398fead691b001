"""What a new commitment is called: a title and a slug, from who promises what about which product."""

from collections.abc import Sequence

from django.utils.text import slugify

from tracker.commitments.models import Commitment, CommitmentFormerSlug
from tracker.dates import PartialDate
from tracker.organizations.models import Organization, Product

_LONGEST = 180


def title_for(actor: Organization, kind: str, products: Sequence[Product]) -> str:
    """“Amazon: moratorium on Rekognition”."""
    about = f" on {', '.join(product.name for product in products)}" if products else ""
    return f"{actor.name}: {kind}{about}"[:250]


def slug_for(actor: Organization, kind: str, products: Sequence[Product], declared_on: PartialDate) -> str:
    """“amazon-rekognition-moratorium-2020”, numbered if it is or once was another commitment's. Lock the
    actor first.
    """
    parts = [actor.slug, *(product.slug for product in products[:2]), kind, str(declared_on.first.year)]
    wanted = slugify("-".join(parts))[:_LONGEST]
    taken = {
        *Commitment.objects.filter(slug__startswith=wanted).values_list("slug", flat=True),
        *CommitmentFormerSlug.objects.filter(slug__startswith=wanted).values_list("slug", flat=True),
    }
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug
