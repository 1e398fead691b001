from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.desk.conftest import ANNOUNCEMENT, BLOCKS, NOW, ON, PROPOSAL, make_lead
from tracker.commitments.models import Commitment, Term
from tracker.desk import actions
from tracker.evidence.actions import know_source, store_snapshot
from tracker.organizations.models import Organization
from tracker.watch.models import Lead, Report, Version, Watch

FORM = {
    "actor": "amazon", "action": "announced", "commitment": "", "title": "", "kind": "moratorium", "nature":
    "voluntary",
    "products": "rekognition", "declared_on": "2020-06-10", "effective_from": "", "end_kind": "fixed",
    "ends_on": "2021-06-10",
    "condition": "", "not_before": "", "covers": "police", "silent_on": "ICE",
    "carve_outs-TOTAL_FORMS": "3", "carve_outs-INITIAL_FORMS": "2",
    "carve_outs-0-organization": "thorn", "carve_outs-0-words": "Thorn", "carve_outs-0-purpose": "rescue",
    "carve_outs-1-organization": "", "carve_outs-1-words": "Marinus Analytics", "carve_outs-1-purpose": "",
    "carve_outs-1-DELETE": "on",
    "carve_outs-2-organization": "", "carve_outs-2-words": "missing children", "carve_outs-2-purpose": "",
}  # fmt: skip


def test_the_inbox_shows_the_most_urgent_lead_first_with_its_reasons(desk: Client, version: Version) -> None:
    make_lead(version, actor_name="Later Inc", fingerprint="2")
    Lead.objects.update(priority=0.4)
    make_lead(version)
    page = desk.get("/desk/")
    assertContains(page, "Amazon · rekognition · moratorium announced")
    assertContains(page, "a moratorium is made; says when it ends")
    text = page.content.decode()
    assert text.index("Amazon · rekognition") < text.index("Later Inc")
    assertContains(page, '<span class="figure">2</span> leads to decide')


def test_the_inbox_keeps_the_sure_leads_apart_from_those_to_check(desk: Client, version: Version) -> None:
    make_lead(version, actor_name="To Check Inc")
    Lead.objects.filter(pk=make_lead(version, actor_name="Sure Inc", fingerprint="2").pk).update(
        queue="confident", priority=0.1
    )
    text = desk.get("/desk/").content.decode()
    assert (
        text.index(">Confident ") < text.index("Sure Inc") < text.index(">Please check ") < text.index("To Check Inc")
    )


def test_a_lead_says_on_how_many_other_pages_the_same_stands(desk: Client, lead: Lead) -> None:
    page = f"/desk/leads/{lead.pk}/"
    assertNotContains(desk.get(page), "other page")
    for number in range(2):
        source = know_source(f"https://blog.example/{number}", title=f"Page {number}", kind="official")
        Version.objects.create(
            watch=Watch.objects.create(source=source),
            snapshot=lead.version.snapshot,
            extractor="b",
            same_as=lead.version,
        )
    assertContains(desk.get(page), "stands on 2 other pages of the site")


def test_the_inbox_shows_watches_that_were_not_let_in(desk: Client, version: Version) -> None:
    Report.objects.create(watch=version.watch, kind="silent", since=NOW, reported_at=NOW, reason="a wall of Cloudflare")
    assertContains(desk.get("/desk/"), "silent, a wall of Cloudflare")
    Report.objects.update(taken_back_at=NOW + timedelta(days=1))
    assertNotContains(desk.get("/desk/"), "a wall of Cloudflare")
    Watch.objects.update(state="broken")
    assertContains(desk.get("/desk/"), "broken")


