"""What of a record is kept in rows of other tables: lists of other records, names, sources, links."""

from abc import abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from tracker.catalogue.fields import Content, Json
from tracker.catalogue.known import Known
from tracker.catalogue.reading import Node
from tracker.catalogue.report import Reference, Report, closest
from tracker.catalogue.tables import Job, Link, Part, Table, why
from tracker.evidence.models import Source


@dataclass(frozen=True)
class Children(Part):
    """A list of records of another table, in their order."""

    table: Table = field(kw_only=True)

    def read(self, node: Node, report: Report) -> Json | None:
        if not isinstance(node.value, list):
            report.say(node, f"“{self.key}” is {node.kind}", "write a list, each with “- ” in front")
            return None
        if self.required and not node.value:
            report.say(node, f"“{self.key}” is empty", "write at least one")
        return [self.table.read(item, report) for item in node.value]

    def stored(self, known: Known) -> Mapping[int, Json]:
        grouped: dict[int, list[Content]] = defaultdict(list)
        for row, content in self.table.stored(known, self._order).values():
            grouped[getattr(row, f"{self.table.parent}_id")].append(content)
        return grouped

    def save(self, jobs: Sequence[Job], known: Known, on: date) -> None:
        below: list[Job] = []
        for job in jobs:
            contents = job.content.get(self.key, [])
            rows = [] if job.new else list(self._rows(job.row))
            last = max((getattr(row, self.table.position) for row in rows), default=0) if self.table.position else 0
            for number, content in enumerate(contents):
                row = rows[number] if number < len(rows) else None
                below.append(Job(content, row, job.row, position=last + 1 + number - len(rows)))
            for row in rows[len(contents) :]:
                row.delete()
        if below:
            self.table.save(below, known, on)

    def references(self, value: Json) -> Iterable[Link]:
        for content in value:
            yield from self.table.references(content)

    @property
    def _order(self) -> tuple[str, ...]:
        return (self.table.position,) if self.table.position else ("pk",)

    def _rows(self, parent: models.Model) -> models.QuerySet[Any]:
        return self.table.model._default_manager.filter(**{self.table.parent: parent}).order_by(*self._order)


@dataclass(frozen=True)
class _Rewritten(Part):
    """Small rows that are written anew when their list changes."""

    model: type[models.Model] = field(kw_only=True)
    parent: str = "claim"

    @abstractmethod
    def content(self, row: Any, known: Known) -> Json:
        """What one row says."""

    @abstractmethod
    def row(self, value: Json, known: Known) -> dict[str, Any]:
        """What to set on one row."""

    def stored(self, known: Known) -> Mapping[int, Json]:
        grouped: dict[int, list[Json]] = defaultdict(list)
        for row in self.model._default_manager.order_by("pk"):
            grouped[getattr(row, f"{self.parent}_id")].append(self.content(row, known))
        return grouped

    def save(self, jobs: Sequence[Job], known: Known, on: date) -> None:
        fresh = []
        for job in jobs:
            wanted = [self.row(value, known) for value in job.content.get(self.key, [])]
            if not job.new:
                old = list(self.model._default_manager.filter(**{self.parent: job.row}).order_by("pk"))
                if [self.content(row, known) for row in old] == job.content.get(self.key, []):
                    continue
                self.keep(old, wanted)
                self.model._default_manager.filter(pk__in=[row.pk for row in old]).delete()
            fresh += [self.model(**{self.parent: job.row}, **values) for values in wanted]
        self.model._default_manager.bulk_create(fresh)

    def keep(self, old: Sequence[Any], wanted: Sequence[dict[str, Any]]) -> None:
        """Carry over to the new rows what the files do not know."""


@dataclass(frozen=True)
class Names(_Rewritten):
    """Other names of a record."""

    def read(self, node: Node, report: Report) -> Json | None:
        names = [one.value.strip() for one in texts(self.key, node, report) if isinstance(one.value, str)]
        lower = [name.lower() for name in names]
        for name in names:
            if len(name) > 200:
                report.say(node, f"a name has {len(name)} characters", "at most 200 are kept")
            if lower.count(name.lower()) > 1:
                report.say(node, f"“{name}” stands twice under “{self.key}”", "keep one of them")
        return names

    def content(self, row: Any, known: Known) -> Json:
        return row.name.strip()

    def row(self, value: Json, known: Known) -> dict[str, Any]:
        return {"name": value}


