"""Who serves whom with what, as far as the sentences of a lead name somebody on record. A guess for a form, no more."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import F, Q, QuerySet, Value
from django.db.models.fields import TextField
from django.db.models.functions import Replace

from tracker.organizations.models import Alias, Organization, Product, Technology

M = TypeVar("M", Organization, Alias)

# A shorter name stands in too many other words.
_SHORTEST = 3


@dataclass(frozen=True)
class Parties:
    """Slugs; empty where the sentences name nobody on record."""

    vendor: str = ""
    client: str = ""
    product: str = ""
    technology: str = ""


def parties(said: str, *, actor: str, products: Sequence[str], technology: Sequence[str]) -> Parties:
    """Who `said`, the sentences of a lead, is about, besides its `actor`. At most five queries."""
    named = _named(said)
    own = Organization.objects.filter(slug=actor).first() if actor else None
    if own is not None and own not in named:
        named.insert(0, own)
    product = Product.objects.select_related("vendor", "technology").filter(slug__in=products[:1]).first()
    sells = [one for one in named if one.role == Organization.Role.VENDOR]
    vendor = product.vendor if product else own if own in sells else next(iter(sells), None)
    others = [one for one in named if one != vendor]
    agencies = [one for one in others if one.role == Organization.Role.AGENCY]
    client = next(iter(agencies or others), None)
    used = product.technology if product else _technology(technology)
    return Parties(
        vendor=vendor.slug if vendor else "",
        client=client.slug if client else "",
        product=product.slug if product else "",
        technology=used.slug if used else "",
    )


def _named(said: str) -> list[Organization]:
    """The organisations on record that `said` names, in its order; of names within names the longest."""
    found = dict(_standing_in(said, Organization.objects.all()))
    for name, alias in _standing_in(said, Alias.objects.select_related("organization")):
        found.setdefault(name, alias.organization)
    places = {name: match.start() for name in found if (match := _whole(name).search(said))}
    longest = [name for name in places if not any(name != other and _whole(name).search(other) for other in places)]
    return list(dict.fromkeys(found[name] for name in sorted(longest, key=places.__getitem__)))


def _technology(words: Sequence[str]) -> Technology | None:
    named = Q(pk__in=[])
    for word in words:
        named |= Q(name__iexact=word)
    return Technology.objects.filter(named).order_by("pk").first()


def _standing_in(said: str, rows: QuerySet[M]) -> Iterator[tuple[str, M]]:
    """The rows whose name stands in `said`, by that name; “U.S.” before it is seldom written."""
    named = rows.alias(said=Value(said, output_field=TextField())).annotate(
        said_as=Replace("name", Value("U.S. "), Value(""))
    )
    for one in named.filter(said__contains=F("said_as")):
        name: str = getattr(one, "said_as")  # noqa: B009
        if len(name) >= _SHORTEST:
            yield name, one


def _whole(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