def test_the_inbox_makes_as_many_queries_for_many_leads_as_for_one(
    desk: Client, lead: Lead, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(
        8
    ):  # session, user, group, two queues, their numbers, watches in trouble, their number
        desk.get("/desk/")
    for number in range(60):
        make_lead(lead.version, fingerprint=f"more {number}")
    with django_assert_num_queries(8):
        page = desk.get("/desk/")
    assertContains(page, "The first 50 of 61.")


def test_a_lead_shows_each_field_beside_its_sentence_and_marks_it_on_the_page(desk: Client, lead: Lead) -> None:
    page = desk.get(f"/desk/leads/{lead.pk}/")
    assertContains(page, 'value="2021-06-10"')
    shown = page.content.decode()
    announced, end = shown.index("Who does what"), shown.index("Until when")
    assert shown.index(f"<blockquote>{ANNOUNCEMENT}</blockquote>", announced) < end
    assert shown.index(f"<blockquote>{BLOCKS[2]}</blockquote>") > end
    assertContains(page, f"<mark>{ANNOUNCEMENT}</mark>", count=1)
    assertContains(page, "The first reading of this page")
    assertContains(page, "Nothing is recorded of this actor")


def test_a_lead_shows_what_went_from_the_page_and_what_came(desk: Client, lead: Lead) -> None:
    version = lead.version
    snapshot = store_snapshot(
        version.snapshot.source,
        fetched_at=NOW + timedelta(days=1),
        final_url="https://blog.example/",
        status=200,
        headers={},
        body=b"new",
    )
    blocks = [*BLOCKS[:2], "The moratorium now ends in 2022."]
    after = Version.objects.create(
        watch=version.watch, snapshot=snapshot, extractor="blocks-1", blocks=blocks, blocks_sha256="1" * 64
    )
    page = desk.get(f"/desk/leads/{make_lead(after, quotes=[]).pk}/")
    assertContains(page, f"<del>{BLOCKS[2]}</del>")
    assertContains(page, '<p class="new">The moratorium now ends in 2022.</p>')
    assertNotContains(page, '<p class="new">We')


def test_a_lead_shows_the_record_as_it_stands_with_a_number_of_queries_of_its_own(
    desk: Client, lead: Lead, editor: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(2):
        other = make_lead(
            lead.version,
            fingerprint=f"of {number}",
            declared_on=f"2019-0{number + 1}-01",
            end={"kind": "permanent"},
        )
        actions.accept(other, by=editor, on=ON, now=NOW)
        with django_assert_num_queries(8):
            page = desk.get(f"/desk/leads/{lead.pk}/")
    assertContains(page, "in force", count=2)


def test_what_the_form_says_is_what_is_saved(desk: Client, lead: Lead) -> None:
    answer = desk.post(f"/desk/leads/{lead.pk}/accept", FORM, follow=True)
    assertRedirects(answer, "/desk/")
    assertContains(answer, "Recorded: “Amazon: moratorium on Rekognition”")
    term = Term.objects.get()
    assert (term.commitment.silent_on, str(term.ends_on), term.end_computed) == ("ICE", "2021-06-10", True)
    assert [str(carve_out) for carve_out in term.carve_outs.all()] == ["Thorn", "missing children"]


def test_one_press_without_the_form_accepts_what_is_proposed(desk: Client, lead: Lead) -> None:
    assertRedirects(desk.post(f"/desk/leads/{lead.pk}/accept"), "/desk/")
    assert Term.objects.get().carve_outs.count() == 2


def test_another_end_typed_by_the_editor_is_not_called_computed(desk: Client, lead: Lead) -> None:
    desk.post(f"/desk/leads/{lead.pk}/accept", {**FORM, "ends_on": "2021-07"})
    assert not Term.objects.get().end_computed


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("ends_on", "2021-02-30", "“2021-02-30” is not a date"),
        ("ends_on", "2020-01-01", "it would end on 2020-01-01, not after it starts on 2020-06-10"),
        ("declared_on", "", "This field is required."),
        ("actor", "acme", "there is no organisation “acme”"),
        ("products", "panopticon", "there is no “panopticon”"),
        ("commitment", "somebody-elses", "not one of the available choices"),
        ("carve_outs-0-organization", "nobody", "there is no “nobody”"),
        ("carve_outs-0-organization", "not a slug", "Enter a valid “slug”"),
    ],
)
def test_what_cannot_be_saved_comes_back_as_typed_with_the_reason_beside_it(
    desk: Client, lead: Lead, field: str, typed: str, says: str
) -> None:
    page = desk.post(f"/desk/leads/{lead.pk}/accept", {**FORM, "title": "My own title", field: typed})
    assertContains(page, says, status_code=400)
    assertContains(page, 'value="My own title"', status_code=400)
    assert not Commitment.objects.exists()