@dataclass(frozen=True)
class Evidence(_Rewritten):
    """The sources of a claim: slugs, or groups of source, quote, page and note."""

    _MORE = ("quote", "page", "note")

    def read(self, node: Node, report: Report) -> Json | None:
        if not isinstance(node.value, list):
            report.say(node, f"“{self.key}” is {node.kind}", "write a list of sources: [one, two]")
            return None
        if self.required and not node.value:
            report.say(node, "the claim cites nothing", why(self.key))
        cited = [item for item in (self._one(item, report) for item in node.value) if item]
        for number, item in enumerate(cited):
            if item in cited[:number]:
                report.say(
                    node,
                    f"the source “{item if isinstance(item, str) else item['source']}” is cited twice",
                    "delete one",
                )
        return cited

    def _one(self, node: Node, report: Report) -> Json | None:
        if isinstance(node.value, list):
            report.say(node, "a source is a list", "write its slug")
            return None
        if isinstance(node.value, str):
            report.references.append(Reference(node, ("sources",), node.value))
            return node.value
        for key, value in node.value.items():
            if key not in ("source", *self._MORE):
                report.say(value, f"“{key}” is no key of a citation", closest(key, ("source", *self._MORE)))
            elif not isinstance(value.value, str):
                report.say(value, f"“{key}” is {value.kind} where one value belongs")
                return None
        if "source" not in node.value:
            report.say(node, "a citation has no “source”", "add its slug")
            return None
        report.references.append(Reference(node.at("source"), ("sources",), str(node.at("source").value)))
        return self._short({key: str(value.value).strip() for key, value in node.value.items()})

    def _short(self, cited: dict[str, str]) -> Json:
        kept = {key: cited[key] for key in ("source", *self._MORE) if cited.get(key)}
        return kept["source"] if len(kept) == 1 else kept

    def content(self, row: Any, known: Known) -> Json:
        source = known.slug(Source, row.source_id)
        return self._short({"source": source, "quote": row.quote, "page": row.page, "note": row.note})

    def row(self, value: Json, known: Known) -> dict[str, Any]:
        cited = {"source": value} if isinstance(value, str) else value
        more = {key: cited.get(key, "") for key in self._MORE}
        return {"source_id": known.key(Source, cited["source"]), **more}

    def references(self, value: Json) -> Iterable[Link]:
        return ((("sources",), item if isinstance(item, str) else item["source"]) for item in value)

    def keep(self, old: Sequence[Any], wanted: Sequence[dict[str, Any]]) -> None:
        seen = {(row.source_id, row.quote): row.snapshot_id for row in old}
        for values in wanted:
            values["snapshot_id"] = seen.get((values["source_id"], values["quote"]))


@dataclass(frozen=True)
class Links(Part):
    """Other records, by their slugs, in alphabetical order."""

    attr: str = field(kw_only=True)
    owner: type[models.Model] = field(kw_only=True)
    to: tuple[str, ...] = field(kw_only=True)

    def read(self, node: Node, report: Report) -> Json | None:
        slugs = []
        for one in texts(self.key, node, report):
            report.references.append(Reference(one, self.to, str(one.value)))
            slugs.append(str(one.value))
        return sorted(set(slugs))

    def references(self, value: Json) -> Iterable[Link]:
        return ((self.to, slug) for slug in value)

    @property
    def _relation(self) -> Any:
        return self.owner._meta.get_field(self.attr)

    def stored(self, known: Known) -> Mapping[int, Json]:
        relation, grouped = self._relation, defaultdict(list)
        through = relation.remote_field.through
        mine, theirs = f"{relation.m2m_field_name()}_id", f"{relation.m2m_reverse_field_name()}_id"
        for own, other in through._default_manager.values_list(mine, theirs):
            grouped[own].append(known.slug(relation.related_model, other))
        return {own: sorted(slugs) for own, slugs in grouped.items()}

    def save(self, jobs: Sequence[Job], known: Known, on: date) -> None:
        relation, fresh = self._relation, []
        through = relation.remote_field.through
        mine, theirs = f"{relation.m2m_field_name()}_id", f"{relation.m2m_reverse_field_name()}_id"
        for job in jobs:
            keys = [known.key(relation.related_model, slug) for slug in job.content.get(self.key, [])]
            if job.new:
                fresh += [through(**{mine: job.row.pk, theirs: key}) for key in keys]
            else:
                getattr(job.row, self.attr).set(keys)
        through._default_manager.bulk_create(fresh)


def texts(key: str, node: Node, report: Report) -> list[Node]:
    """The items of a list of words; what is no word is reported."""
    if not isinstance(node.value, list):
        report.say(node, f"“{key}” is {node.kind}", "write a list: [one, two]")
        return []
    for item in node.value:
        if not isinstance(item.value, str) or not item.value.strip():
            report.say(item, f"“{key}” holds {item.kind if item.value else 'an empty value'}", "write words")
    return [item for item in node.value if isinstance(item.value, str) and item.value.strip()]
