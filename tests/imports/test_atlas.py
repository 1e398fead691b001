"""The Atlas of Surveillance comes in by name, exactly, and twice the same file is once."""

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from tests.conftest import shared
from tests.imports.conftest import Sheet, vendor
from tests.refusals import as_at_commit
from tracker.evidence.models import OrganizationCitation, Source
from tracker.imports.actions import import_file
from tracker.imports.applying.questions import NotACandidate, answer
from tracker.imports.atlas import Atlas
from tracker.imports.models import Dataset, Import, Question
from tracker.imports.report import Report
from tracker.imports.rows import BadFile, Claimed, Refused
from tracker.organizations.models import Organization, Place
from tracker.partnerships.models import Partnership, PartnershipCitation

ON, NOW = date(2026, 11, 23), datetime(2026, 11, 23, 12, tzinfo=UTC)
ABINGDON = {"AOSNUMBER": "AOS0002", "Agency": "Abingdon Police Department", "City": "Abingdon"}
REAL = "data/atlas-of-surveillance-20201007/Atlas_of_Surveillance-20201007.csv"


def bring_in(path: Path, *, dry_run: bool = False) -> Report:
    report = import_file(Atlas(), path, on=ON, now=NOW, dry_run=dry_run)
    as_at_commit()
    return report


def size_of_everything() -> dict[str, int]:
    """How many rows each table has, history included."""
    return {model._meta.db_table: model._default_manager.count() for model in apps.get_models() if model._meta.managed}


def refusals(report: Report) -> dict[str, int]:
    return {reason: samples.total() for reason, samples in report.refused.items()}


def test_a_row_becomes_a_claim_that_nobody_checked_and_that_says_so(axon: Organization, sheet: Sheet) -> None:
    report = bring_in(sheet({}))
    claim = Partnership.objects.get()
    assert (report.rows, report.created, report.agencies, report.sources) == (1, 1, 1, 1)
    assert (claim.vendor, claim.kind, claim.status) == (axon, "uses", "reported")
    assert (claim.origin, claim.checked, claim.published_on) == ("atlas-of-surveillance", False, ON)
    assert (str(claim.last_confirmed), str(claim.started)) == ("2020-10-07", "None")
    assert claim.details == {
        "upstream_id": "AOS0001",
        "links": [
            {
                "url": "https://example.org/story",
                "raw": "12/27/2012",
                "value": "2012-12-27",
                "precision": "day",
            },
        ],
    }


def test_it_cites_the_dataset_and_what_the_row_cites(axon: Organization, sheet: Sheet) -> None:
    bring_in(
        sheet(
            {
                "Link 2": "http://www.police.gov/minutes/?utm_source=x",
                "Link 2 Source": "Minutes",
                "Link 2 Date": "2018",
            }
        )
    )
    cited = [citation.source for citation in PartnershipCitation.objects.select_related("source")]
    assert [(source.kind, source.publisher, str(source.published_on)) for source in cited] == [
        ("dataset", "Electronic Frontier Foundation", "None"),
        ("news", "The Story", "2012-12-27"),
        ("official", "Minutes", "2018"),
    ]
    assert [source.title_is_description for source in cited] == [False, True, True]
    dataset = Dataset.objects.get()
    assert (dataset.licence, "Electronic Frontier Foundation" in dataset.credit) == ("CC BY 4.0", True)


def test_a_new_agency_has_its_kind_its_town_and_its_source(axon: Organization, sheet: Sheet) -> None:
    bring_in(sheet({"Agency": "Shenandoah County Sheriff's Office", "Type of LEA": "Sheriff"}))
    agency = Organization.objects.agencies().get()
    assert (agency.kind, agency.origin, agency.slug) == (
        "sheriff",
        "atlas-of-surveillance",
        "shenandoah-county-sheriffs-office-va",
    )
    assert agency.place is not None
    assert (agency.place.name, agency.place.kind, agency.place.parent) == (
        "Woodstock",
        "city",
        Place.objects.get(code="VA"),
    )
    assert OrganizationCitation.objects.get().claim == agency


def test_an_agency_we_have_is_found_by_name_and_state_and_its_namesakes_are_left_alone(
    axon: Organization, sheet: Sheet
) -> None:
    ours = {
        state: Organization.objects.create(
            role="agency",
            kind="police",
            name="Springfield Police Department",
            slug=state,
            place=Place.objects.get(code=state),
        )
        for state in ("IL", "MA")
    }
    report = bring_in(sheet({"Agency": "SPRINGFIELD  police department\u200b", "State": "MA ", "City": "Springfield"}))
    assert report.agencies == 0
    assert Partnership.objects.get().client == ours["MA"]


