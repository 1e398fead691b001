"""Measured on rows labelled by judgement: whom we name is right, and how many of those who are meant we name."""

import csv
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import pytest
import yaml

from tests.conftest import shared
from tracker.imports.meant import Agencies, KnownAgency, KnownVendor, Vendors
from tracker.imports.rows import AgencyNamed

LABELLED = Path(__file__).parent / "labelled"
NOBODY = {"none", "unsure", ""}
FBI_KINDS = {"City": "police", "County": "sheriff"}
ATLAS_KINDS = {"Police": "police", "Sheriff": "sheriff"}
Judged = Iterable[tuple[str, set[str], set[str]]]


def labelled(file: str) -> list[dict[str, str]]:
    with (LABELLED / f"{file}.csv").open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


@cache
def fbi() -> tuple[Agencies, list[str]]:
    with shared("data/fbi-agencies-2018/agencies.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    known = [
        KnownAgency(
            pk,
            row["agency_name"],
            kind=FBI_KINDS.get(row["agency_type_name"], "other"),
            state=row["state_abbr"],
            county=row["county_name"],
            ori=row["ori"],
        )
        for pk, row in enumerate(rows)
    ]
    return Agencies(known), [row["ori"] for row in rows]


@cache
def facts() -> tuple[Vendors, list[str]]:
    read = yaml.safe_load(shared("data/facts.yaml").read_text(encoding="utf-8"))
    slugs = [vendor["id"] for vendor in read["vendors"]]
    known = [
        KnownVendor(
            pk,
            (vendor["name"], *vendor.get("aliases", [])),
            products=tuple(
                name
                for product in read["products"]
                if product["vendor"] == vendor["id"]
                for name in (product["name"], *product.get("aliases", []))
            ),
            parent=slugs.index(vendor["parent"]) if "parent" in vendor else None,
        )
        for pk, vendor in enumerate(read["vendors"])
    ]
    return Vendors(known), slugs


def vendors_named(cells: Iterable[str]) -> set[str]:
    vendors, slugs = facts()
    certain = (vendors.meant(cell).certain for cell in cells)
    return {slugs[pk] for pk in certain if pk is not None}


def agency_named(named: AgencyNamed) -> set[str]:
    agencies, oris = fbi()
    certain = agencies.meant(named).certain
    return set() if certain is None else {oris[certain]}


def atlas_vendors() -> Judged:
    for row in labelled("atlas"):
        yield row["vendor"], set(row["vendors_meant"].split(";")), vendors_named(facts()[0].split(row["vendor"]))


def atlas_agencies() -> Judged:
    for row in labelled("atlas"):
        kind = ATLAS_KINDS.get(row["type"], "other")
        named = AgencyNamed(row["agency"], row["state"], row["city"], kind, row["county"])
        yield row["agency"], {row["agency_meant"]}, agency_named(named)


def recipients() -> Judged:
    for row in labelled("usaspending"):
        yield row["recipient"], set(row["vendors_meant"].split(";")), vendors_named([row["recipient"]])


def flock_portals() -> Judged:
    for row in labelled("flock_portals"):
        yield row["agency"], {row["agency_meant"]}, agency_named(AgencyNamed(row["agency"], ""))


def others() -> Judged:
    for row in labelled("predpol_decisions_hifld"):
        named = AgencyNamed(row["name"], row["state"], row["city"], row["type"])
        yield row["name"], {row["agency_meant"]}, agency_named(named)


@pytest.mark.parametrize(
    ("judged", "recall"),
    [(atlas_vendors, 0.97), (atlas_agencies, 0.96), (recipients, 1.0), (flock_portals, 0.92), (others, 0.94)],
)
def test_whom_we_name_is_meant_and_most_who_are_meant_are_named(
    judged: Callable[[], Judged], recall: float, capsys: pytest.CaptureFixture[str]
) -> None:
    right = named = meant = 0
    wrong = []
    for said, truth, ours in judged():
        right += len(ours & truth)
        named += len(ours)
        meant += len(truth - NOBODY)
        wrong += [(said, ours - truth)] if ours - truth else []
    with capsys.disabled():
        print(f"\n{judged.__name__}: precision {right}/{named}, recall {right}/{meant} = {right / meant:.3f}")
    assert right / named >= 0.99, wrong
    assert right / meant >= recall


def test_every_agency_of_the_fbis_list_is_itself_or_in_doubt_but_never_another() -> None:
    agencies, oris = fbi()
    with shared("data/fbi-agencies-2018/agencies.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = [
        agencies.meant(
            AgencyNamed(
                row["agency_name"],
                row["state_abbr"],
                kind=FBI_KINDS.get(row["agency_type_name"], "other"),
                county=row["county_name"],
            )
        ).certain
        for row in rows
    ]
    assert [(rows[at]["agency_name"], oris[pk]) for at, pk in enumerate(found) if pk is not None and pk != at] == []
    assert sum(pk is not None for pk in found) / len(rows) > 0.97
