"""The addresses at which an organisation announces things, as they stand beside it in the files."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models

from tracker.catalogue.fields import Address, Content, Field, Flag, Json, Text, Word, tidy
from tracker.catalogue.known import Known
from tracker.catalogue.parts import texts
from tracker.catalogue.reading import Node
from tracker.catalogue.report import Report, closest
from tracker.catalogue.tables import Job, Part, three_way
from tracker.evidence.models import Source
from tracker.evidence.urls import normalise
from tracker.watch.models import Watch

_UNITS = {"w": timedelta(weeks=1), "d": timedelta(days=1), "h": timedelta(hours=1), "m": timedelta(minutes=1)}
_EVERY = re.compile(r"([1-9]\d{0,3})([wdhm])")
_USUAL = "1d"


@dataclass(frozen=True)
class Every(Field):
    """How often to look: 30m, 6h, 1d, 2w."""

    def value(self, text: str, node: Node, report: Report, model: type[models.Model]) -> Json | None:
        if not _EVERY.fullmatch(text):
            report.say(node, f"“{self.key}” is “{text}”", "write a number and a unit: 30m, 6h, 1d or 2w")
            return None
        written = in_words(pause(text))
        return None if written == _USUAL else written


def pause(text: str) -> timedelta:
    """The time that “6h” writes."""
    match = _EVERY.fullmatch(text)
    if match is None:
        raise ValueError(f"“{text}” is no time")
    return int(match[1]) * _UNITS[match[2]]


def in_words(every: timedelta) -> str:
    """A time in the largest unit that has no rest."""
    unit = next((unit for unit, length in _UNITS.items() if every and not every % length), "m")
    return f"{every // _UNITS[unit]}{unit}"


_FIELDS: dict[str, tuple[Field, type[models.Model]]] = {
    "url": (Address("url", required=True), Source),
    "kind": (Word("kind", usual="page"), Watch),
    "title": (Text("title"), Source),
    "every": (Every("every"), Watch),
    "paused": (Flag("paused"), Watch),
    "note": (Text("note"), Source),
}
_KEYS = ("url", "kind", "title", "every", "selectors", "paused", "note")


@dataclass(frozen=True)
class Watches(Part):
    """Pages, feeds, sitemaps, PDFs and listings of an organisation, by their addresses, in alphabetical order.

    The title and the note are those of the source at the address; where the files hold that source, they stand there.
    What came of looking (verified, broken) is no part of it.
    """

    def read(self, node: Node, report: Report) -> Json | None:
        if not isinstance(node.value, list):
            report.say(node, f"“{self.key}” is {node.kind}", "write a list, each beginning with “- url: …”")
            return None
        found: dict[str, Content] = {}
        for item in node.value:
            content = _read(item, report)
            if "url" in content:
                address = address_of(content)
                if address in found:
                    report.say(item, f"{content['url']} is watched twice", "keep one of them")
                found[address] = content
        return [found[address] for address in sorted(found)]

    def stored(self, known: Known) -> Mapping[int, Json]:
        grouped: dict[int, list[Json]] = defaultdict(list)
        watches = Watch.objects.filter(organization__isnull=False).select_related("source")
        for watch in sorted(watches, key=lambda watch: str(watch.source.normalised_url)):
            grouped[watch.organization_id or 0].append(_content(watch))
        return grouped

    def save(self, jobs: Sequence[Job], known: Known, on: date) -> None:
        for job in jobs:
            wanted = {address_of(content): content for content in job.content.get(self.key, [])}
            there = {} if job.new else _watches_of(job.row)
            for address, content in wanted.items():
                if address in there:
                    _change(there[address], content)
                else:
                    _start(content, job.row)
            for address in there.keys() - wanted.keys():
                _stop(there[address])

    def merge(self, new: Json | None, old: Json | None, now: Json | None, *, loaded: bool) -> tuple[Json | None, bool]:
        """Address by address: one that an editor added or changed does not keep the others from being loaded."""
        sides = [{address_of(content): content for content in side or []} for side in (new, old, now)]
        merged, clashes = {}, False
        for address in sorted({*sides[0], *sides[2]}):
            one, before, current = (side.get(address) for side in sides)
            # Without a last load an address that one side lacks is no clash: the other has added it.
            kept, clash = three_way(one, before, current, loaded=loaded or one is None or current is None)
            merged[address], clashes = kept, clashes or clash
        return [content for content in merged.values() if content is not None] or None, clashes


def _read(node: Node, report: Report) -> Content:
    if not isinstance(node.value, dict):
        report.say(node, f"a watch is {node.kind}", "write keys with values: “url: …”")
        return {}
    content: Content = {}
    for key, value in node.value.items():
        if key == "selectors":
            content[key] = [str(one.value).strip() for one in texts(key, value, report)]
        elif key in _FIELDS:
            field, model = _FIELDS[key]
            content[key] = field.read(value, report, model)
        else:
            report.say(value, f"“{key}” is no key of a watch", closest(key, _KEYS))
    if "url" not in node.value:
        report.say(node, "a watch has no “url”", "add the address")
    content = tidy(content)
    if content.get("kind") == "sitemap" and not all(one.startswith("/") for one in content.get("selectors", [])):
        report.say(node.at("selectors"), "a selector of a sitemap is no path", "write how the path begins: /newsroom/")
    return content


def address_of(content: Content) -> str:
    """The address of a watch as two are compared."""
    try:
        return normalise(content["url"])
    except ValueError:  # reported where it was read
        return str(content["url"])


def stands_alone(slug: str, address: str) -> bool:
    """Whether a source was made for its address alone: a record of the files has a slug that a person chose."""
    return slug.endswith("-" + hashlib.sha256(address.encode()).hexdigest()[:8])


def _stands_alone(source: Source) -> bool:
    return stands_alone(source.slug, str(source.normalised_url))


def _content(watch: Watch) -> Content:
    source = watch.source
    alone = _stands_alone(source)
    every = in_words(watch.every)
    return tidy(
        {
            "url": source.url,
            "kind": None if watch.kind == "page" else watch.kind,
            "title": source.title if alone and source.title not in (source.url, source.normalised_url) else None,
            "every": None if every == _USUAL else every,
            "selectors": watch.selectors,
            "paused": True if watch.state == Watch.State.PAUSED else None,
            "note": source.note.strip() or None if alone else None,
        }
    )


def _watches_of(organization: Any) -> dict[str, Watch]:
    watches = Watch.objects.filter(organization=organization).select_related("source")
    return {str(watch.source.normalised_url): watch for watch in watches}


def _start(content: Content, organization: Any) -> None:
    """Watch it, unless it is watched already, for somebody else: that is an editor's."""
    from tracker.watch.actions import watch_page  # brings the whole watch along, which checking files does not need

    title = content.get("title", "")
    watch = watch_page(content["url"], organization=organization, title=title)
    if watch.organization_id == organization.pk:
        if title and _stands_alone(watch.source):
            watch.source.title_is_description = True
        _change(watch, content)


def _change(watch: Watch, content: Content) -> None:
    if _content(watch) == content:
        return
    watch.kind = content.get("kind", "page")
    watch.every = pause(content.get("every", _USUAL))
    watch.selectors = content.get("selectors", [])
    if (watch.state == Watch.State.PAUSED) != content.get("paused", False):
        watch.state = Watch.State.PAUSED if content.get("paused") else Watch.State.ACTIVE
    watch.save(update_fields=["kind", "every", "selectors", "state"])
    source = watch.source
    if _stands_alone(source):
        source.url = content["url"]
        source.title = content.get("title", str(source.normalised_url))
        source.note = content.get("note", "")
        source.save(update_fields=["url", "title", "title_is_description", "note"])


def _stop(watch: Watch) -> None:
    """What was looked at is kept, so its watch rests; one that has found nothing yet goes."""
    if watch.checks.exists() or watch.versions.exists():
        Watch.objects.filter(pk=watch.pk).update(state=Watch.State.PAUSED)
    else:
        watch.delete()
