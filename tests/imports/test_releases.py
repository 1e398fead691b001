"""One release after another: what is new, changed, corrected by editors, gone, and taken back."""

from pathlib import Path

import pghistory
import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from pytest_django.asserts import assertContains

from tests.imports.conftest import Sheet
from tests.imports.test_atlas import NOW, ON, bring_in, size_of_everything
from tests.refusals import as_at_commit, refused, sql
from tracker.imports.actions import import_file
from tracker.imports.atlas import Atlas
from tracker.imports.models import Change, Import, ImportedRow, Suggestion
from tracker.imports.rows import BadFile
from tracker.imports.undoing import CannotUndo, undo
from tracker.organizations.models import Organization, Place
from tracker.partnerships.models import Partnership, PartnershipCitation

ABINGDON = {"AOSNUMBER": "AOS0002", "Agency": "Abingdon Police Department", "City": "Abingdon"}
OCTOBER, MARCH = "Atlas_of_Surveillance-20201007.csv", "Atlas_of_Surveillance-20210301.csv"


def release(path: Path) -> Import:
    bring_in(path)
    return Import.objects.latest("pk")


def test_a_newer_release_updates_what_nobody_corrected(axon: Organization, sheet: Sheet) -> None:
    release(sheet({}, ABINGDON, name=OCTOBER))
    report = bring_in(sheet({"Summary": "Cameras since 2011."}, ABINGDON, name=MARCH))
    assert (report.created, report.updated, report.unchanged) == (0, 1, 1)
    assert {one.note for one in Partnership.objects.all()} == {"Cameras since 2011.", "Cameras since 2012."}
    changed = Partnership.objects.get(note="Cameras since 2011.")
    assert (str(changed.last_confirmed), changed.checked) == ("2021-03-01", False)


def test_a_new_link_is_cited_and_no_citation_is_lost(axon: Organization, sheet: Sheet) -> None:
    release(sheet({}, name=OCTOBER))
    bring_in(sheet({"Link 1": "https://example.org/other"}, name=MARCH))
    cited = {one.source.url for one in PartnershipCitation.objects.select_related("source")}
    assert {"https://example.org/story", "https://example.org/other"} < cited


def test_an_editors_correction_wins_and_the_difference_waits_at_the_desk(axon: Organization, sheet: Sheet) -> None:
    release(sheet({}, name=OCTOBER))
    Partnership.objects.update(note="Since 2013, says the contract.")
    for _ in range(2):
        report = bring_in(sheet({"Summary": "Cameras since 2011."}, name=MARCH))
    assert (report.suggested, report.unchanged) == (0, 1), "it is suggested once"
    assert Partnership.objects.get().note == "Since 2013, says the contract."
    suggestion = Suggestion.objects.get()
    assert (suggestion.field, suggestion.ours, suggestion.theirs, suggestion.state) == (
        "note",
        "Since 2013, says the contract.",
        "Cameras since 2011.",
        "open",
    )


def test_what_an_editor_confirmed_is_not_changed_by_a_file(axon: Organization, sheet: Sheet) -> None:
    release(sheet({}, name=OCTOBER))
    Partnership.objects.update(checked=True)
    report = bring_in(sheet({"Summary": "Cameras since 2011."}, name=MARCH))
    assert (report.updated, report.suggested) == (0, 1)


def test_what_an_editor_removed_does_not_come_back(axon: Organization, sheet: Sheet) -> None:
    release(sheet({}, ABINGDON, name=OCTOBER))
    Partnership.objects.filter(details__upstream_id="AOS0001").delete()
    report = bring_in(sheet({"Summary": "Cameras since 2011."}, ABINGDON, name=MARCH))
    assert (report.removed, report.created, Partnership.objects.count()) == (1, 0, 1)


def test_a_row_that_vanished_is_flagged_and_one_that_comes_back_is_not(
    client: Client, axon: Organization, sheet: Sheet
) -> None:
    release(sheet({}, ABINGDON, name=OCTOBER))
    report = bring_in(sheet({}, name=MARCH))
    assert report.vanished == 1
    gone = ImportedRow.objects.get(key="AOS0002")
    assert gone.missing_since is not None
    assert gone.missing_since.release == "2021-03-01"
    assert Partnership.objects.count() == 2, "it is never deleted"
    assertContains(client.get("/vendors/axon/"), "no longer listed there since the release of 2021-03-01", count=1)
    bring_in(sheet({}, ABINGDON, name="Atlas_of_Surveillance-20210401.csv"))
    assert ImportedRow.objects.filter(missing_since=None).count() == 2


def test_an_older_release_is_refused_after_a_newer_one(axon: Organization, sheet: Sheet) -> None:
    release(sheet({}, name=MARCH))
    before = size_of_everything()
    with pytest.raises(BadFile, match="is the release of 2020-10-07, and that of 2021-03-01 was imported already"):
        bring_in(sheet({}, ABINGDON, name=OCTOBER))
    assert size_of_everything() == before


