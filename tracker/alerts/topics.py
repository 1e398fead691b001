"""What can be followed, by the names that forms and links use."""

from dataclasses import dataclass
from typing import Any

from django.db import models

from tracker.alerts import searches
from tracker.alerts.models import Subscription
from tracker.commitments.models import Commitment
from tracker.organizations.models import Organization, Place, Product, Technology

Topic = Subscription.Topic

_TABLES: dict[str, type[models.Model]] = {
    Topic.ORGANIZATION: Organization,
    Topic.PRODUCT: Product,
    Topic.TECHNOLOGY: Technology,
    Topic.COMMITMENT: Commitment,
    Topic.PLACE: Place,
}


class UnknownTopic(ValueError):
    """There is no such thing to follow."""


@dataclass(frozen=True)
class Followed:
    """One thing to follow, what a normal search finds (`searches.normal_search`), or everything."""

    topic: str
    record: models.Model | None = None
    search: str = ""

    @property
    def slug(self) -> str:
        """By which its record is found now; "" where it has none."""
        return str(getattr(self.record, "slug", ""))

    @property
    def label(self) -> str:
        """As the follower reads it."""
        if self.search:
            return f"“{self.search}”"
        return " ".join(str(self.record).split()) if self.record is not None else "everything"

    def as_columns(self) -> dict[str, Any]:
        """The columns of Subscription that say it."""
        if self.search:
            return {"topic": self.topic, "search": self.search}
        return {"topic": self.topic, **({self.topic: self.record} if self.record is not None else {})}


def find(topic: str, slug: str) -> Followed:
    """What `topic` and `slug` name, also by a slug that it once had. Raises UnknownTopic.

    A saved search is unknown, until deliveries can match it.
    """
    if topic == Topic.EVERYTHING and not slug:
        return Followed(topic)
    table = _TABLES.get(topic)
    record = _record(table, slug) if table is not None and "\x00" not in slug else None
    if record is None:
        raise UnknownTopic(f"There is no {topic[:20]} “{slug[:80]}” to follow.")
    return Followed(topic, record)


def _record(table: type[models.Model], slug: str) -> models.Model | None:
    records = table._default_manager
    return records.filter(slug=slug).first() or records.filter(former_slugs__slug=slug).first()


def searched(text: str) -> Followed:
    """What finds the words of `text`. Raises UnknownTopic where it has none."""
    words = searches.normal_search(text)
    if not words:
        raise UnknownTopic("There is no word to look for.")
    return Followed(Topic.SEARCH, search=words)
