"""What is known already, as plain data: names to recognise in a text. No database here."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class KnownOrganization:
    """An organisation by its names. `kind` and `role` as in the table; `place` is the state or city it acts
    for.
    """

    slug: str
    name: str
    kind: str = "company"
    role: str = "vendor"
    aliases: tuple[str, ...] = ()
    place: str = ""
    parent: str = ""

    @property
    def short_name(self) -> str:
        """The name without its legal form: “Google” for “Google LLC”."""
        return without_legal_form(self.name)

    @property
    def is_government(self) -> bool:
        """Whether what it decides are rules, not promises."""
        return self.kind in (
            "legislature",
            "state",
            "local",
            "regulator",
            "government",
            "police",
            "sheriff",
            "federal",
        )


@dataclass(frozen=True)
class KnownProduct:
    """A product by its names, and the slug of its vendor."""

    slug: str
    name: str
    vendor: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class KnownCommitment:
    """A commitment by its title, with the slug of its actor: a later text about it can be linked."""

    slug: str
    actor: str
    title: str
    products: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mention:
    """A known name in a text, and where."""

    start: int
    end: int
    slug: str
    name: str


@dataclass(frozen=True)
class Known:
    """Everything known: organisations, products, commitments."""

    organizations: tuple[KnownOrganization, ...] = ()
    products: tuple[KnownProduct, ...] = ()
    commitments: tuple[KnownCommitment, ...] = field(default=())

    @cached_property
    def by_slug(self) -> dict[str, KnownOrganization]:
        """Organisations by slug."""
        return {organization.slug: organization for organization in self.organizations}

    @cached_property
    def children(self) -> dict[str, tuple[str, ...]]:
        """Slugs of the organisations that belong to one, by its slug."""
        found: dict[str, tuple[str, ...]] = {}
        for one in self.organizations:
            if one.parent:
                found[one.parent] = (*found.get(one.parent, ()), one.slug)
        return found

    @cached_property
    def _organization_names(self) -> "_Names":
        return _Names((one.slug, name) for one in self.organizations for name in (one.name, *one.aliases))

    @cached_property
    def _product_names(self) -> "_Names":
        return _Names((one.slug, name) for one in self.products for name in (one.name, *one.aliases))

    def organizations_in(self, text: str) -> list[Mention]:
        """Known organisations named in `text`, from left to right; the longest name wins."""
        return self._organization_names.find(text)

    def products_in(self, text: str) -> list[Mention]:
        """Known products named in `text`, from left to right; the longest name wins."""
        return self._product_names.find(text)

    def maker_of(self, name: str) -> KnownOrganization | None:
        """The known company whose product `name` is: by its own name, or as “Google Photos” has the company's in it."""
        for product in self.products_in(name):
            if product.name == name:
                return self.by_slug.get(self.product(product.slug).vendor)
        for one in self.organizations_in(name):
            if name.startswith(f"{one.name} "):
                return self.by_slug[one.slug]
        return None

    def company_called(self, name: str) -> KnownOrganization | None:
        """The known organisation of this name, with or without its legal form."""
        bare = without_legal_form(name)
        return next((self.by_slug[one.slug] for one in self.organizations_in(bare) if one.name == bare), None)

    def product(self, slug: str) -> KnownProduct:
        """The product with this slug. Raises StopIteration if there is none."""
        return next(one for one in self.products if one.slug == slug)


def without_legal_form(name: str) -> str:
    """A company's name without what only says what kind of company it is."""
    return _LEGAL.sub("", name).removesuffix(".com")


_LEGAL = re.compile(r",?\s+(?:Inc|Corp(?:oration)?|LLC|Ltd|Co|plc)\.?$")


class _Names:
    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        self.slugs: dict[str, str] = {}
        for slug, name in names:
            for form in {name, _LEGAL.sub("", name), re.sub(r"^The ", "", name)}:
                if len(form) > 1:
                    self.slugs.setdefault(form.casefold(), slug)
        longest_first = sorted(self.slugs, key=len, reverse=True)
        self.pattern = (
            re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, longest_first)) + r")(?![\w-]*\w)", re.IGNORECASE)
            if longest_first
            else None
        )

    def find(self, text: str) -> list[Mention]:
        if self.pattern is None:
            return []
        return [
            Mention(match.start(), match.end(), self.slugs[match.group().casefold()], match.group())
            for match in self.pattern.finditer(text)
            # A proper name is written with a capital: "ring the bell" is no company.
            if not match.group()[0].islower()
        ]
