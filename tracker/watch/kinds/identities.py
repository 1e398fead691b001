"""No two entries of one look under one key."""

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from tracker.watch.kinds.entries import Entry


def distinct(found: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries in their order, each once. Those that share a key are told apart by their fragment or their title."""
    kept: dict[str, Entry] = {}
    for entry in found:
        if not entry.key:
            continue
        first = kept.get(entry.key)
        if first is not None:
            if first.title == entry.title:
                continue
            told_apart = urlsplit(entry.link).fragment or entry.title
            entry = replace(entry, key=f"{entry.key} #{told_apart}")
        kept.setdefault(entry.key, entry)
    return tuple(kept.values())