def test_a_form_without_its_list_of_exceptions_is_refused_not_guessed(desk: Client, lead: Lead) -> None:
    page = desk.post(f"/desk/leads/{lead.pk}/accept", {key: value for key, value in FORM.items() if "FORMS" not in key})
    assert page.status_code == 400
    assert not Commitment.objects.exists()


def test_the_second_press_is_told_who_was_first(desk: Client, lead: Lead) -> None:
    desk.post(f"/desk/leads/{lead.pk}/accept", FORM)
    for again in (FORM, {}):
        page = desk.post(f"/desk/leads/{lead.pk}/accept", again)
        assertContains(page, "This lead was accepted by ed@example.org", status_code=409)
    assertContains(desk.post(f"/desk/leads/{lead.pk}/reject", {"reason": "no"}), "was accepted by", status_code=409)
    assert Term.objects.count() == 1


def test_a_rejection_without_a_reason_is_asked_for_one(desk: Client, lead: Lead) -> None:
    assertContains(desk.post(f"/desk/leads/{lead.pk}/reject", {"reason": " "}), "why it is rejected", status_code=400)
    assertRedirects(desk.post(f"/desk/leads/{lead.pk}/reject", {"reason": "an\0 opinion"}), "/desk/")
    assertContains(desk.get(f"/desk/leads/{lead.pk}/"), "by ed@example.org")
    assertContains(desk.get(f"/desk/leads/{lead.pk}/"), "an opinion")


@pytest.mark.parametrize(
    "changes",
    [{"action": "lapsed"}, {"end": "soon"}, {"carve_outs": 3}, {"products": 3}, {"products": "x", "actor": None}],
)
def test_a_malformed_lead_can_still_be_seen_and_rejected(
    desk: Client, version: Version, changes: dict[str, Any]
) -> None:
    lead = make_lead(
        version,
        quotes=[{"field": 3}, {"field": "action", "text": "x", "block": "?", "start": None, "end": 2}],
        **changes,
    )
    assert desk.get("/desk/").status_code == 200
    assert desk.get(f"/desk/leads/{lead.pk}/").status_code == 200
    assert desk.post(f"/desk/leads/{lead.pk}/accept").status_code == 400
    assertRedirects(desk.post(f"/desk/leads/{lead.pk}/reject", {"reason": "broken"}), "/desk/")


def test_a_proposal_that_is_no_set_of_fields_can_be_rejected(desk: Client, lead: Lead) -> None:
    Lead.objects.update(proposal=["nothing"])
    assert desk.get(f"/desk/leads/{lead.pk}/").status_code == 200
    assertContains(desk.post(f"/desk/leads/{lead.pk}/accept"), "not a set of fields", status_code=400)
    assertRedirects(desk.post(f"/desk/leads/{lead.pk}/reject", {"reason": "broken"}), "/desk/")


def test_markup_in_a_name_or_on_a_page_is_shown_not_run(desk: Client, version: Version) -> None:
    evil = "<script>alert(1)</script>"
    Organization.objects.update(name=evil)
    version.watch.source.__class__.objects.update(title=evil)
    Version.objects.update(blocks=[evil])
    lead = make_lead(
        version,
        quotes=[{"field": "action", "text": evil, "block": 0, "start": 0, "end": len(evil)}],
        actor_name=evil,
    )
    for address in (
        "/desk/",
        f"/desk/leads/{lead.pk}/",
        f"/desk/history/evidence_source/{version.snapshot.source_id}/",
    ):
        page = desk.get(address)
        assertContains(page, "&lt;script&gt;")
        assertNotContains(page, "<script")


