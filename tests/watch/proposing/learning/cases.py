"""Labelled texts, and the names that the catalogue knows, for learning weights and for judging them."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from tracker.watch.proposing.known import Known, KnownCommitment, KnownOrganization, KnownProduct
from tracker.watch.reading.text import blocks_of

_FOLDER = Path(__file__).parents[1] / "cases"
# Those that teach, and those that only judge.
CASES, BLIND = sorted(_FOLDER.glob("*.jsonl")), sorted(_FOLDER.glob("blind/*.jsonl"))
CATALOGUE = Path(__file__).parents[4] / "tracker/catalogue/data"
_TYPES = {"html": "text/html", "markdown": "text/markdown"}
_RULE_MAKERS = ("legislature", "regulator", "government", "state", "federal")


def cases_of(files: Iterable[Path]) -> list[dict[str, Any]]:
    """The cases of these files, one JSON object a line."""
    return [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines() if line.strip()]


def blocks(case: dict[str, Any]) -> list[str]:
    """The blocks of a case's text, as the watch reads them."""
    return list(blocks_of(case["text"], _TYPES.get(case["format"], "text/plain")))


def published(case: dict[str, Any]) -> date:
    """The day on which the text was published."""
    return date.fromisoformat(case["published"])


def catalogue() -> Known:
    """What the catalogue's files know: vendors, bodies, public bodies that make rules, products and commitments."""
    organizations: dict[str, KnownOrganization] = {}
    products, commitments = [], []
    for path, content in _files():
        for section, role in (("vendors", "vendor"), ("agencies", "agency"), ("organizations", "body")):
            for one in content.get(section) or []:
                kind = one.get("kind") or ("company" if role == "vendor" else "police")
                if role == "agency" and kind not in _RULE_MAKERS and not content.get("commitments"):
                    continue
                names = tuple(
                    alias if isinstance(alias, str) else alias.get("name") for alias in one.get("aliases", [])
                )
                place = (one.get("place") or "").replace("-", " ").title() if role == "agency" else ""
                organizations[one["slug"]] = KnownOrganization(
                    one["slug"], one["name"], kind, role, names, place, one.get("parent") or ""
                )
        for one in content.get("products") or []:
            vendor = one.get("vendor") or path.stem
            products.append(KnownProduct(one["slug"], one["name"], vendor, tuple(one.get("aliases", []))))
        for one in content.get("commitments") or []:
            made = KnownCommitment(one["slug"], one.get("actor", ""), one["title"], tuple(one.get("products", [])))
            commitments.append(made)
    return Known(tuple(organizations.values()), tuple(products), tuple(commitments))


def _files() -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in sorted(CATALOGUE.rglob("*.yaml")):
        if not {"sources", "imported", "places"} & set(path.parts):
            content = yaml.safe_load(path.read_text("utf-8"))
            if isinstance(content, dict):
                yield path, content