def test_the_same_file_again_changes_nothing(axon: Organization, sheet: Sheet) -> None:
    path = sheet({}, {"AOSNUMBER": "AOS0002", "Agency": "Abingdon Police Department", "City": "Abingdon"})
    bring_in(path)
    before = size_of_everything()
    report = bring_in(path)
    assert (report.created, report.unchanged, report.agencies, report.sources) == (0, 2, 0, 0)
    assert size_of_everything() == before
    assert Import.objects.get().counts["created"] == 2


def test_a_dry_run_counts_the_same_and_leaves_nothing(axon: Organization, sheet: Sheet) -> None:
    before = size_of_everything()
    report = bring_in(sheet({}), dry_run=True)
    assert (report.created, report.agencies, report.sources) == (1, 1, 1)
    assert size_of_everything() == before


def test_a_claim_the_site_has_from_elsewhere_is_not_made_again(axon: Organization, sheet: Sheet) -> None:
    bring_in(sheet({}))
    Partnership.objects.update(origin="researched", details={})
    report = bring_in(sheet({"AOSNUMBER": "AOS9"}))
    assert (report.created, report.known_otherwise) == (0, 1)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"Vendor": "DJI"}, "no vendor has this name or alias"),
        ({"Vendor": "Axo"}, "no vendor has this name or alias"),
        ({"Vendor": "\u200b "}, "no Vendor given"),
        ({"Agency": ""}, "no Agency given"),
        ({"AOSNUMBER": ""}, "no AOSNUMBER given"),
        ({"Technology": "Mind reading"}, "a technology that is not on the list"),
        ({"State": "NA"}, "no state, or one that is not on record"),
        ({"City": ""}, "a new agency without a city"),
        ({"Agency": "x" * 201}, "a name that is too long"),
    ],
)
def test_a_row_that_leaves_a_doubt_is_refused_and_counted(
    axon: Organization, sheet: Sheet, row: dict[str, str], reason: str
) -> None:
    before = size_of_everything()
    report = bring_in(sheet(row))
    assert refusals(report) == {reason: 1}
    assert size_of_everything() == before
    assert any(reason in what and "line 2" in samples for what, _, samples in report.lines())


def test_a_new_agency_in_two_towns_is_not_made_and_one_we_have_is_still_found(axon: Organization, sheet: Sheet) -> None:
    two_towns = sheet({}, {"AOSNUMBER": "AOS0002", "City": "Strasburg", "Technology": "Drones"})
    assert refusals(bring_in(two_towns)) == {"a new agency that the file puts in several cities": 2}
    Organization.objects.create(
        role="agency",
        kind="police",
        name="Woodstock Police Department",
        slug="w",
        place=Place.objects.get(code="VA"),
    )
    assert bring_in(two_towns).created == 2


def test_a_name_that_means_two_is_not_guessed(axon: Organization, sheet: Sheet) -> None:
    vendor("other", "Axon")
    for slug in ("one", "two"):
        Organization.objects.create(
            role="agency",
            kind="police",
            name="Woodstock Police Department",
            slug=slug,
            place=Place.objects.get(code="VA"),
        )
    report = bring_in(sheet({}, {"AOSNUMBER": "AOS0002", "Vendor": "TASER international"}))
    assert refusals(report) == {
        "the vendor's name means several vendors": 1,
        "several agencies have this name in the state": 1,
    }


def test_an_agency_whose_state_nobody_noted_may_be_the_same(axon: Organization, sheet: Sheet) -> None:
    Organization.objects.create(role="agency", kind="police", name="Woodstock Police Department", slug="w")
    assert refusals(bring_in(sheet({}))) == {"an agency of this name has no state on record": 1}


def test_each_vendor_of_a_cell_counts_by_itself(axon: Organization, sheet: Sheet) -> None:
    vendor("motorola", "Motorola Solutions")
    report = bring_in(sheet({"Vendor": "Axon Enterprise, Inc. / Motorola Solutions, Nobody Inc"}))
    assert (report.created, report.parted, refusals(report)) == (2, 2, {"no vendor has this name or alias": 1})
    again = bring_in(sheet({"Vendor": "Axon Enterprise, Inc. / Motorola Solutions, Nobody Inc"}))
    assert (again.created, again.unchanged) == (0, 2)


def test_a_name_that_is_not_certain_is_asked_once_and_the_answer_remembered(axon: Organization, sheet: Sheet) -> None:
    rows = [{"Vendor": "TASER International Group"}, {**ABINGDON, "Vendor": "TASER International Group"}]
    bring_in(sheet({"AOSNUMBER": "AOS0009", "City": "Bristol", "Agency": "Bristol Police Department"}, *rows))
    question = Question.objects.get()
    assert (question.name, question.rows, question.candidates[0]["organization"]) == (
        "TASER International Group",
        2,
        axon.pk,
    )
    answer(question, axon)
    report = bring_in(sheet({"AOSNUMBER": "AOS0009", "City": "Bristol", "Agency": "Bristol Police Department"}, *rows))
    assert (report.created, report.unchanged, refusals(report)) == (2, 1, {})
    assert Question.objects.get().state == "answered"
    agency = Organization.objects.agencies()[0]
    with pytest.raises(NotACandidate):
        answer(question, agency)


def test_a_repeated_number_and_a_repeated_claim_count_once(axon: Organization, sheet: Sheet) -> None:
    report = bring_in(sheet({}, {"Technology": "Drones"}, {"AOSNUMBER": "AOS0003"}))
    assert (report.created, refusals(report)) == (1, {"repeats an earlier line": 2})


@pytest.mark.parametrize("url", ["County of Placer", "ftp://example.org/a", "javascript:alert(1)"])
def test_a_link_that_is_no_address_is_reported_and_the_rest_of_the_row_stands(
    axon: Organization, sheet: Sheet, url: str
) -> None:
    report = bring_in(sheet({"Link 1": url}))
    assert report.created == 1
    assert [samples.total() for samples in report.bad_links.values()] == [1]
    assert list(Source.objects.values_list("kind", flat=True)) == ["dataset"]


def test_two_addresses_in_one_cell_are_two_sources_and_trackers_are_none(axon: Organization, sheet: Sheet) -> None:
    bring_in(sheet({"Link 1": "https://a.org/x?utm_source=feed https://b.org/"}))
    cited = [
        one.source.url for one in PartnershipCitation.objects.select_related("source").exclude(source__kind="dataset")
    ]
    assert cited == ["https://a.org/x", "https://b.org/"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b"name,state\nOrlando,FL\n", "has no column “AOSNUMBER”"),
        (b"\xff\xfe\x00garbage", "has no column “AOSNUMBER”"),
    ],
)
def test_a_file_that_is_something_else_is_refused_whole(
    tmp_path: Path, axon: Organization, content: bytes, why: str
) -> None:
    path = tmp_path / "other.csv"
    path.write_bytes(content)
    with pytest.raises(BadFile, match=why):
        bring_in(path)
    with pytest.raises(CommandError, match=f"nothing imported: .*{why}"):
        call_command("import", "atlas", str(path))


def test_a_file_that_breaks_off_in_the_middle_leaves_nothing(axon: Organization, sheet: Sheet) -> None:
    path = sheet({}, {"AOSNUMBER": "AOS0002", "City": "Abingdon"})
    path.write_bytes(path.read_bytes() + b'"AOS0003","\xff')
    before = size_of_everything()
    with pytest.raises(BadFile):
        bring_in(path)
    assert size_of_everything() == before


def test_the_command_says_what_it_did(axon: Organization, sheet: Sheet, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(sheet({}, {"AOSNUMBER": "AOS0002", "Vendor": "DJI"}))
    call_command("import", "atlas", path, "--dry-run")
    assert "nothing was" in capsys.readouterr().out
    assert not Partnership.objects.exists()
    call_command("import", "atlas", path, "--on", "2021-05-18")
    said = capsys.readouterr().out
    assert "claims created" in said
    assert "DJI" in said
    assert Partnership.objects.get().published_on == date(2021, 5, 18)
    with pytest.raises(CommandError, match="there is no file"):
        call_command("import", "atlas", "nowhere.csv")
    with pytest.raises(CommandError, match="“yesterday” is not a day"):
        call_command("import", "atlas", path, "--on", "yesterday")


def test_the_real_file_is_read_to_its_last_row() -> None:
    rows = list(Atlas().read(shared(REAL)))
    assert len(rows) == 5_784
    assert Counter(row.group for row in rows)["Ring/Neighbors Partnership"] == 1_501
    claimed = [row for row in rows if isinstance(row, Claimed)]
    assert len(claimed) + sum(isinstance(row, Refused) for row in rows) == 5_784
    links = [link for row in claimed for link in row.links]
    undated = [link.published.raw for link in links if link.published.raw and not link.published.value]
    assert len(undated) == 13
    assert undated[:3] == ["2017/2018", "2017-2019", "21, 2019"]
    started = [row.course.started for row in claimed if row.vendor == "Ring"]
    assert (len(started), started.count(None)) == (1_497, 170), "the map gives no day for its last partners"
    assert all(day.exact for day in started if day)


@pytest.mark.slow
def test_rings_partners_come_in_from_the_real_file_and_only_once(ring: Organization) -> None:
    report = bring_in(shared(REAL))
    assert report.groups["Ring/Neighbors Partnership"] == 1_501
    assert report.created + report.known_otherwise + sum(refusals(report).values()) == 5_784 + report.parted
    partners = Partnership.objects.filter(vendor=ring)
    assert report.created == partners.count()
    assert 1_400 < report.created < 1_501
    assert not partners.filter(citations=None).exists()
    assert not partners.filter(checked=True).exists()
    before = size_of_everything()
    again = bring_in(shared(REAL))
    assert (again.created, again.unchanged) == (0, report.created)
    assert size_of_everything() == before
