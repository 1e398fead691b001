"""A section of the catalogue and what hangs on its records: read from files, written to and read from tables.

One description (`schema.py`) serves reading, checking, loading and dumping, so they cannot disagree.
"""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from tracker.catalogue.fields import Content, Draft, Field, Json, Known, Reference, Report, closest, tidy
from tracker.catalogue.reading import Node
from tracker.evidence.models import Source

Rule = Callable[[Content, Node, Report], None]


@dataclass
class Job:
    """A content to be written: into `row`, or into a new row (of `parent`, at `position` among its like)."""

    content: Content
    row: Any = None
    parent: Any = None
    position: int = 0
    new: bool = False


@dataclass(frozen=True)
class Part(ABC):
    """One key of a record that is kept in rows of another table."""

    key: str
    required: bool = False

    @abstractmethod
    def read(self, node: Node, report: Report) -> Json | None:
        """The value written at `node`; what is wrong is reported."""

    @abstractmethod
    def stored(self, known: Known) -> Mapping[int, Json]:
        """The values in the database, by the primary key of the record that has them."""

    @abstractmethod
    def save(self, jobs: Sequence[Job], known: Known, on: date) -> None:
        """Write the values of saved records."""


@dataclass(frozen=True)
class Table:
    """What the records of one kind look like. `title` is one of them in words: “a partnership”."""

    title: str
    model: type[models.Model]
    fields: tuple[Field, ...]
    parts: tuple[Part, ...] = ()
    fixed: Mapping[str, Any] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    parent: str = ""
    position: str = ""

    @property
    def keys(self) -> dict[str, Field | Part]:
        """All keys of a record, in the order in which they are written."""
        return {**{one.key: one for one in self.fields}, **{one.key: one for one in self.parts}}

    @property
    def is_claim(self) -> bool:
        """Whether its rows can be drafts."""
        return any(isinstance(one, Draft) for one in self.fields)

    def read(self, node: Node, report: Report) -> Content:
        """The content of the record written at `node`; what is wrong is reported."""
        if not isinstance(node.value, dict):
            report.say(node, f"{self.title} is {node.kind}", "write keys with values: “slug: …”")
            return {}
        keys = self.keys
        for key, value in node.value.items():
            if key not in keys:
                report.say(value, f"“{key}” is no key of {self.title}", closest(key, keys))
        content: Content = {}
        for key, one in keys.items():
            if key in node.value:
                value = node.value[key]
                content[key] = (
                    one.read(value, report, self.model) if isinstance(one, Field) else one.read(value, report)
                )
            elif one.required:
                report.say(node, f"{self.title} has no “{key}”", _why(key))
        content = tidy(content)
        if "checked" in content and content["checked"] == ("origin" not in content):
            del content["checked"]
        for rule in self.rules:
            rule(content, node, report)
        return content

    def stored(self, known: Known, order: Iterable[str] = ("pk",)) -> dict[int, tuple[Any, Content]]:
        """All its rows with their contents, by primary key."""
        rows = {row.pk: row for row in self.model._default_manager.filter(**self.fixed).order_by(*order)}
        contents: dict[int, Content] = {key: {} for key in rows}
        for one in self.fields:
            for key, row in rows.items():
                contents[key][one.key] = one.from_row(row, known)
        for part in self.parts:
            values = part.stored(known)
            for key in rows:
                contents[key][part.key] = values.get(key)
        return {key: (row, tidy(contents[key])) for key, row in rows.items()}

    def save(self, jobs: Sequence[Job], known: Known, on: date) -> None:
        """Write these jobs, rows of other records first where one refers to another of its own table."""
        for wave in self._waves(jobs, known):
            self._save_rows(wave, known, on)
        for part in self.parts:
            part.save(jobs, known, on)

    def _waves(self, jobs: Sequence[Job], known: Known) -> Iterable[Sequence[Job]]:
        own = [one.key for one in self.fields if getattr(one, "model", None) and one.model() is self.model]  # type: ignore[attr-defined]
        waiting = list(jobs)
        while own and waiting:
            coming = {job.content["slug"] for job in waiting if job.row is None}
            ready = [job for job in waiting if not coming & {job.content.get(key) for key in own}]
            if not ready:
                raise ValueError(f"records of which each belongs to the next: {', '.join(sorted(coming))}")
            yield ready
            waiting = [job for job in waiting if job.row is None]
        if waiting:
            yield waiting

    def _save_rows(self, jobs: Sequence[Job], known: Known, on: date) -> None:
        fresh = []
        for job in jobs:
            values: dict[str, Any] = dict(self.fixed)
            for one in self.fields:
                values |= one.to_row(job.content, known)
            if self.is_claim:
                already = job.row.published_on if job.row is not None else None
                values["published_on"] = None if job.content.get("draft") else already or on
            if job.row is None:
                if self.parent:
                    values[self.parent] = job.parent
                if self.position:
                    values[self.position] = job.position
                job.row, job.new = self.model(**values), True
                fresh.append(job.row)
            else:
                for name, value in values.items():
                    setattr(job.row, name, value)
                job.row.save()
        self.model._default_manager.bulk_create(fresh)
        for job in jobs:
            if "slug" in job.content:
                known.learn(self.model, job.content["slug"], job.row.pk)


def _why(key: str) -> str:
    return "name at least one source that says so" if key == "evidence" else "add it"


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
            last = (
                max((getattr(row, self.table.position) for row in rows), default=0)
                if self.table.position
                else 0
            )
            for number, content in enumerate(contents):
                row = rows[number] if number < len(rows) else None
                below.append(Job(content, row, job.row, position=last + 1 + number - len(rows)))
            for row in rows[len(contents) :]:
                row.delete()
        if below:
            self.table.save(below, known, on)

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
        return row.name

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
            report.say(node, "the claim cites nothing", _why(self.key))
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
