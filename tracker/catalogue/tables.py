"""A section of the catalogue and what hangs on its records: read from files, written to and read from tables.

One description (`schema.py`) serves reading, checking, loading and dumping, so they cannot disagree.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from tracker.catalogue.fields import Content, Draft, Field, Json, Ref, tidy
from tracker.catalogue.known import Known
from tracker.catalogue.reading import Node
from tracker.catalogue.report import Report, closest

Link = tuple[tuple[str, ...], str]
"""A slug, and the sections in which it may stand."""

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

    def references(self, value: Json) -> Iterable[Link]:
        """The records to which a value refers."""
        return ()

    def merge(self, new: Json | None, old: Json | None, now: Json | None, *, loaded: bool) -> tuple[Json | None, bool]:
        """What the site should hold of this key, and whether file and site clash over it; see `three_way`."""
        return three_way(new, old, now, loaded=loaded)


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
        before = len(report.problems)
        for key, one in keys.items():
            if key in node.value:
                value = node.value[key]
                content[key] = (
                    one.read(value, report, self.model) if isinstance(one, Field) else one.read(value, report)
                )
            elif one.required:
                report.say(node, f"{self.title} has no “{key}”", why(key))
        content = tidy(content)
        if "checked" in content and content["checked"] == ("origin" not in content):
            del content["checked"]
        if len(report.problems) == before:  # a rule about a value that is wrong already would only confuse
            for rule in self.rules:
                rule(content, node, report)
        return content

    def references(self, content: Content) -> Iterable[Link]:
        """The records to which a content refers."""
        for key, one in self.keys.items():
            if key in content and isinstance(one, Part):
                yield from one.references(content[key])
            elif key in content and isinstance(one, Ref):
                yield one.to, content[key]

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
        own = [one.key for one in self.fields if isinstance(one, Ref) and one.model() is self.model]
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


def three_way(new: Json | None, old: Json | None, now: Json | None, *, loaded: bool) -> tuple[Json | None, bool]:
    """What the site should hold where the file says `new`, said `old` at the last load, and the site holds `now`.

    True beside it means that both sides changed it; then the site's value stays. Without a last load (`loaded`)
    nothing tells who changed what, and everything that differs is a clash.
    """
    if now == new or (loaded and new == old):
        return now, False
    return (new, False) if loaded and now == old else (now, True)


def why(key: str) -> str:
    """How to mend a missing key."""
    return "name at least one source that says so" if key == "evidence" else "add it"
