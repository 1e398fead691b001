"""What a person gets to read who made a mistake in a file: file, line, what is wrong and how to mend it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from django.core.management import CommandError, call_command

from tests.catalogue.conftest import SMALL
from tracker.catalogue.actions import BadCatalogue, load
from tracker.catalogue.catalogue import DATA, read_catalogue
from tracker.catalogue.claims import COMMITMENTS
from tracker.catalogue.models import CatalogueLoad, LoadedRecord
from tracker.catalogue.reading import Node, read
from tracker.catalogue.report import Report
from tracker.organizations.models import Organization

Edit = Callable[[str, str], None]


def told(folder: Path) -> list[str]:
    """The problems of the catalogue in `folder`, as a person reads them."""
    return [str(problem) for problem in read_catalogue(folder).problems]


def line_of(text: str) -> int:
    """The line of the small file on which `text` stands."""
    return SMALL[: SMALL.index(text)].count("\n") + 1


def test_the_small_catalogue_has_nothing_wrong(folder: Path) -> None:
    assert told(folder) == []


CASES = {
    "an unknown key": (
        "  title: One year",
        "  titel: One year",
        "  title: One year",
        "“titel” is no key of a commitment; did you mean “title”?",
    ),
    "a missing key": ("  title: We stop\n", "", "- slug: statement", "a source has no “title”; add it"),
    "an unknown section": (
        "places:\n",
        "palces:\n",
        "places:",
        "there is no section “palces”; did you mean “places”?",
    ),
    "an unknown source": (
        "    evidence: [statement]\n    carve",
        "    evidence: [statment]\n    carve",
        "    evidence: [statement]\n    carve",
        "no record under “sources” has the slug “statment”; correct it, or add the record",
    ),
    "an unknown vendor": (
        "  actor: acme",
        "  actor: amazon",
        "  actor: acme",
        "no vendor, agency or organisation has the slug “amazon”",
    ),
    "a claim without evidence": (
        "    evidence: [statement]\n    carve_outs",
        "    carve_outs",
        "  - action: announced",
        "a term has no “evidence”; name at least one source that says so",
    ),
    "an empty list of evidence": (
        "      evidence: [statement]",
        "      evidence: []",
        "      evidence: [statement]",
        "the claim cites nothing; name at least one source that says so",
    ),
    "a day that does not exist": (
        "declared: 2020-06-10",
        "declared: 2021-02-30",
        "    declared: 2020-06-10",
        "declared: “2021-02-30” is not a date: day is out of range for month",
    ),
    "a month that does not exist": (
        "declared: 2020-06-10",
        "declared: 2020-13",
        "    declared: 2020-06-10",
        "“2020-13” is not a date",
    ),
    "a date in words": (
        "declared: 2020-06-10",
        "declared: 10 June 2020",
        "    declared: 2020-06-10",
        "“10 June 2020” is not a date: write 2020-06-10, 2020-06 or 2020",
    ),
    "an end before its start": (
        "ends_on: 2021-06-10",
        "ends_on: 2020-01-10",
        "    ends_on",
        "the end 2020-01-10 lies before the start 2020-06-10; correct “ends_on” or “declared”",
    ),
    "an end on the day it starts": (
        "ends_on: 2021-06-10",
        "ends_on: 2020-06-10",
        "    ends_on",
        "the end 2020-06-10 lies before the start 2020-06-10",
    ),
    "a fixed end without its day": (
        "    ends_on: 2021-06-10\n",
        "",
        "    end: fixed",
        "end: fixed without “ends_on”",
    ),
    "a day with an end that is not fixed": (
        "    end: fixed",
        "    end: indefinite",
        "    ends_on",
        "end: indefinite with “ends_on”",
    ),
    "a condition that is not said": (
        "    end: fixed\n    ends_on: 2021-06-10",
        "    end: conditional",
        "    end: fixed",
        "end: conditional without “condition”",
    ),
    "a first term that is no announcement": (
        "action: announced",
        "action: extended",
        "  terms:",
        "the first term is not the announcement",
    ),
    "a commitment about nothing": (
        "  products: [seer]\n",
        "",
        "- slug: acme-moratorium",
        "it is about nothing; add “technologies” or “products”",
    ),
    "a word that is not on the list": (
        "  kind: moratorium",
        "  kind: moratoriun",
        "  kind: moratorium",
        "“moratoriun” is no kind; did you mean “moratorium”?",
    ),
    "a partnership with itself": (
        "  client: city-police",
        "  client: acme",
        "  client: city-police",
        "vendor and client are the same",
    ),
    "an amount without currency": (
        "  started: 2019",
        "  started: 2019\n  amount: 12",
        "  status: confirmed",
        "an amount and its currency belong together",
    ),
    "an amount in words": (
        "  started: 2019",
        "  amount: a lot",
        "  started: 2019",
        "“amount” is “a lot”; write a number",
    ),
    "a partnership that ends before it starts": (
        "  started: 2019",
        "  started: 2019\n  ended: 2018-05",
        "  status: confirmed",
        "“ended” 2018-05 lies before “started” 2019",
    ),
    "an address that is none": (
        "url: https://acme.example/stop",
        "url: acme.example/stop",
        "  url:",
        "“acme.example/stop” is not an http or https address",
    ),
    "a slug that is no address": (
        "- slug: seer",
        "- slug: The Seer",
        "- slug: seer",
        "“The Seer” cannot be part of an address",
    ),
    "a key given twice": (
        "  name: Seer",
        "  name: Seer\n  name: Oracle",
        "  vendor: acme",
        "“name” stands twice in one record",
    ),
    "a list where a word belongs": (
        "  actor: acme",
        "  actor: [acme]",
        "  actor: acme",
        "“actor” is a list where one value belongs",
    ),
    "a word where a list belongs": (
        "  products: [seer]",
        "  products: seer",
        "  products: [seer]",
        "“products” is a text; write a list: [one, two]",
    ),
    "a key without a value": ("  name: Seer", "  name:", "  name: Seer", "“name” has no value"),
    "a tag": (
        "  name: Seer",
        "  name: !!python/name:os.system Seer",
        "  name: Seer",
        "is not allowed; delete it",
    ),
    "an invisible character": (
        "  name: Seer",
        "  name: Se\u200eer",
        "  name: Seer",
        "an invisible character U+200E",
    ),
    "a country in a country": (
        "  code: US",
        "  code: US\n  parent: united-states",
        "technologies:",
        "a country has no parent",
    ),
    "a name that is too long": (
        "  name: Acme, Inc.",
        "  name: " + "A" * 201,
        "  name: Acme, Inc.",
        "“name” has 201 characters; at most 200 are kept",
    ),
    "an alias twice": (
        "aliases: [Acme]",
        "aliases: [Acme, ACME]",
        "  aliases",
        "“Acme” stands twice under “aliases”",
    ),
    "a carve-out that ends with no term": (
        "    - words: Missing children",
        "    - words: Missing children\n      until: 2",
        "  terms:",
        "a carve-out of term 1 ends with term 2; name a later term",
    ),
    "a name on two lines": (
        "  name: Seer",
        '  name: "Se\\ner"',
        "  name: Seer",
        "“name” has several lines; write it on one",
    ),
    "a control character": ("  name: Seer", '  name: "Se\\0er"', "  name: Seer", "an invisible character U+0000"),
    "a source cited twice": (
        "      evidence: [statement]",
        "      evidence: [statement, statement]",
        "      evidence: [statement]",
        "the source “statement” is cited twice",
    ),
}


@pytest.mark.parametrize(("old", "new", "at", "message"), CASES.values(), ids=list(CASES))
def test_a_mistake_is_told_with_its_line(folder: Path, edit: Edit, old: str, new: str, at: str, message: str) -> None:
    edit(old, new)
    assert any(problem.startswith(f"small.yaml:{line_of(at)}: ") and message in problem for problem in told(folder)), (
        told(folder)
    )


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b"vendors:\n- slug: a\n  name: [x\n", 4, "not valid YAML"),
        (b"vendors:\n- slug: a\n   name: b\n", 3, "not valid YAML"),
        (b"vendors:\n- slug: a\n  name: caf\xe9\n", 3, "the file is not UTF-8 text"),
        (b"vendors:\n- &one\n  slug: a\n  name: A\n- *one\n", 2, "an alias"),
        (b"- one\n", 1, "the file holds a list"),
        (b"vendors:\n  slug: a\n", 1, "“vendors” holds a group of keys"),
        (b"vendors: [a]\n", 1, "a vendor is a text"),
        (b"vendors:\n- slug: a\n  name: A\x00\n", 3, "not valid YAML"),
        (b"vendors: " + b"[" * 5000 + b"]" * 5000, 1, "nested too deep"),
        (b"vendors: []\n---\nvendors: []\n", 2, "not valid YAML"),
    ],
)
def test_a_malformed_file_is_told_with_its_line(tmp_path: Path, content: bytes, line: int, message: str) -> None:
    (tmp_path / "bad.yaml").write_bytes(content)
    assert any(problem.startswith(f"bad.yaml:{line}: ") and message in problem for problem in told(tmp_path)), told(
        tmp_path
    )


def test_a_slug_in_two_files_is_told_with_both_places(folder: Path) -> None:
    (folder / "second.yaml").write_text("agencies:\n- slug: acme\n  name: Acme agency\n  kind: police\n")
    here = f"small.yaml:{line_of('- slug: acme')}"
    assert told(folder) == [f"{here}: the slug “acme” stands also at second.yaml:2; keep one, or change this one"]


def test_two_sources_with_one_address_are_told(folder: Path) -> None:
    (folder / "z.yaml").write_text(
        "sources:\n- slug: again\n  title: Again\n  kind: news\n  url: http://ACME.example/stop/?utm_source=x\n"
    )
    [problem] = told(folder)
    assert problem.startswith("z.yaml:5: the address “https://acme.example/stop” stands also at small.yaml:")


def test_an_owner_that_owns_itself_through_another_is_told(folder: Path, edit: Edit) -> None:
    edit("  aliases: [Acme]", "  parent: holding")
    (folder / "z.yaml").write_text("vendors:\n- slug: holding\n  name: Holding\n  parent: acme\n")
    assert "z.yaml:4: “holding” belongs to itself through “acme”; correct one parent" in told(folder)


def test_all_mistakes_are_told_at_once(folder: Path, edit: Edit) -> None:
    edit("declared: 2020-06-10", "declared: 2021-02-30")
    edit("  actor: acme", "  actor: amazon")
    (folder / "z.yaml").write_text("vendors:\n- name: [\n")
    assert len(told(folder)) == 3


@pytest.mark.django_db
def test_a_catalogue_with_a_mistake_is_not_loaded_at_all(folder: Path, edit: Edit) -> None:
    edit("declared: 2020-06-10", "declared: 2021-02-30")
    with pytest.raises(BadCatalogue, match=r"small\.yaml"):
        load(folder, on=date(2026, 9, 1))
    assert not Organization.objects.exists()
    assert not LoadedRecord.objects.exists()
    assert not CatalogueLoad.objects.exists()


def test_the_command_fails_and_says_where(folder: Path, edit: Edit, capsys: pytest.CaptureFixture[str]) -> None:
    edit("  actor: acme", "  actor: amazon")
    with pytest.raises(CommandError, match="1 problems in 1 files"):
        call_command("catalogue", "check", "--path", str(folder))
    assert f"small.yaml:{line_of('  actor')}: no vendor" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"there is no folder .*nowhere; name one with --path"):
        call_command("catalogue", "load", "--path", str(tmp_path / "nowhere"))


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(CommandError, match="“yesterday” is not a day: write it as 2020-06-10"):
        call_command("catalogue", "load", "--on", "yesterday")


def test_files_with_mistakes_are_not_written_over(folder: Path, edit: Edit, capsys: pytest.CaptureFixture[str]) -> None:
    edit("  actor: acme", "  actor: amazon")
    before = (folder / "small.yaml").read_text()
    with pytest.raises(CommandError, match="nothing written: 1 problems"):
        call_command("catalogue", "dump", "--path", str(folder))
    assert "small.yaml:" in capsys.readouterr().err
    assert (folder / "small.yaml").read_text() == before


def test_a_folder_without_files_is_told(tmp_path: Path) -> None:
    assert "no .yaml file is in this folder" in told(tmp_path)[0]


def test_the_shipped_catalogue_has_nothing_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("catalogue", "check")
    assert "nothing wrong" in capsys.readouterr().out


def test_the_example_for_reviewers_is_a_good_one() -> None:
    text = (DATA / "README.md").read_text()
    start = text.index("```yaml\ncommitments:") + len("```yaml\n")
    tree, problems = read(text[start : text.index("```", start)].encode(), "README.md")
    assert problems == []
    assert tree
    [record] = cast(list[Node], tree.at("commitments").value)
    report = Report()
    COMMITMENTS.read(record, report)
    assert report.problems == []
    assert {one.slug for one in report.references} <= {record.slug for record in read_catalogue()}
