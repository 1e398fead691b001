"""Writing the database back into the catalogue's files. What is the same keeps its lines and comments."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from tracker.catalogue.actions import BadCatalogue
from tracker.catalogue.catalogue import DATA, Catalogue, read_catalogue
from tracker.catalogue.emitting import emit
from tracker.catalogue.fields import Content
from tracker.catalogue.keys import EVERYBODY
from tracker.catalogue.reading import read
from tracker.catalogue.schema import SECTIONS
from tracker.catalogue.stored import Stored, read_database

_ENTERED_WITH_OTHERS = ("places", "technologies", "sources")
"""Sections whose records are written only where another record needs them: imports bring thousands of them."""


_PLURAL = {"country": "countries", "state": "states", "county": "counties", "city": "cities"}


@dataclass
class Dumped:
    """What a dump changed, in words, and the files it wrote."""

    changes: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)


@dataclass
class _Page:
    """One file: its lines, and what is to be done to them."""

    lines: list[str] = field(default_factory=list)
    replaced: dict[tuple[int, int], str] = field(default_factory=dict)
    added: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def dump(path: Path = DATA, *, dry_run: bool = False) -> Dumped:
    """Write what the database holds into the files under `path`, and nothing where they say it already.

    Records of an imported dataset that no file holds are left out. Raises BadCatalogue if the files cannot be read.
    """
    catalogue = read_catalogue(path)
    if catalogue.files and catalogue.problems:
        raise BadCatalogue(catalogue.problems)
    stored = read_database()
    pages = {name: _Page(content.decode().splitlines(keepends=True)) for name, content in catalogue.files.items()}
    dumped = Dumped()
    covered = _rewrite(catalogue, stored, pages, dumped)
    _add(catalogue, stored, covered, pages, dumped)
    for name, page in pages.items():
        content = _apply(name, page).encode()
        if content != catalogue.files.get(name):
            dumped.written.append(name)
            if not dry_run:
                (path / name).parent.mkdir(parents=True, exist_ok=True)
                (path / name).write_bytes(content)
    return dumped


def _rewrite(catalogue: Catalogue, stored: Stored, pages: dict[str, _Page], dumped: Dumped) -> set[tuple[str, str]]:
    """Replace the records that say something else than the database. Returns which ones the files hold."""
    covered = set()
    spans = _spans(catalogue, pages)
    for record in catalogue:
        found = stored.find(record.section, record.slug)
        name = f"{record.node.file}:{record.node.line}: {record.section}/{record.slug}"
        if found is None:
            pages[record.node.file].replaced[spans[record.node.file, record.node.line]] = ""
            dumped.changes.append(f"{name} is deleted")
            continue
        content = found[1]
        covered.add((record.section, str(content["slug"])))
        if content != record.content:
            pages[record.node.file].replaced[spans[record.node.file, record.node.line]] = emit(
                SECTIONS[record.section], content
            )
            keys = sorted(key for key in {**content, **record.content} if content.get(key) != record.content.get(key))
            dumped.changes.append(f"{name} is changed: {', '.join(keys)}")
    return covered


def _spans(catalogue: Catalogue, pages: Mapping[str, _Page]) -> dict[tuple[str, int], tuple[int, int]]:
    """For the first line of each record, the slice of its file's lines that is the record, without what follows it."""
    starts: dict[str, list[int]] = defaultdict(list)
    for record in catalogue:
        starts[record.node.file].append(record.node.line)
    spans = {}
    for name, own in starts.items():
        lines = pages[name].lines
        borders = sorted({*own, *_section_lines(name, lines).values(), len(lines) + 1})
        for line, following in pairwise(borders):
            first, last = line - 1, following - 1
            if first and lines[first - 1].strip() == "-":
                first -= 1
            while last > first and (
                not lines[last - 1].strip()
                or lines[last - 1].lstrip().startswith("#")
                or lines[last - 1].strip() == "-"
            ):
                last -= 1
            spans[name, line] = (first, last)
    return spans


def _section_lines(name: str, lines: list[str]) -> dict[str, int]:
    tree, _ = read("".join(lines).encode(), name)
    return {key: value.line for key, value in tree.value.items()} if tree and isinstance(tree.value, dict) else {}


