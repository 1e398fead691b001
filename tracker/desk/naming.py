"""What a new record is called: a commitment's title and slug, from who promises what about which product; a
partnership's slug, from who is served with what.
"""

from collections.abc import Sequence, Set

from django.utils.text import slugify

from tracker.commitments.models import Commitment, CommitmentFormerSlug
from tracker.dates import PartialDate
from tracker.organizations.models import Organization, Product
from tracker.partnerships.models import Partnership

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
    return _numbered(wanted, taken)


def slug_for_partnership(vendor: Organization, client: Organization, product: Product | None) -> str:
    """“milwaukee-pd--neighbors-public-safety”, as the catalogue names them; numbered like a commitment's."""
    with_what = product.slug if product else vendor.slug
    wanted = f"{client.slug[: _LONGEST // 2]}--{with_what[: _LONGEST // 2]}"
    taken = Partnership.objects.filter(slug__startswith=wanted).values_list("slug", flat=True)
    return _numbered(wanted, set(taken))


def _numbered(wanted: str, taken: Set[str]) -> str:
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug
