"""Imports at the desk: a file is tried out before anything changes; names are matched; differences decided."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertRedirects

from tests.desk.conftest import NOW, ON
from tests.imports.conftest import ROW, Sheet
from tests.imports.test_releases import MARCH, OCTOBER
from tracker.imports import uploads
from tracker.imports.actions import import_file
from tracker.imports.atlas import Atlas
from tracker.imports.models import Import, ImportedRow, Question, Suggestion, Upload
from tracker.organizations.models import Alias, Organization
from tracker.partnerships.models import Partnership


def given(desk: Client, path: Path, dataset: str = "atlas") -> Upload:
    """Upload a file as an editor does."""
    content = SimpleUploadedFile(path.name, path.read_bytes())
    answer = desk.post("/desk/imports/", {"file": content, "dataset": dataset})
    made = Upload.objects.latest("pk")
    assertRedirects(answer, f"/desk/imports/uploads/{made.pk}/")
    return made


def worked(upload: Upload, *, apply: bool = False) -> Upload:
    """What the worker does with it."""
    uploads.work(upload.pk, apply=apply, on=ON, now=NOW)
    upload.refresh_from_db()
    return upload


def press(desk: Client, upload: Upload, what: str, **also: str) -> Upload:
    desk.post(f"/desk/imports/uploads/{upload.pk}/do", {"do": what, **also})
    upload.refresh_from_db()
    return upload


def test_a_file_is_tried_out_shown_and_applied_by_a_second_press(
    desk: Client,
    axon: Organization,
    sheet: Sheet,
) -> None:
    upload = given(desk, sheet({}, {"AOSNUMBER": "AOS9", "Vendor": "Nobody Inc", "Summary": "=1+1"}, name=OCTOBER))
    assert desk.get(f"/desk/imports/uploads/{upload.pk}/")["Refresh"] == "3"
    assert worked(upload).state == "tried"
    assert not Partnership.objects.exists()
    page = desk.get(f"/desk/imports/uploads/{upload.pk}/")
    assertContains(page, "What would be done; nothing was")
    assertContains(page, "no vendor has this name or alias")
    assert "Refresh" not in page
    refused = desk.get(f"/desk/imports/uploads/{upload.pk}/refused.csv")
    assert "no vendor has this name or alias,Nobody Inc" in refused.content.decode()
    assert ",'=1+1" in refused.content.decode(), "a spreadsheet must not run what a stranger wrote"
    assert worked(press(desk, upload, "apply"), apply=True).state == "applied"
    assert Partnership.objects.count() == 1
    assertContains(desk.get("/desk/imports/"), "2020-10-07")


def test_a_file_that_is_none_is_refused_with_the_reason(
    desk: Client,
    axon: Organization,
    tmp_path: Path,
) -> None:
    path = tmp_path / "page.csv"
    path.write_text("<!doctype html><html><body>404</body></html>")
    upload = worked(given(desk, path))
    assert upload.state == "failed"
    assertContains(desk.get(f"/desk/imports/uploads/{upload.pk}/"), "Nothing was imported: page.csv")
    assert worked(press(desk, upload, "apply"), apply=True).state == "failed"


def test_one_that_has_not_begun_can_be_stopped_and_begun_again(
    desk: Client,
    axon: Organization,
    sheet: Sheet,
) -> None:
    upload = press(desk, given(desk, sheet({}, name=OCTOBER)), "stop")
    assert (upload.state, worked(upload).state) == ("stopped", "stopped")
    assert worked(press(desk, upload, "try")).state == "tried"


def test_a_wish_to_stop_that_came_too_late_does_not_stop_the_next_try(
    desk: Client, axon: Organization, sheet: Sheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "_EVERY", 0.0)  # looks for the wish at every row
    upload = worked(given(desk, sheet({}, name=OCTOBER)))
    press(desk, upload, "stop")
    assert worked(press(desk, upload, "try")).state == "tried"


def test_one_whose_worker_was_killed_is_taken_up_again(
    desk: Client,
    axon: Organization,
    sheet: Sheet,
) -> None:
    upload = given(desk, sheet({}, name=OCTOBER))
    Upload.objects.filter(pk=upload.pk).update(state="applying")
    assertContains(desk.get(f"/desk/imports/uploads/{upload.pk}/"), "was stopped in the middle")
    assert worked(press(desk, upload, "try")).state == "tried"
    Upload.objects.filter(pk=upload.pk).update(state="applying")
    assert worked(upload, apply=True).state == "applied", "the task comes again by itself"


def test_a_file_of_anybodys_has_its_mapping_proposed_and_edited(
    desk: Client,
    axon: Organization,
    tmp_path: Path,
) -> None:
    path = tmp_path / "contracts-2026-08-22.csv"
    path.write_text(
        "Dept,ST,Town,Supplier,Tech\nWoodstock Police Department,VA,Woodstock,Axon,Body-worn Cameras\n", "utf-8"
    )
    upload = given(desk, path, "mapped")
    assert upload.state == "mapping"
    assert "Supplier" in upload.mapping
    assertContains(desk.get(f"/desk/imports/uploads/{upload.pk}/"), "What its columns seem to mean, and why")
    bad = desk.post(f"/desk/imports/uploads/{upload.pk}/do", {"do": "map", "mapping": "vendors: Supplier"})
    assertContains(bad, "vendors", status_code=400)
    told = (
        "name: Contracts of Woodstock\nurl: https://example.org/contracts\nvendor: Supplier\nagency: Dept\n"
        "state: ST\ncity: Town\ntechnology:\n  column: Tech\n  words:\n    Body-worn Cameras: body-camera\n"
    )
    upload = worked(press(desk, upload, "map", mapping=told))
    assert (upload.state, upload.problem) == ("tried", "")
    assert worked(press(desk, upload, "apply"), apply=True).state == "applied"
    claim = Partnership.objects.get()
    assert (claim.vendor, claim.client.name, claim.checked) == (axon, "Woodstock Police Department", False)


def test_a_name_is_matched_with_one_press_and_kept_as_an_alias(
    desk: Client,
    axon: Organization,
    sheet: Sheet,
) -> None:
    path = sheet(
        {},
        {**ROW, "AOSNUMBER": "AOS9", "City": "Bristol", "Agency": "Bristol PD", "Vendor": "TASER International Group"},
    )
    import_file(Atlas(), path, on=ON, now=NOW)
    question = Question.objects.get()
    page = desk.get("/desk/imports/matches/")
    assertContains(page, "TASER International Group")
    assertContains(page, 'accesskey="1"')
    desk.post(f"/desk/imports/matches/{question.pk}/answer", {"organization": axon.pk})
    assert Alias.objects.filter(organization=axon, name="TASER International Group").exists()
    again = desk.post(f"/desk/imports/matches/{question.pk}/answer", {"organization": ""}, follow=True)
    assertContains(again, "Somebody has answered already")
    assert import_file(Atlas(), path, on=ON, now=NOW).created == 1


def test_a_difference_is_taken_or_kept(
    desk: Client,
    axon: Organization,
    sheet: Sheet,
    editor: User,
) -> None:
    import_file(Atlas(), sheet({}, name=OCTOBER), on=ON, now=NOW)
    Partnership.objects.update(note="Since 2013.")
    import_file(Atlas(), sheet({"Summary": "Cameras since 2011."}, name=MARCH), on=ON, now=NOW)
    suggestion = Suggestion.objects.get()
    assertContains(desk.get("/desk/imports/suggestions/"), "Cameras since 2011.")
    desk.post(f"/desk/imports/suggestions/{suggestion.pk}/decide", {"take": "1"})
    assert Partnership.objects.get().note == "Cameras since 2011."
    assert ImportedRow.objects.get().wrote["note"] == "Cameras since 2011."
    said = desk.post(f"/desk/imports/suggestions/{suggestion.pk}/decide", {"keep": "1"}, follow=True)
    assertContains(said, "Somebody has decided this already")


def test_an_import_is_undone_at_the_desk(
    desk: Client,
    axon: Organization,
    sheet: Sheet,
) -> None:
    import_file(Atlas(), sheet({}, name=OCTOBER), on=ON, now=NOW)
    made = Import.objects.get()
    assertContains(desk.post(f"/desk/imports/{made.pk}/undo", follow=True), "is undone")
    assert not Partnership.objects.exists()
    assertContains(desk.post(f"/desk/imports/{made.pk}/undo", follow=True), "Nothing was undone")


@pytest.mark.parametrize("page", ["", "matches/", "suggestions/"])
def test_only_editors_see_the_pages(client: Client, db: None, page: str) -> None:
    assert client.get(f"/desk/imports/{page}").status_code == 302


def test_the_pages_ask_the_database_a_fixed_number_of_times(
    desk: Client,
    axon: Organization,
    sheet: Sheet,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    path = sheet({}, *({**ROW, "AOSNUMBER": f"AOS{n}", "Vendor": f"TASER International {n}"} for n in range(2, 9)))
    import_file(Atlas(), path, on=ON, now=NOW)
    with django_assert_num_queries(6):
        desk.get("/desk/imports/matches/")
    with django_assert_num_queries(7):
        desk.get("/desk/imports/")
