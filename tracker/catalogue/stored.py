"""The catalogue as it stands in the database."""

from dataclasses import dataclass, field
from typing import Any

from django.db import models

from tracker.catalogue.fields import Content
from tracker.catalogue.known import Known
from tracker.catalogue.schema import REDIRECTED, SECTIONS
from tracker.evidence.models import Source
from tracker.evidence.urls import normalise
from tracker.organizations.models import Organization, Technology


@dataclass
class Stored:
    """What of the database a catalogue could hold, by section and slug; former slugs lead there too."""

    known: Known = field(default_factory=Known)
    records: dict[str, dict[str, tuple[Any, Content]]] = field(default_factory=dict)
    former: dict[str, dict[str, str]] = field(default_factory=dict)

    def find(self, section: str, slug: str) -> tuple[Any, Content] | None:
        """The row and content of the record that has, or once had, this slug."""
        records = self.records[section]
        return records.get(slug) or records.get(self.former[section].get(slug, ""))


def read_database() -> Stored:
    """Everything, in a number of queries that does not depend on its size."""
    stored = Stored()
    tables = {table.model for table in SECTIONS.values()}
    for model in tables:
        for slug, key in model._default_manager.values_list("slug", "pk"):
            stored.known.learn(model, slug, key)
    former = {model: _former(model) for model in tables}
    for model, slugs in former.items():
        for slug, key in slugs.items():
            stored.known.learn(model, slug, key)
    for section, table in SECTIONS.items():
        stored.records[section] = {
            content["slug"]: (row, content) for row, content in table.stored(stored.known).values()
        }
        names = stored.known.slugs.get(table.model, {})
        stored.former[section] = {
            slug: names[key] for slug, key in former[table.model].items() if names[key] in stored.records[section]
        }
    return stored


def _former(model: type[models.Model]) -> dict[str, int]:
    if model not in REDIRECTED:
        return {}
    table: Any = model._meta.get_field("former_slugs").related_model
    return dict(table._default_manager.values_list("slug", "record_id"))


def twin(section: str, content: Content) -> tuple[str, int] | None:
    """The slug and key of a record that is the same under another slug: it has the same address, ORI or name."""
    rows: models.QuerySet[Any]
    match section:
        case "sources" if "url" in content:
            rows = Source.objects.filter(normalised_url=normalise(content["url"]))
        case "agencies" if "ori" in content:
            rows = Organization.objects.filter(ori=content["ori"])
        case "technologies":
            rows = Technology.objects.filter(name=content["name"])
        case _:
            return None
    found: tuple[str, int] | None = rows.values_list("slug", "pk").first()
    return found
