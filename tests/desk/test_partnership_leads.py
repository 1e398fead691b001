"""Leads about a partnership, or the denial of one: from what the watch proposes to a record with its sentence."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.desk.conftest import NOW, ON
from tracker.desk.partnerships import actions
from tracker.desk.partnerships.proposed import completed
from tracker.desk.refusals import AlreadyDecided, Malformed, Refused
from tracker.organizations.models import Alias, Organization
from tracker.partnerships.models import Partnership
from tracker.watch.models import Lead, Version
from tracker.watch.proposing.library import everything_known
from tracker.watch.proposing.propose import propose
from tracker.watch.recording import versions

BEGAN = "The Orlando Police Department signed a contract with Amazon for Rekognition on 1 March 2020."
ENDED = "The Orlando Police Department ended its contract with Amazon for Rekognition on 1 June 2020."
DENIED = "Amazon has no contract with Immigration and Customs Enforcement for Rekognition, the company said on Tuesday."


@pytest.fixture
def orlando(db: None) -> Organization:
    return Organization.objects.create(
        role="agency", kind="police", name="Orlando Police Department", slug="orlando-pd"
    )


@pytest.fixture
def ice(db: None) -> Organization:
    ice = Organization.objects.create(
        role="agency", kind="federal", name="U.S. Immigration and Customs Enforcement", slug="ice"
    )
    Alias.objects.create(organization=ice, name="ICE")
    return ice


def lead_of(version: Version, said: str) -> Lead:
    """The lead that the watch itself makes of a sentence that has appeared on the page."""
    before = set(Lead.objects.values_list("pk", flat=True))
    Version.objects.filter(pk=version.pk).update(blocks=[*version.blocks, said], added=[len(version.blocks)])
    version.refresh_from_db()
    new = {len(version.blocks) - 1}
    versions.propose(
        version, propose(version.blocks, published=date(2020, 6, 10), known=everything_known(), new=new), at=NOW
    )
    return Lead.objects.exclude(pk__in=before).get()


def accept(lead: Lead, editor: User, edits: dict[str, Any] | None = None) -> Partnership:
    return actions.accept(lead, by=editor, on=ON, now=NOW, edits=edits)


def test_one_press_makes_a_published_partnership_that_cites_its_sentence(
    desk: Client, version: Version, orlando: Organization
) -> None:
    lead = lead_of(version, BEGAN)
    answer = desk.post(f"/desk/leads/{lead.pk}/accept", follow=True)
    assertContains(answer, "Recorded: Amazon and Orlando Police Department, confirmed.")
    made = Partnership.objects.get()
    assert (made.slug, made.vendor.slug, made.client, made.kind, made.status, str(made.started)) == (
        "orlando-pd--rekognition",
        "amazon",
        orlando,
        "contract",
        "confirmed",
        "2020-03-01",
    )
    assert made.product is not None
    assert (made.product.slug, made.technology, made.published_on is None) == (
        "rekognition",
        made.product.technology,
        False,
    )
    [citation] = made.citations.all()
    assert (citation.quote, citation.snapshot) == (BEGAN, version.snapshot)
    lead.refresh_from_db()
    assert (lead.state, lead.partnership, lead.term) == ("accepted", made, None)
    assertContains(desk.get(f"/desk/leads/{lead.pk}/"), "the history of the record")


def test_an_end_changes_the_partnership_that_is_known(version: Version, orlando: Organization, editor: User) -> None:
    made = accept(lead_of(version, BEGAN), editor)
    ended = lead_of(version, ENDED)
    assert accept(ended, editor) == made
    made.refresh_from_db()
    assert (made.status, str(made.started), str(made.ended), made.citations.count()) == (
        "ended",
        "2020-03-01",
        "2020-06-01",
        2,
    )
    assert [lead.pk for lead in made.leads.order_by("pk")] == [ended.pk - 1, ended.pk]
    assert Partnership.objects.count() == 1


def test_an_end_of_what_was_not_on_record_is_recorded_as_ended(
    version: Version, orlando: Organization, editor: User
) -> None:
    made = accept(lead_of(version, ENDED), editor)
    assert (made.status, made.started, str(made.ended), made.client) == ("ended", None, "2020-06-01", orlando)


def test_a_denial_is_a_record_of_its_own(version: Version, ice: Organization, editor: User) -> None:
    made = accept(lead_of(version, DENIED), editor)
    assert (made.vendor.slug, made.client, made.status, made.started) == ("amazon", ice, "denied", None)
    assert made.citations.get().quote == DENIED


def test_the_same_two_are_not_recorded_a_second_time_and_the_editor_may_choose_to_change_the_record(
    version: Version, orlando: Organization, editor: User
) -> None:
    made = accept(lead_of(version, BEGAN), editor)
    again = lead_of(version, BEGAN.replace("1 March", "2 March"))
    with pytest.raises(Refused, match="recorded already as “orlando-pd--rekognition”"):
        accept(again, editor)
    Partnership.objects.update(last_confirmed=None)
    accept(again, editor, {"partnership": made.slug})
    made.refresh_from_db()
    assert (made.status, str(made.last_confirmed), made.citations.count()) == ("confirmed", "2020-03-02", 2)


def test_an_end_is_of_the_known_partnership_whichever_of_the_two_is_called_the_vendor(
    version: Version, editor: User
) -> None:
    flock = Organization.objects.create(role="vendor", kind="company", name="Flock Safety", slug="flock")
    began = "Flock Safety has signed a contract with Amazon for face recognition, the companies said on 1 March 2020."
    made = accept(lead_of(version, began), editor)
    assert {made.vendor, made.client} == {flock, version.watch.organization}
    Partnership.objects.update(vendor=made.client, client=made.vendor)
    ended = "Amazon and Flock Safety have cancelled their video partnership, the companies said on 1 June 2020."
    assert accept(lead_of(version, ended), editor) == made
    made.refresh_from_db()
    assert (made.status, Partnership.objects.count()) == ("ended", 1)


def test_an_end_that_fits_two_records_asks_the_editor_to_choose(
    version: Version, orlando: Organization, editor: User
) -> None:
    made = accept(lead_of(version, BEGAN), editor)
    pilot = accept(lead_of(version, BEGAN.replace("1 March", "2 March")), editor, {"kind": "pilots"})
    ended = lead_of(version, ENDED)
    with pytest.raises(Malformed, match="choose which: orlando-pd--rekognition, orlando-pd--rekognition-2"):
        accept(ended, editor)
    assert accept(ended, editor, {"partnership": pilot.slug}) == pilot
    made.refresh_from_db()
    assert made.status == "confirmed"


def test_a_second_acceptance_is_refused_and_a_rejection_works_as_ever(
    desk: Client, version: Version, orlando: Organization, editor: User
) -> None:
    lead = lead_of(version, BEGAN)
    accept(lead, editor)
    with pytest.raises(AlreadyDecided, match="accepted by ed"):
        accept(lead, editor)
    other = lead_of(version, ENDED)
    assertRedirects(desk.post(f"/desk/leads/{other.pk}/reject", {"reason": "an old story"}), "/desk/")
    assert Partnership.objects.get().status == "confirmed"


def test_a_sentence_that_is_not_on_the_page_is_no_evidence(
    version: Version, orlando: Organization, editor: User
) -> None:
    lead = lead_of(version, BEGAN)
    Version.objects.update(blocks=[*version.blocks[:-1], BEGAN.replace("Orlando", "Miami")])
    with pytest.raises(Malformed, match="does not stand where the lead says"):
        accept(lead, editor)
    assert not Partnership.objects.exists()


def test_whom_the_page_does_not_name_the_editor_does(desk: Client, version: Version, ice: Organization) -> None:
    lead = lead_of(version, BEGAN)  # Orlando has no record
    assertContains(desk.post(f"/desk/leads/{lead.pk}/accept"), "names no client that is on record", status_code=400)
    desk.post(f"/desk/leads/{lead.pk}/accept", {**form_of(lead), "client": "ice"})
    assert Partnership.objects.get().client == ice


def form_of(lead: Lead) -> dict[str, str]:
    """What a browser sends of the form as it stands."""
    return {"partnership": "", **{name: str(value or "") for name, value in completed(lead).items()}}


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("vendor", "acme", "there is no “acme”"),
        ("vendor", "not a slug", "Enter a valid “slug”"),
        ("client", "amazon", "vendor and client are the same"),
        ("client", "a\0b", "Null characters are not allowed"),
        ("status", "friendly", "not one of the available choices"),
        ("kind", "friendship", "not one of the available choices"),
        ("product", "panopticon", "there is no “panopticon”"),
        ("technology", "magic", "there is no “magic”"),
        ("partnership", "somebody-elses", "not one of the available choices"),
        ("declared_on", "2020-02-30", "“2020-02-30” is not a date"),
        ("declared_on", "", "This field is required."),
        ("ended", "2020-06", "only what has ended has a day on which it ended"),
        ("status", "denied", "what is denied has no beginning"),
    ],
)
def test_what_cannot_be_saved_comes_back_as_typed_with_the_reason(
    desk: Client, version: Version, orlando: Organization, field: str, typed: str, says: str
) -> None:
    lead = lead_of(version, BEGAN)
    page = desk.post(f"/desk/leads/{lead.pk}/accept", {**form_of(lead), field: typed})
    assertContains(page, says, status_code=400)
    assertContains(page, 'value="2020-03-01"', status_code=400)
    assert not Partnership.objects.exists()


def test_the_page_of_a_lead_shows_the_form_the_sentence_and_what_is_known_of_the_two(
    desk: Client,
    version: Version,
    orlando: Organization,
    editor: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    accept(lead_of(version, BEGAN), editor)
    lead = lead_of(version, ENDED)
    with django_assert_num_queries(11):
        page = desk.get(f"/desk/leads/{lead.pk}/")
    assertContains(page, f"<blockquote>{ENDED}</blockquote>")
    assertContains(page, "Partnerships of the two")
    assertContains(page, "orlando-pd--rekognition (contract, confirmed)")
    assertNotContains(page, "Who is excepted")
    assertContains(desk.get("/desk/"), "rekognition · partnership ended")


@pytest.mark.parametrize("wrong", [{"products": 3}, {"actor": ["x"]}, {"action": None, "declared_on": "soon"}])
def test_a_malformed_lead_about_a_partnership_can_be_seen_and_rejected(
    desk: Client, version: Version, orlando: Organization, wrong: dict[str, Any]
) -> None:
    lead = lead_of(version, BEGAN)
    Lead.objects.filter(pk=lead.pk).update(proposal={**lead.proposal, **wrong}, quotes=[{"field": "action"}, 3])
    assert desk.get("/desk/").status_code == 200
    assert desk.get(f"/desk/leads/{lead.pk}/").status_code == 200
    assert desk.post(f"/desk/leads/{lead.pk}/accept").status_code == 400
    assertRedirects(desk.post(f"/desk/leads/{lead.pk}/reject", {"reason": "broken"}), "/desk/")
