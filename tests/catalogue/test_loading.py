"""Loading twice, loading what changed, and never over what an editor has changed since."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.catalogue.conftest import SMALL
from tracker.catalogue.actions import BadCatalogue, load
from tracker.catalogue.catalogue import read_catalogue
from tracker.catalogue.dumping import dump
from tracker.catalogue.emitting import emit
from tracker.catalogue.reading import files, read
from tracker.catalogue.report import Report
from tracker.catalogue.schema import SECTIONS
from tracker.commitments.models import CarveOut, Commitment, Term, TermCitation
from tracker.evidence.models import Source
from tracker.organizations.models import Alias, Organization, Product
from tracker.partnerships.models import Partnership, PartnershipCitation
from tracker.record.models import Question

DAY, NEXT = date(2026, 9, 1), date(2026, 9, 2)
Edit = Callable[[str, str], None]
pytestmark = pytest.mark.django_db


def rows() -> dict[str, list[Any]]:
    """All rows that the small catalogue fills, with their keys."""
    models = (
        Organization,
        Alias,
        Product,
        Commitment,
        Term,
        TermCitation,
        CarveOut,
        Partnership,
        PartnershipCitation,
        Source,
    )
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}


def test_every_record_of_the_file_becomes_its_rows(folder: Path) -> None:
    summary = load(folder, on=DAY)
    sections = (
        "places",
        "technologies",
        "sources",
        "vendors",
        "agencies",
        "products",
        "commitments",
        "partnerships",
    )
    assert {section: count for section, count in summary.created.items() if count} == dict.fromkeys(sections, 1)
    term = Term.objects.get()
    assert (term.commitment.slug, str(term.ends_on), term.published_on, term.order) == (
        "acme-moratorium",
        "2021-06-10",
        DAY,
        1,
    )
    partnership = Partnership.objects.get()
    assert partnership.details == {"cameras": 12, "code": "007"}
    assert (partnership.origin, partnership.checked) == ("researched", True)
    assert partnership.citations.get().quote == "We serve the city."
    assert Source.objects.get().normalised_url == "https://acme.example/stop"


def test_loading_the_same_files_again_changes_nothing_and_asks_little(folder: Path) -> None:
    load(folder, on=DAY)
    before = rows()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        summary = load(folder, on=NEXT)
    assert summary.already_loaded
    assert rows() == before
    assert len(queries) <= 4


def test_a_comment_in_a_file_changes_no_row(folder: Path, edit: Edit) -> None:
    load(folder, on=DAY)
    before = rows()
    edit("# The first one.", "# The first one, read again in September.")
    summary = load(folder, on=NEXT)
    assert not summary.already_loaded
    assert (summary.changes, summary.conflicts) == ([], [])
    assert rows() == before


def test_a_correction_in_the_file_changes_that_record_in_place(folder: Path, edit: Edit) -> None:
    load(folder, on=DAY)
    term = Term.objects.get()
    edit("    ends_on: 2021-06-10", "    ends_on: 2021-06-11")
    summary = load(folder, on=NEXT)
    assert summary.changes == ["commitments/acme-moratorium: terms"]
    term.refresh_from_db()
    assert (str(term.ends_on), term.published_on) == ("2021-06-11", DAY)
    assert TermCitation.objects.filter(claim=term).count() == 1


def test_a_term_added_to_the_file_is_added_with_its_citation(folder: Path, edit: Edit) -> None:
    load(folder, on=DAY)
    first = Term.objects.get()
    edit(
        "partnerships:\n",
        "  - action: withdrawn\n    declared: 2020-09\n    evidence: [statement]\npartnerships:\n",
    )
    load(folder, on=NEXT)
    kept = Term.objects.get(order=1)
    assert (kept.pk, kept.action, kept.published_on) == (first.pk, "announced", DAY)
    assert Term.objects.get(order=2, action="withdrawn", published_on=NEXT).citations.count() == 1
    edit("  - action: withdrawn\n    declared: 2020-09\n    evidence: [statement]\n", "")
    load(folder, on=NEXT)
    assert Term.objects.get() == first


def test_a_carve_out_ends_with_the_term_that_says_so(folder: Path, edit: Edit) -> None:
    edit("      evidence: [statement]\npartnerships:", "      until: 2\n      evidence: [statement]\n"
         "  - action: reaffirmed\n    declared: 2020-09\n    evidence: [statement]\npartnerships:")  # fmt: skip
    load(folder, on=DAY)
    assert CarveOut.objects.get().until == Term.objects.get(order=2)
    assert dump(folder).written == []


def test_what_an_editor_changed_is_not_overwritten_and_the_conflict_is_told(folder: Path, edit: Edit) -> None:
    load(folder, on=DAY)
    Organization.objects.filter(slug="acme").update(name="Acme Corp.")
    edit("name: Acme, Inc.", "name: Acme Incorporated")
    line = SMALL[: SMALL.index("- slug: acme\n")].count("\n") + 1
    told = f"small.yaml:{line}: vendors/acme: “name” was changed in the file and on the site; the site's value stays"
    assert load(folder, on=NEXT).conflicts == [told]
    assert Organization.objects.get(slug="acme").name == "Acme Corp."
    edit("# The first one.", "# Another comment.")
    assert load(folder, on=NEXT).conflicts == [told], "it is told until somebody decides"


def test_an_editors_change_and_a_change_of_another_key_in_the_file_are_both_kept(folder: Path, edit: Edit) -> None:
    load(folder, on=DAY)
    Organization.objects.filter(slug="acme").update(name="Acme Corp.")
    edit("  aliases: [Acme]", "  aliases: [Acme, ACM]")
    summary = load(folder, on=NEXT)
    assert summary.conflicts == []
    acme = Organization.objects.get(slug="acme")
    assert acme.name == "Acme Corp."
    assert [alias.name for alias in acme.aliases.all()] == ["Acme", "ACM"]


def test_an_editors_change_alone_is_no_conflict(folder: Path, edit: Edit) -> None:
    load(folder, on=DAY)
    Term.objects.update(summary="As the editor puts it")
    edit("# The first one.", "# Another comment.")
    summary = load(folder, on=NEXT)
    assert (summary.conflicts, summary.changes, summary.kept) == ([], [], 1)
    assert Term.objects.get().summary == "As the editor puts it"


def test_the_same_correction_on_both_sides_is_no_conflict(folder: Path, edit: Edit) -> None:
    load(folder, on=DAY)
    Organization.objects.filter(slug="acme").update(name="Acme Corp.")
    edit("name: Acme, Inc.", "name: Acme Corp.")
    assert load(folder, on=NEXT).conflicts == []


def test_what_an_editor_deleted_stays_deleted(folder: Path, edit: Edit) -> None:
    load(folder, on=DAY)
    Partnership.objects.all().delete()
    edit("  started: 2019", "  started: 2018")
    [conflict] = load(folder, on=NEXT).conflicts
    assert conflict.endswith("partnerships/city-police--seer was deleted on the site since; it stays deleted")
    assert not Partnership.objects.exists()


def test_a_record_that_an_editor_renamed_is_still_the_same(folder: Path, edit: Edit) -> None:
    load(folder, on=DAY)
    Organization.objects.filter(slug="acme").update(slug="acme-corp")
    edit("  launched", "  launched") if "  launched" in SMALL else edit(
        "  technology: face", "  launched: 2018\n  technology: face"
    )
    summary = load(folder, on=NEXT)
    assert summary.conflicts == []
    assert [vendor.slug for vendor in Organization.objects.vendors()] == ["acme-corp"]
    assert str(Product.objects.get().launched) == "2018"


def test_a_record_that_left_the_files_stays_and_is_told(folder: Path) -> None:
    load(folder, on=DAY)
    text = (folder / "small.yaml").read_text()
    start, end = text.index("partnerships:\n"), text.index("sources:\n")
    (folder / "small.yaml").write_text(text[:start] + text[end:])
    summary = load(folder, on=NEXT)
    assert summary.gone == [
        "partnerships/city-police--seer is in no file any more; it stays on the site until an editor deletes it"
    ]
    assert Partnership.objects.exists()


def test_a_source_that_the_site_knows_under_another_slug_is_not_doubled(folder: Path) -> None:
    known = Source.objects.create(
        slug="seen-earlier",
        url="https://acme.example/stop/",
        normalised_url="https://acme.example/stop",
        title="We stop",
        kind="news",
    )
    [conflict] = load(folder, on=DAY).conflicts
    assert conflict.endswith("sources/statement is on the site already as “seen-earlier”, which stays as it is")
    assert Source.objects.get() == known
    assert Term.objects.get().citations.get().source == known


def test_what_the_database_refuses_is_told_and_nothing_is_loaded(folder: Path) -> None:
    acme = Organization.objects.create(slug="acme", name="Acme, Inc.", role="vendor", kind="company")
    from tracker.organizations.models import Technology

    technology = Technology.objects.create(slug="faces", name="Faces")
    Product.objects.create(vendor=acme, name="SEER", slug="editors-seer", technology=technology)
    with pytest.raises(BadCatalogue, match="the database refuses it"):
        load(folder, on=DAY)
    assert not Commitment.objects.exists()


def test_a_dry_run_tells_and_writes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("catalogue", "load", "--path", str(folder), "--on", "2026-09-01", "--dry-run")
    said = capsys.readouterr().out
    assert "vendors            1 new" in said
    assert "dry run: nothing was written" in said
    assert not Organization.objects.exists()


def test_a_draft_is_loaded_as_a_draft(folder: Path, edit: Edit) -> None:
    edit("  started: 2019", "  started: 2019\n  draft: true")
    load(folder, on=DAY)
    assert Partnership.objects.get().published_on is None
    edit("  draft: true\n", "")
    load(folder, on=NEXT)
    assert Partnership.objects.get().published_on == NEXT


def test_dumping_what_was_loaded_gives_the_same_bytes(folder: Path) -> None:
    load(folder, on=DAY)
    assert dump(folder).written == []
    assert (folder / "small.yaml").read_text() == SMALL


def test_dumping_an_editors_change_rewrites_that_record_alone(folder: Path) -> None:
    load(folder, on=DAY)
    Organization.objects.filter(slug="acme").update(note="Said: “never” # not a comment")
    [change] = dump(folder).changes
    assert change.endswith("vendors/acme is changed: note")
    before, after = SMALL.splitlines(), (folder / "small.yaml").read_text().splitlines()
    assert [line for line in after if line not in before] == ["  note: 'Said: “never” # not a comment'"]
    assert [line for line in before if line not in after] == []
    assert read_catalogue(folder).problems == []
    assert load(folder, on=NEXT).changes == []


def test_dumping_writes_what_an_editor_entered_and_takes_out_what_she_deleted(folder: Path) -> None:
    load(folder, on=DAY)
    Partnership.objects.all().delete()
    place = Organization.objects.get(slug="acme").place
    Organization.objects.create(slug="beta", name="Beta: the company", role="vendor", kind="company", place=place)
    Organization.objects.create(
        slug="from-atlas", name="Imported", role="agency", kind="police", origin="imported:atlas"
    )
    dump(folder)
    assert "partnerships" not in (folder / "small.yaml").read_text()
    assert (
        folder / "vendors/beta.yaml"
    ).read_text() == "vendors:\n- slug: beta\n  name: 'Beta: the company'\n  place: united-states\n"
    assert sorted(files(folder)) == ["small.yaml", "vendors/beta.yaml"]
    assert read_catalogue(folder).problems == []


def test_dumping_into_an_empty_folder_gives_a_catalogue_that_says_the_same(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    load(folder, on=DAY)
    empty = tmp_path_factory.mktemp("empty")
    dump(empty)
    dumped, original = read_catalogue(empty), read_catalogue(folder)
    assert dumped.problems == []
    assert {(one.section, one.slug): one.content for one in dumped} == {
        (one.section, one.slug): one.content for one in original
    }


def test_every_record_reads_back_from_what_is_written_for_it() -> None:
    for record in read_catalogue():
        table = SECTIONS[record.section]
        tree, problems = read(emit(table, record.content).encode(), "emitted")
        assert problems == []
        assert tree
        assert isinstance(tree.value, list)
        assert table.read(tree.value[0], Report()) == record.content


def test_a_record_that_needs_what_an_editor_deleted_is_left_out_and_told(folder: Path, edit: Edit) -> None:
    load(folder, on=DAY)
    Partnership.objects.all().delete()
    Organization.objects.filter(slug="city-police").delete()
    more = "questions:\n- slug: how-many\n  text: How many?\n  asked_of: city-police\n  asked_by_words: Reporters\n"
    edit("sources:\n", more + "  outcome: unanswered\n  evidence: [statement]\nsources:\n")
    conflicts = load(folder, on=NEXT).conflicts
    assert any(
        one.endswith("questions/how-many refers to “city-police”, which was deleted on the site") for one in conflicts
    )
    assert not Question.objects.exists()


def test_several_lines_and_odd_words_survive_the_way_to_the_database_and_back(folder: Path) -> None:
    load(folder, on=DAY)
    note = "First: line\n\n- second # line\nno"
    Organization.objects.filter(slug="acme").update(note=note)
    Organization.objects.filter(slug="city-police").update(note="no")
    details = {"cameras": None, "on": True, "off": "true", "list": [1, "1", 0.5], "group": {"a": "x: y"}}
    Partnership.objects.update(details=details)
    dump(folder)
    assert read_catalogue(folder).of("partnerships")["city-police--seer"].content["details"] == details
    assert read_catalogue(folder).of("vendors")["acme"].content["note"] == note
    summary = load(folder, on=NEXT)
    assert (summary.changes, summary.conflicts) == ([], [])
    assert dump(folder).written == []


def test_history_says_that_the_catalogue_wrote_it(folder: Path) -> None:
    load(folder, on=DAY)
    acme: Any = Organization.objects.get(slug="acme")
    [event] = acme.history.all()
    assert event.pgh_context.metadata["catalogue"] == read_catalogue(folder).digest[:12]