def test_a_file_without_one_good_row_flags_nothing_as_gone(axon: Organization, sheet: Sheet) -> None:
    release(sheet({}, name=OCTOBER))
    report = bring_in(sheet({"Vendor": "Nobody Inc"}, name=MARCH))
    assert report.vanished == 0 or not ImportedRow.objects.exclude(missing_since=None).exists()
    assert Import.objects.count() == 1


def test_an_import_is_undone_as_a_whole(axon: Organization, sheet: Sheet) -> None:
    places = Place.objects.count()
    undone = undo(release(sheet({}, ABINGDON, name=OCTOBER)))
    as_at_commit()
    assert (undone.deleted, undone.kept) == (2 + 2 + 2 + 1, 0), "claims, agencies, towns, and a source"
    left = (Partnership.objects, Organization.objects.agencies(), ImportedRow.objects, Change.objects)
    assert [table.count() for table in left] == [0, 0, 0, 0]
    assert (Place.objects.count(), Import.objects.get().state) == (places, "undone")
    again = bring_in(sheet({}, ABINGDON, name=OCTOBER))
    assert (again.created, Import.objects.get().state) == (2, "applied")


def test_undoing_an_update_brings_back_what_was_there(axon: Organization, sheet: Sheet) -> None:
    release(sheet({}, ABINGDON, name=OCTOBER))
    was = list(Partnership.objects.order_by("pk").values())
    kept = list(ImportedRow.objects.order_by("pk").values())
    undone = undo(release(sheet({"Summary": "Cameras since 2011.", "Link 1": "https://example.org/x"}, name=MARCH)))
    as_at_commit()
    assert undone.restored == 1
    assert list(Partnership.objects.order_by("pk").values()) == was
    assert list(ImportedRow.objects.order_by("pk").values()) == kept
    assert PartnershipCitation.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_an_import_on_which_somebody_worked_is_not_undone(axon: Organization, sheet: Sheet) -> None:
    made = release(sheet({}, name=OCTOBER))
    with pghistory.context(user=User.objects.create(username="ada").pk):
        Partnership.objects.update(note="corrected")
    before = size_of_everything()
    with pytest.raises(CannotUndo, match=r"1 of its records .* “woodstock-police-.*aos0001”, by ada on"):
        undo(made)
    assert size_of_everything() == before


def test_only_the_last_release_is_undone(axon: Organization, sheet: Sheet) -> None:
    first = release(sheet({}, name=OCTOBER))
    second = release(sheet({}, ABINGDON, name=MARCH))
    with pytest.raises(CannotUndo, match="the release of 2021-03-01 was imported on top"):
        undo(first)
    undo(second)
    undo(first)
    with pytest.raises(CannotUndo, match="undone already"):
        undo(first)


def test_an_agency_that_others_came_to_need_is_kept(axon: Organization, sheet: Sheet) -> None:
    made = release(sheet({}, name=OCTOBER))
    Partnership.objects.create(
        slug="another", vendor=axon, client=Organization.objects.agencies().get(), kind="uses", status="reported"
    )
    undone = undo(made)
    assert undone.kept == 2, "the agency and its town"
    assert Organization.objects.agencies().count() == 1


def test_a_dry_run_leaves_no_trace(axon: Organization, sheet: Sheet) -> None:
    before = size_of_everything()
    assert bring_in(sheet({}, ABINGDON), dry_run=True).created == 2
    assert size_of_everything() == before


def test_the_ledger_holds_in_sql(axon: Organization, sheet: Sheet) -> None:
    release(sheet({}, name=OCTOBER))
    columns = "dataset_id, key, fingerprint, wrote, first_import_id, last_import_id"
    with refused("imported_row_once"):
        sql(f"INSERT INTO imports_importedrow ({columns}) SELECT {columns} FROM imports_importedrow")
    with refused("imported_row_is_one_thing"):
        sql("UPDATE imports_importedrow SET organization_id = (SELECT min(id) FROM organizations_organization)")
    with refused("import_changes_once"):
        sql("INSERT INTO imports_change (of_id, what, record) SELECT of_id, what, record FROM imports_change")
    with refused("_what_"):
        sql("UPDATE imports_change SET what = 'anything'")


def test_the_command_undoes_and_says_why_it_does_not(
    axon: Organization, sheet: Sheet, capsys: pytest.CaptureFixture[str]
) -> None:
    import_file(Atlas(), sheet({}, name=OCTOBER), on=ON, now=NOW)
    call_command("import", "atlas", "--undo")
    assert "undone" in capsys.readouterr().out
    with pytest.raises(CommandError, match="no release of atlas is imported"):
        call_command("import", "atlas", "--undo")
    assert connection.in_atomic_block


def test_refused_rows_are_written_as_csv_with_their_reasons(axon: Organization, sheet: Sheet, tmp_path: Path) -> None:
    out = tmp_path / "refused.csv"
    call_command(
        "import", "atlas", str(sheet({}, {"AOSNUMBER": "AOS9", "Vendor": "Nobody Inc"})), "--refused", str(out)
    )
    assert out.read_text("utf-8").splitlines()[0].startswith("line,reason,to blame,")
    assert "no vendor has this name or alias,Nobody Inc" in out.read_text("utf-8")