@pytest.mark.django_db(transaction=True)
def test_history_says_who_changed_what_and_outlives_the_row(desk: Client, lead: Lead) -> None:
    desk.post(f"/desk/leads/{lead.pk}/accept", FORM)
    term = Term.objects.get()
    Term.objects.update(summary="corrected by hand")
    page = desk.get(f"/desk/history/commitments_term/{term.pk}/")
    assertContains(page, "insert · ed@example.org")
    assertContains(page, "update · no editor: an import, a command or SQL")
    assertContains(page, "<ins>corrected by hand</ins>")
    source = know_source("https://gone.example/", title="Gone", kind="news")
    pk = source.pk
    source.delete()
    assertContains(desk.get(f"/desk/history/evidence_source/{pk}/"), "delete ·")


def test_there_is_no_history_of_what_never_was_or_is_not_kept(desk: Client) -> None:
    assert desk.get("/desk/history/commitments_term/999999/").status_code == 404
    assert desk.get("/desk/history/auth_user/1/").status_code == 404


def test_a_page_is_watched_from_the_desk_once(desk: Client, amazon: Organization) -> None:
    typed = {"url": "https://amazon.example/news?utm_source=x", "title": "News", "organization": "amazon"}
    assertRedirects(desk.post("/desk/watches/new/", typed), "/desk/")
    watch = Watch.objects.get()
    assert (watch.source.normalised_url, watch.organization) == ("https://amazon.example/news", amazon)
    assertContains(
        desk.post("/desk/watches/new/", {**typed, "url": "http://amazon.example/news"}),
        "is watched already",
        status_code=400,
    )
    assertContains(
        desk.post("/desk/watches/new/", {**typed, "url": "javascript:alert(1)"}),
        "not an http",
        status_code=400,
    )
    assertContains(
        desk.post("/desk/watches/new/", {**typed, "organization": "acme"}),
        "no organisation “acme”",
        status_code=400,
    )
    assert Watch.objects.count() == 1


def test_evidence_is_added_to_a_term_once(desk: Client, lead: Lead, editor: User) -> None:
    term = actions.accept(lead, by=editor, on=ON, now=NOW)
    address = f"/desk/terms/{term.pk}/evidence/"
    typed = {
        "url": "https://news.example/story",
        "title": "Amazon pauses",
        "kind": "news",
        "quote": "Amazon paused.",
    }
    assert desk.post(address, typed)["Location"] == term.commitment.get_absolute_url()
    assert (
        term.citations.filter(source__normalised_url="https://news.example/story", quote="Amazon paused.").count() == 1
    )
    assertContains(desk.post(address, typed), "cited for this with these words already", status_code=400)
    assertContains(
        desk.post(address, {**typed, "url": "https://me:pw@news.example/"}),
        "user name or password",
        status_code=400,
    )
    assert know_source("https://news.example/story", title="", kind="news").title == "Amazon pauses"


def test_the_proposal_of_the_tests_has_the_shape_that_the_watcher_writes() -> None:
    from dataclasses import fields

    from tracker.watch.proposing.proposal import Proposal, ProposedCarveOut, ProposedEnd

    columns = {"quotes", "priority", "reasons"}
    assert set(PROPOSAL) == {field.name for field in fields(Proposal)} - columns
    assert set(PROPOSAL["end"]) == {field.name for field in fields(ProposedEnd)}
    assert set(PROPOSAL["carve_outs"][0]) == {field.name for field in fields(ProposedCarveOut)}


@pytest.mark.parametrize(
    "field", ["actor", "commitment", "products", "carve_outs-0-organization", "title", "declared_on"]
)
def test_a_nul_in_the_form_of_a_lead_is_refused_like_any_other_mistake(desk: Client, lead: Lead, field: str) -> None:
    answer = desk.post(f"/desk/leads/{lead.pk}/accept", {**FORM, field: "a\x00b"})
    assert answer.status_code == 400
    assert not Commitment.objects.exists()
