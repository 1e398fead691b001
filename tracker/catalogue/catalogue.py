"""The whole catalogue as read from its files: every record with its place, and everything that is wrong."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tracker.catalogue.fields import Content
from tracker.catalogue.keys import EVERYBODY
from tracker.catalogue.reading import Node, Problem, files, read
from tracker.catalogue.report import Report, closest
from tracker.catalogue.schema import FORMAT, SECTIONS
from tracker.catalogue.watches import address_of, stands_alone

DATA = Path(__file__).resolve().parent / "data"
"""The catalogue that the site ships with."""


@dataclass(frozen=True)
class Record:
    """One record as written in a file."""

    section: str
    content: Content
    node: Node

    @property
    def slug(self) -> str:
        """Its slug; empty if it has none, which is a problem of the catalogue."""
        return str(self.content.get("slug", ""))


@dataclass
class Catalogue:
    """All records in the order of the files, and what is wrong with them."""

    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """The same for the same files and the same format."""
        return digest(self.files)

    def of(self, section: str) -> dict[str, Record]:
        """The records of a section by slug."""
        return {record.slug: record for record in self.records if record.section == section}

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records)


def digest(contents: dict[str, bytes]) -> str:
    """A fingerprint of these files."""
    whole = hashlib.sha256(f"format {FORMAT}\n".encode())
    for name, content in sorted(contents.items()):
        whole.update(f"{name}\n{len(content)}\n".encode())
        whole.update(content)
    return whole.hexdigest()


def read_catalogue(path: Path = DATA, contents: dict[str, bytes] | None = None) -> Catalogue:
    """Everything under `path`, with all its problems at once. Raises FileNotFoundError if there is no folder."""
    if not path.is_dir():
        raise FileNotFoundError(f"there is no folder {path}; name one with --path")
    catalogue = Catalogue(files=files(path) if contents is None else contents)
    if not catalogue.files:
        catalogue.problems.append(Problem(str(path), 1, "no .yaml file is in this folder", "name another with --path"))
    report = Report()
    for name, content in catalogue.files.items():
        tree, problems = read(content, name)
        catalogue.problems += problems
        if tree is not None:
            catalogue.records += _records(tree, report)
    catalogue.problems += report.problems
    catalogue.problems += _repeated(catalogue) + _unresolved(catalogue, report) + _circles(catalogue)
    catalogue.problems += _titled_twice(catalogue)
    catalogue.problems = sorted(set(catalogue.problems))
    return catalogue


def _records(tree: Node, report: Report) -> Iterator[Record]:
    if not isinstance(tree.value, dict):
        report.say(tree, f"the file holds {tree.kind}", f"begin it with a section: {', '.join(SECTIONS)}")
        return
    for section, items in tree.value.items():
        if section not in SECTIONS:
            report.say(
                items,
                f"there is no section “{section}”",
                closest(section, SECTIONS) or f"use one of: {', '.join(SECTIONS)}",
            )
        elif not isinstance(items.value, list):
            report.say(
                items,
                f"“{section}” holds {items.kind}",
                "write a list of records, each beginning with “- slug: …”",
            )
        else:
            for item in items.value:
                yield Record(section, SECTIONS[section].read(item, report), item)


def _repeated(catalogue: Catalogue) -> list[Problem]:
    """What may stand once and stands twice."""
    problems = []
    seen: dict[tuple[str, tuple[str, ...]], Node] = {}
    for record in catalogue:
        for what, value, at in _once(record):
            first = seen.setdefault((what, value), record.node.at(at))
            here = record.node.at(at)
            if first is not here:
                problems.append(
                    here.problem(
                        f"the {what} “{value[-1]}” stands also at {first.file}:{first.line}",
                        "keep one, or change this one",
                    )
                )
    return problems


def _once(record: Record) -> Iterator[tuple[str, tuple[str, ...], str]]:
    content, table = record.content, SECTIONS[record.section]
    if record.slug:
        yield "slug", (table.model.__name__, record.slug), "slug"
    yield from (("watch", (address_of(watch),), "watches") for watch in content.get("watches", []))
    name = str(content.get("name", ""))
    match record.section:
        case "sources" if "url" in content:
            yield "address", (address_of(content),), "url"
        case "technologies":
            yield "name", (name,), "name"
        case "places":
            yield "place", (content.get("parent", ""), content.get("kind", ""), name), "name"
        case "products":
            yield "product", (content.get("vendor", ""), name.lower()), "name"
        case "agencies" if "ori" in content:
            yield "ORI", (content["ori"],), "ori"
        case "commitments" | "partnerships":
            for dispute in content.get("disagreements", []):
                yield "disagreement", (record.section, dispute.get("slug", "")), "disagreements"


def _unresolved(catalogue: Catalogue, report: Report) -> list[Problem]:
    """References to records that are not there."""
    slugs: dict[str, set[str]] = defaultdict(set)
    for record in catalogue:
        slugs[record.section].add(record.slug)
    problems = []
    for one in report.references:
        if not any(one.slug in slugs[section] for section in one.to):
            where = "vendor, agency or organisation" if one.to == EVERYBODY else f"record under “{one.to[0]}”"
            known = [slug for section in one.to for slug in slugs[section]]
            near = closest(one.slug, known) if len(known) > 20 else ""
            problems.append(
                one.node.problem(f"no {where} has the slug “{one.slug}”", near or "correct it, or add the record")
            )
    return problems


def _titled_twice(catalogue: Catalogue) -> list[Problem]:
    """Watches that give a title or a note to an address that stands among the sources with its own."""
    sources = {normalised: record for record in catalogue.of("sources").values() if (normalised := _normal(record))}
    problems = []
    for record in catalogue:
        for watch in record.content.get("watches", []) if record.section in EVERYBODY else []:
            source = sources.get(address_of(watch))
            if source is None or not {"title", "note"} & watch.keys() or stands_alone(source.slug, address_of(watch)):
                continue
            here = record.node.at("watches")
            what = f"the watch of {watch['url']} has a title or a note, and so has the source “{source.slug}”"
            problems.append(here.problem(what, "leave them to the source"))
    return problems


def _normal(record: Record) -> str:
    return address_of(record.content) if "url" in record.content else ""


def _circles(catalogue: Catalogue) -> list[Problem]:
    """Records that belong to themselves through others."""
    problems = []
    for section in ("places", *EVERYBODY):
        records = catalogue.of(section)
        for record in records.values():
            above, seen = record.content.get("parent"), set()
            while above and above not in seen and above != record.slug:
                seen.add(above)
                above = records[above].content.get("parent") if above in records else None
            if above and above == record.slug and seen:
                problems.append(
                    record.node.at("parent").problem(
                        f"“{record.slug}” belongs to itself through “{record.content['parent']}”",
                        "correct one parent",
                    )
                )
    return problems
