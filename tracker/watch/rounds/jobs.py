"""One address to be asked, for a watch or for an article that a list has named."""

from dataclasses import dataclass, replace
from datetime import datetime

from tracker.watch import fetch
from tracker.watch.asking.outcomes import Failed
from tracker.watch.asking.places import host_of
from tracker.watch.models import Article, Watch

_ACCEPT = {
    Watch.Kind.FEED: "application/atom+xml,application/rss+xml,application/feed+json,application/xml;q=0.9,*/*;q=0.5",
    Watch.Kind.SITEMAP: "application/xml,text/xml;q=0.9,*/*;q=0.5",
    Watch.Kind.PDF: "application/pdf,*/*;q=0.5",
}
Answer = fetch.Fetched | Failed


@dataclass(frozen=True)
class Job:
    """An address, with what is remembered of its last answer; either `watch` alone, or an `article` of it."""

    url: str
    watch: Watch
    article: Article | None = None
    limits: fetch.Limits = fetch.USUAL

    @property
    def host(self) -> str:
        """The host and port that are asked."""
        return host_of(self.url)

    def patient(self, seconds: float) -> "Job":
        """The same, standing in line for its host no longer than this."""
        return replace(self, limits=replace(self.limits, patience=seconds))

    def ask(self, door: fetch.Door, *, now: datetime) -> Answer:
        """What the site answers, or why there is no answer (Wait included). Reads and writes nothing here."""
        watch = self.watch
        try:
            if self.article is not None:
                return door.get(self.url, now=now, limits=self.limits)
            return door.get(
                self.url,
                now=now,
                etag=watch.etag,
                last_modified=watch.last_modified,
                remembered_of=watch.answered_by or self.url,
                accept=_ACCEPT.get(Watch.Kind(watch.kind), fetch.PAGES),
                limits=self.limits,
            )
        except Failed as failure:
            return failure


def of_watch(watch: Watch, limits: fetch.Limits = fetch.USUAL) -> Job:
    """The job of looking at this watch."""
    return Job(watch.source.url, watch, limits=limits)


def of_article(article: Article, limits: fetch.Limits = fetch.USUAL) -> Job:
    """The job of reading this article once."""
    return Job(article.link, article.watch, article, limits)