def _add(
    catalogue: Catalogue,
    stored: Stored,
    covered: set[tuple[str, str]],
    pages: dict[str, _Page],
    dumped: Dumped,
) -> None:
    """Give the records that no file holds, and a person entered, their place in the files."""
    homes = {(record.section, record.slug): record.node.file for record in catalogue}
    fresh: dict[tuple[str, str], Content] = {}
    waiting = [key for key in _all(stored) if key not in covered and _entered_here(*key, stored)]
    waiting += [key for record in _kept(catalogue, stored) for key in _needs(*record, stored)]
    while waiting:
        key = waiting.pop()
        if key not in covered and key not in fresh:
            fresh[key] = stored.records[key[0]][key[1]][1]
            waiting += _needs(key[0], fresh[key], stored)
    order = list(SECTIONS)
    for (section, slug), content in sorted(fresh.items(), key=lambda item: (order.index(item[0][0]), item[0][1])):
        name = homes[section, slug] = _home(section, content, homes, stored)
        pages.setdefault(name, _Page()).added[section].append(emit(SECTIONS[section], content))
        dumped.changes.append(f"{name}: {section}/{slug} is new")


def _all(stored: Stored) -> Iterator[tuple[str, str]]:
    return ((section, slug) for section, records in stored.records.items() for slug in records)


def _kept(catalogue: Catalogue, stored: Stored) -> Iterator[tuple[str, Content]]:
    for record in catalogue:
        found = stored.find(record.section, record.slug)
        if found:
            yield record.section, found[1]


def _entered_here(section: str, slug: str, stored: Stored) -> bool:
    content = stored.records[section][slug][1]
    if section == "commitments":
        return any(not term.get("draft") for term in content.get("terms", []))
    return section not in _ENTERED_WITH_OTHERS and "origin" not in content and "draft" not in content


def _needs(section: str, content: Content, stored: Stored) -> Iterator[tuple[str, str]]:
    """The records to which a content refers. A parent may have another role than its part once an editor says so."""
    for sections, slug in SECTIONS[section].references(content):
        within = EVERYBODY if sections[0] in EVERYBODY else sections
        yield from ((one, slug) for one in within if slug in stored.records[one])


def _home(section: str, content: Content, homes: Mapping[tuple[str, str], str], stored: Stored) -> str:
    """The file of a record that has none yet: with the vendor or agency it is about."""
    about = next(
        (str(content[key]) for key in ("vendor", "actor", "subject", "asked_of", "agency") if content.get(key)),
        "",
    )
    beside = next((homes[one, about] for one in ("vendors", "agencies", "organizations") if (one, about) in homes), "")
    match section:
        case "vendors":
            return f"vendors/{content['slug']}.yaml"
        case "places":
            return f"places/{_PLURAL[content['kind']]}.yaml"
        case "sources":
            return f"sources/{content['kind']}.yaml"
        case "agencies":
            return f"agencies/{_region(content.get('place'), stored)}.yaml"
        case _:
            return beside or f"{section}.yaml"


def _region(place: str | None, stored: Stored) -> str:
    """The state in which an agency is, as in `us-ca`; `abroad` where there is none."""
    places = stored.records["places"]
    while place in places:
        content = places[place][1]
        if content["kind"] == "state":
            country = places[content["parent"]][1]
            return f"{country.get('code', '')}-{content.get('code') or content['slug']}".lower()
        place = content.get("parent")
    return "abroad"


def _apply(name: str, page: _Page) -> str:
    lines = list(page.lines)
    sections = _section_lines(name, lines)
    ends: dict[str, int] = {}
    borders = sorted([*sections.values(), len(lines) + 1])
    for section, line in sections.items():
        end = next(border for border in borders if border > line) - 1
        while end > line and not lines[end - 1].strip():
            end -= 1
        ends[section] = end
    edits = dict(page.replaced)
    for section, texts in page.added.items():
        if section in ends:
            edits[ends[section], ends[section]] = "".join(f"\n{text}" for text in texts)
    for (first, last), text in sorted(edits.items(), reverse=True):
        if not text and last < len(lines) and not lines[last].strip():
            last += 1  # the blank line after a deleted record
        lines[first:last] = [text]
    whole = "".join(lines)
    for section, texts in page.added.items():
        if section not in ends:
            whole += ("\n" if whole else "") + f"{section}:\n" + "\n".join(texts)
    return _without_empty_sections(name, whole)


def _without_empty_sections(name: str, text: str) -> str:
    """A section whose last record was deleted goes with it."""
    tree, _ = read(text.encode(), name)
    if tree is None or not isinstance(tree.value, dict):
        return text
    empty = {value.line for value in tree.value.values() if value.value == ""}
    return "".join(line for number, line in enumerate(text.splitlines(keepends=True), 1) if number not in empty)
