"""What imported claims rest on: the dataset itself and the addresses in its rows."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from tracker.evidence.actions import know_source
from tracker.evidence.models import Source
from tracker.evidence.urls import normalise
from tracker.imports.report import Report
from tracker.imports.rows import About, Claimed, Link

_SOCIAL = ("facebook.com", "twitter.com", "instagram.com", "youtube.com", "nextdoor.com")


class Sources:
    """The dataset as a source, and each address cited in it, known once."""

    def __init__(self, about: About, report: Report) -> None:
        self._about, self.report = about, report
        self._known = {source.normalised_url: source for source in Source.objects.exclude(normalised_url=None)}
        self._refused: set[str] = set()
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

    def of(self, claim: Claimed) -> Iterator[Source]:
        """The dataset, then the sources that the row names, each once. An address that is none is reported."""
        given = {self.dataset.pk}
        yield self.dataset
        for link in claim.links:
            source = self._at(link)
            if source and source.pk not in given:
                given.add(source.pk)
                yield source

    def _at(self, link: Link) -> Source | None:
        try:
            normalised = normalise(link.url)
        except ValueError as error:
            self.report.bad_links[str(error).replace(f"“{link.url[:80]}”", "it")][link.url] += 1
            return None
        if normalised not in self._known:
            self._known[normalised] = self._new(link, normalised)
        return self._known[normalised]

    def _new(self, link: Link, normalised: str) -> Source:
        """A source whose page nobody here has seen: its title says what it is."""
        host = (urlsplit(normalised).hostname or "").removeprefix("www.")
        source = know_source(
            link.url,
            title=f"{link.publisher or host} ({host}), cited by the {self._about.name}"[:300],
            kind=_kind(host),
            publisher=link.publisher[:200],
            published_on=link.published.value,
        )
        source.title_is_description = True
        source.save(update_fields=["title_is_description"])
        self.report.sources += 1
        self.made.append(source.pk)
        return source


def _kind(host: str) -> str:
    if host.endswith((".gov", ".mil")):
        return Source.Kind.OFFICIAL
    if any(host == social or host.endswith(f".{social}") for social in _SOCIAL):
        return Source.Kind.SOCIAL
    return Source.Kind.NEWS
