"""Draws the rows that are labelled beside this file: `python tests/imports/meant/drawing.py DATA`, printed as JSON."""

import csv
import json
import random
import re
import sys
from pathlib import Path

import yaml

SEED = 20_261_105


def drawn(data: Path) -> dict[str, list[dict[str, str]] | list[str]]:
    """The rows of each dataset, in the order in which they were labelled."""
    chance = random.Random(SEED)

    def rows(path: str) -> list[dict[str, str]]:
        with (data / path).open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    atlas = rows("atlas-of-surveillance-20201007/Atlas_of_Surveillance-20201007.csv")
    atlas = [row for row in atlas if row["Vendor"].strip()]
    spelled: dict[str, dict[str, str]] = {}
    for row in atlas:
        spelled.setdefault(row["Vendor"], row)
    some = chance.sample(atlas, 50)
    some += chance.sample([row for row in spelled.values() if row not in some], 50)
    files = sorted((data / "cbp-ice-contracts-fy2021-2026").glob("*.csv"))
    recipients = sorted({row["Recipient Name"] for file in files for row in rows(str(file.relative_to(data)))})
    firsts = _first_words(data / "facts.yaml")
    paid = chance.sample([name for name in recipients if any(first in name.lower() for first in firsts)], 60)
    paid += chance.sample([name for name in recipients if name not in paid], 40)
    decisions = json.loads((data / "flock-municipal-decisions/municipalities.json").read_text())["entries"]
    return {
        "atlas": some,
        "usaspending": paid,
        "flock_portals": chance.sample(
            [row["name"] for row in rows("flock-transparency-portals/agency20240426.csv")], 100
        ),
        "predpol": chance.sample(rows("predpol-departments/departments.csv"), 25),
        "flock_decisions": [entry["location"] for entry in chance.sample(decisions, 25)],
        "hifld": chance.sample(rows("hifld-local-law-enforcement-2020/Local_Law_Enforcement_Locations.csv"), 50),
    }


def _first_words(facts: Path) -> list[str]:
    """The first word of each name of a vendor, if it has four letters and more."""
    firsts = []
    for vendor in yaml.safe_load(facts.read_text())["vendors"]:
        for name in (vendor["name"], *vendor.get("aliases", [])):
            said = [word for word in re.findall(r"[a-z0-9]+", name.lower()) if word != "the"]
            firsts += [word for word in said[:1] if len(word) > 3]
    return firsts


if __name__ == "__main__":
    json.dump(drawn(Path(sys.argv[1])), sys.stdout, indent=1)
