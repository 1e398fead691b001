"""What imported claims rest on: the dataset itself and the addresses in its rows."""

from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import urlsplit

from tracker.evidence.actions import know_source, source_content
from tracker.evidence.models import Source
from tracker.evidence.urls import normalise
from tracker.imports.numbers import numbers
from tracker.imports.report import Report
from tracker.imports.rows import About, Claimed, Link

_AT_ONCE = 1_000
_SOCIAL = ("facebook.com", "twitter.com", "instagram.com", "youtube.com", "nextdoor.com")


class Sources:
    """The dataset as a source, and each address cited in it, known once.

    `know` comes first, with all claims that are to be cited. `made` are the sources of this import.
    """

    def __init__(self, about: About, report: Report) -> None:
        self._about, self.report = about, report
        self._normalised: dict[str, str] = {}
        self._refused: dict[str, str] = {}
        self._known: dict[str, int] = {}
        self._numbers = numbers(Source)
        self._dataset: Source | None = None
        self.made: list[int] = []

    @property
    def dataset(self) -> Source:
        """The dataset, as a source of its own."""
        if self._dataset is None:
            about = self._about
            self._dataset = know_source(
                about.url, title=about.name, kind=Source.Kind.DATASET, publisher=about.publisher
            )
        return self._dataset

    def know(self, claims: Iterable[Claimed]) -> None:
        """Find the sources that the claims name, and make those that are new."""
        named: dict[str, Link] = {}
        for claim in claims:
            for link in claim.links:
                normalised = self._address(link.url)
                if normalised is not None and normalised not in self._known:
                    named.setdefault(normalised, link)
        links = iter(named.items())
        while batch := dict(islice(links, _AT_ONCE)):
            self._find(batch)
            new = {normalised: link for normalised, link in batch.items() if normalised not in self._known}
            made = [self._new(link) for link in new.values()]
            # Somebody else may have made one at this moment: then that one is the source.
            Source.objects.bulk_create(made, ignore_conflicts=True)
            self._find(new)
            ours = {one.pk for one in made} & {self._known[normalised] for normalised in new}
            self.report.sources += len(ours)
            self.made += sorted(ours)

    def of(self, claim: Claimed) -> Iterator[int]:
        """The dataset, then the sources that the row names, each once. An address that is none is reported."""
        given = {self.dataset.pk}
        yield self.dataset.pk
        for link in claim.links:
            normalised = self._address(link.url)
            if normalised is None:
                self.report.bad_links[self._refused[link.url]][link.url] += 1
            elif (source := self._known[normalised]) not in given:
                given.add(source)
                yield source

    def _address(self, url: str) -> str | None:
        if url not in self._normalised and url not in self._refused:
            try:
                self._normalised[url] = normalise(url)
            except ValueError as error:
                self._refused[url] = str(error).replace(f"“{url[:80]}”", "it")
        return self._normalised.get(url)

    def _find(self, addresses: Iterable[str]) -> None:
        found = Source.objects.filter(normalised_url__in=list(addresses)).values_list("normalised_url", "pk")
        self._known.update((address, pk) for address, pk in found if address)

    def _new(self, link: Link) -> Source:
        """A source whose page nobody here has seen: its title says what it is."""
        host = (urlsplit(self._normalised[link.url]).hostname or "").removeprefix("www.")
        content = source_content(
            link.url,
            title=f"{link.publisher or host} ({host}), cited by the {self._about.name}"[:300],
            kind=_kind(host),
            publisher=link.publisher[:200],
            published_on=link.published.value,
        )
        return Source(pk=next(self._numbers), title_is_description=True, **content)


def _kind(host: str) -> str:
    if host.endswith((".gov", ".mil")):
        return Source.Kind.OFFICIAL
    if any(host == social or host.endswith(f".{social}") for social in _SOCIAL):
        return Source.Kind.SOCIAL
    return Source.Kind.NEWS
