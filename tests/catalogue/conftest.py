"""A catalogue small enough to see what is wrong with it, and the facts behind the shipped one."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.catalogue.loaded import whole_catalogue
from tests.conftest import shared

__all__ = ["whole_catalogue"]

SMALL = """\
places:
- slug: united-states
  name: United States
  kind: country
  code: US
technologies:
- slug: face-recognition
  name: Face recognition
vendors:
- slug: acme
  name: Acme, Inc.
  aliases: [Acme]
  place: united-states
  evidence: [statement]
agencies:
- slug: city-police
  name: City Police
  kind: police
  place: united-states
products:
- slug: seer
  name: Seer
  vendor: acme
  technology: face-recognition
  evidence: [statement]
commitments:
# The first one.
- slug: acme-moratorium
  title: One year without police
  actor: acme
  kind: moratorium
  nature: voluntary
  products: [seer]
  terms:
  - action: announced
    declared: 2020-06-10
    end: fixed
    ends_on: 2021-06-10
    evidence: [statement]
    carve_outs:
    - words: Missing children
      evidence: [statement]
partnerships:
- slug: city-police--seer
  vendor: acme
  client: city-police
  product: seer
  kind: uses
  started: 2019
  status: confirmed
  details:
    cameras: 12
    code: '007'
  evidence:
  - source: statement
    quote: We serve the city.
sources:
- slug: statement
  title: We stop
  kind: official
  url: https://acme.example/stop
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one file, `small.yaml`, of one record a section."""
    (tmp_path / "small.yaml").write_text(SMALL)
    return tmp_path


@pytest.fixture
def edit(folder: Path) -> Callable[[str, str], None]:
    """Replace words of the file, which must be in it."""

    def replace(old: str, new: str) -> None:
        text = (folder / "small.yaml").read_text()
        assert old in text
        (folder / "small.yaml").write_text(text.replace(old, new, 1))

    return replace


@pytest.fixture(scope="session")
def facts() -> dict[str, list[dict[str, Any]]]:
    """The facts, in our own words, from which the catalogue was carried over."""
    loaded: dict[str, list[dict[str, Any]]] = yaml.load(shared("data/facts.yaml").read_text(), Loader=yaml.CSafeLoader)
    return loaded
