"""Which vendor a cell means."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from tracker.imports.meant.answer import Candidate, Meant, likeliest
from tracker.imports.meant.known import KnownVendor
from tracker.imports.meant.spelling import words
from tracker.imports.meant.vendor_cells import bare, bracketed, names_an_agency, split_vendors, stem

_ALIKE = 0.86


@dataclass(frozen=True)
class _Named:
    """One name of a vendor: how it is called here, its stem and legal form, and how surely that means the vendor."""

    pk: int
    name: str
    sort: str
    form: str
    long: bool


class Vendors:
    """All vendors by every name they have."""

    def __init__(self, known: Iterable[KnownVendor]) -> None:
        self._known = {vendor.pk: vendor for vendor in known}
        self._by_stem: dict[str, list[_Named]] = defaultdict(list)
        for vendor in self._known.values():
            for sort, name in self._names(vendor):
                said, form = bare(name)
                if said:
                    long = sort == "name" or len(said) > 1
                    self._by_stem["".join(said)].append(_Named(vendor.pk, name, sort, form, long))
        self._answers: dict[str, Meant] = {}

    def meant(self, cell: str) -> Meant:
        """The vendor that the cell names, by a whole name: never by a part of one, nor by likeness."""
        if cell not in self._answers:
            self._answers[cell] = self._meant(cell)
        return self._answers[cell]

    def split(self, cell: str) -> list[str]:
        """The vendors that the cell names, one by one; a name we know is never split."""
        return split_vendors(cell, lambda name: bool(self._by_stem.get(stem(name)[0])))

    def _meant(self, cell: str) -> Meant:
        if not words(cell):
            return Meant(why_not="no vendor is named", refused=True)
        sure, unsure = self._by_name(cell)
        if not sure and not unsure:
            sure = self._by_brackets(cell)
        if len(sure) == 1:
            return Meant(next(iter(sure)))
        if sure:
            found = [Candidate(pk, f"also called {name}", 1.0) for pk, name in sure.items()]
            return Meant(candidates=likeliest(found), why_not="the vendor's name means several vendors")
        if unsure:
            return Meant(candidates=likeliest(unsure), why_not="a short name, and another legal form than ours")
        if names_an_agency(cell):
            return Meant(why_not="names an agency", refused=True)
        return Meant(
            candidates=likeliest([*self._alike(cell), *self._within(cell)]),
            why_not="no vendor has this name or alias",
        )

    def _by_name(self, cell: str) -> tuple[dict[int, str], list[Candidate]]:
        """The vendors with this name; and those of a short name that another company may have with another form."""
        key, form = stem(cell)
        sure: dict[int, str] = {}
        unsure: list[Candidate] = []
        for named in self._by_stem.get(key, ()):
            if not form or named.form == form or (named.long and len(key) > 4 and named.sort != "product"):
                sure.setdefault(named.pk, named.name)
            else:
                unsure.append(Candidate(named.pk, f"{named.name} is its {named.sort}, in another legal form", 0.9))
        return sure, unsure

    def _by_brackets(self, cell: str) -> dict[int, str]:
        """Who is meant by "PredPol (now Geolitica)" or "Ring (Amazon)": what is in the brackets must agree."""
        outside, inside = bracketed(cell)
        if not inside:
            return {}
        sure, _ = self._by_name(outside)
        inner, _ = self._by_name(" ".join(w for w in words(inside) if w not in ("now", "formerly", "was", "by", "of")))
        family = {pk for pk in sure if pk in inner or self._known[pk].parent in inner}
        return {pk: sure[pk] for pk in family}

    def _names(self, vendor: KnownVendor) -> Iterator[tuple[str, str]]:
        """Each name with its sort; those of its parent and itself, or itself and a product, run together too."""
        own = [*_spellings("name", vendor.names[:1])]
        own += [*_spellings("alias", vendor.names[1:]), *_spellings("former name", vendor.former_names)]
        products = [name for _, name in _spellings("product", vendor.products)]
        yield from own
        yield from (("product", product) for product in products)
        owner = self._known.get(vendor.parent) if vendor.parent is not None else None
        above = [name for _, name in _spellings("name", owner.names)] if owner else []
        for _, name in own:
            yield from (("name with its owner", f"{_bare(first)} {name}") for first in above)
            yield from (("name with its owner", f"{_bare(name)} {last}") for last in above)
            yield from (("product", f"{_bare(name)} {product}") for product in products)

    def _alike(self, cell: str) -> Iterator[Candidate]:
        key = stem(cell)[0]
        matcher = SequenceMatcher(b=key, autojunk=False)
        for other, named in self._by_stem.items():
            matcher.set_seq1(other)
            if min(len(key), len(other)) > 4 and matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE:
                for one in named:
                    yield Candidate(one.pk, f"spelled like its {one.sort} {one.name}", round(matcher.ratio() * 0.9, 3))

    def _within(self, cell: str) -> Iterator[Candidate]:
        """Vendors of whose name the cell has all the words, or the first of two and more."""
        said = [word for word in words(cell) if word != "the"]
        runs = {
            "".join(said[:end]): " ".join(said[:end]) for end in range(1, len(said)) if len("".join(said[:end])) > 4
        }
        for key, run in runs.items():
            for named in self._by_stem.get(key, ()):
                if named.sort != "product":
                    yield Candidate(named.pk, f"begins with “{run}”, its {named.sort}, and goes on otherwise", 0.5)
        key = stem(cell)[0]
        for other, several in self._by_stem.items():
            for named in several:
                if len(key) > 4 and named.sort == "name" and other != key and words(named.name)[0] == key:
                    yield Candidate(named.pk, f"is the first word of {named.name}", 0.6)


def _bare(name: str) -> str:
    return " ".join(bare(name)[0])


def _spellings(sort: str, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Names with the sort; one with brackets is also known without them, and by a whole company's name in them."""
    for name in names:
        yield sort, name
        outside, inside = bracketed(name)
        if inside:
            yield sort, outside
            if stem(inside)[1]:
                yield sort, inside
