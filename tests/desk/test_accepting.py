import re
from threading import Barrier, Thread
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection

from tests.desk.conftest import ANNOUNCEMENT, BLOCKS, EXCEPTION, NOW, ON, make_lead, quote
from tracker.commitments import actions as commitments
from tracker.commitments.actions import NothingToChange
from tracker.commitments.lifecycle import End, EndKind, State
from tracker.commitments.models import CarveOut, Commitment, Term, TermCitation
from tracker.dates import PartialDate
from tracker.desk import actions
from tracker.desk.editors import make_editor
from tracker.desk.refusals import AlreadyDecided, Malformed, Refused
from tracker.evidence.actions import Quoted
from tracker.watch.models import Lead, Version

D = PartialDate.parse


def accept(lead: Lead, editor: User, edits: dict[str, Any] | None = None) -> Term:
    return actions.accept(lead, by=editor, on=ON, now=NOW, edits=edits)


def test_one_press_makes_a_published_commitment_with_its_end(lead: Lead, editor: User) -> None:
    commitment = accept(lead, editor).commitment
    term = commitment.terms.get()
    assert (commitment.slug, commitment.title) == (
        "amazon-rekognition-moratorium-2020",
        "Amazon: moratorium on Rekognition",
    )
    assert (commitment.actor.slug, commitment.kind, commitment.nature, commitment.covers) == (
        "amazon",
        "moratorium",
        "voluntary",
        "police",
    )
    assert [product.slug for product in commitment.products.all()] == ["rekognition"]
    assert [technology.slug for technology in commitment.technologies.all()] == ["face-recognition"]
    assert (str(term.declared_on), str(term.ends_on), term.end_computed, term.published_on) == (
        "2020-06-10",
        "2021-06-10",
        True,
        ON,
    )
    assert commitment.standing(ON).state is State.IN_FORCE


def test_every_sentence_becomes_a_citation_of_the_snapshot_it_was_read_in(lead: Lead, editor: User) -> None:
    term = accept(lead, editor)
    assert [citation.quote for citation in term.citations.all()] == [ANNOUNCEMENT, BLOCKS[2]]
    assert {citation.snapshot_id for citation in term.citations.all()} == {lead.version.snapshot_id}


def test_carve_outs_are_linked_to_organisations_that_have_a_record_and_cite_their_own_sentence(
    lead: Lead, editor: User
) -> None:
    thorn, marinus = accept(lead, editor).carve_outs.all()
    assert (str(thorn.organization), thorn.words, thorn.purpose) == (
        "Thorn",
        "",
        "rescue trafficking victims",
    )
    assert (marinus.organization, marinus.words) == (None, "Marinus Analytics")
    assert [citation.quote for carve_out in (thorn, marinus) for citation in carve_out.citations.all()] == [
        EXCEPTION,
        EXCEPTION,
    ]


def test_the_lead_says_what_became_of_it_and_who_decided(lead: Lead, editor: User) -> None:
    term = accept(lead, editor)
    lead.refresh_from_db()
    assert (lead.state, lead.term, lead.commitment, lead.decided_by, lead.decided_at) == (
        "accepted",
        term,
        term.commitment,
        editor,
        NOW,
    )


def test_a_second_acceptance_is_refused_and_names_who_decided(lead: Lead, editor: User) -> None:
    accept(lead, editor)
    with pytest.raises(AlreadyDecided, match=re.escape("accepted by ed@example.org on 2020-06-11 at 09:30 UTC")):
        accept(lead, make_editor("second@example.org"))
    with pytest.raises(AlreadyDecided):
        actions.reject(lead, by=editor, now=NOW, reason="too late")
    assert Term.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_editors_pressing_at_once_make_one_record(lead: Lead, editor: User) -> None:
    together, outcomes = Barrier(2), []

    def press() -> None:
        together.wait(10)
        try:
            accept(lead, editor)
            outcomes.append("accepted")
        except AlreadyDecided:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(outcomes) == ["accepted", "refused"]
    assert Commitment.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_failure_half_way_leaves_nothing(lead: Lead, editor: User) -> None:
    with connection.cursor() as cursor:  # the last write fails: the carve-outs' citations
        cursor.execute(
            "ALTER TABLE commitments_carveoutcitation ADD CONSTRAINT broken CHECK (quote = 'never') NOT VALID"
        )
    try:
        with pytest.raises(IntegrityError, match="broken"):
            accept(lead, editor)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE commitments_carveoutcitation DROP CONSTRAINT broken")
    lead.refresh_from_db()
    assert lead.state == "new"
    assert [table.objects.count() for table in (Commitment, Term, TermCitation, CarveOut)] == [0, 0, 0, 0]
    assert accept(lead, editor).pk


def test_what_the_editor_changes_is_saved_and_the_rest_is_as_proposed(lead: Lead, editor: User) -> None:
    edits = {"title": "A pause", "declared_on": "2020-06", "end": {"kind": "indefinite"}, "carve_outs": []}
    term = accept(lead, editor, edits)
    assert (term.commitment.title, str(term.declared_on), term.end_kind, term.carve_outs.count()) == (
        "A pause",
        "2020-06",
        "indefinite",
        0,
    )
    assert term.commitment.covers == "police"
    lead.refresh_from_db()
    assert lead.proposal["end"]["kind"] == "fixed"  # what the machine proposed stays on record


def test_a_last_day_covered_is_shown_as_such(version: Version, editor: User) -> None:
    end = {"kind": "fixed", "ends_on": "2021-07-01", "through": True}
    assert accept(make_lead(version, end=end), editor).ends_through


@pytest.fixture
def moratorium(lead: Lead, editor: User) -> Commitment:
    return accept(lead, editor).commitment


EXTENSION: dict[str, Any] = {
    "action": "extended",
    "declared_on": "2021-05-18",
    "end": {"kind": "indefinite"},
    "carve_outs": [],
    "fingerprint": "2",
}


def test_an_extension_goes_to_the_one_commitment_that_runs(
    moratorium: Commitment, version: Version, editor: User
) -> None:
    term = accept(make_lead(version, **EXTENSION), editor)
    assert (term.commitment, term.action, term.order) == (moratorium, "extended", 2)
    assert moratorium.standing(D("2021-06-10").first).state is State.IN_FORCE


def test_an_extension_of_nothing_that_runs_asks_the_editor_to_choose(
    moratorium: Commitment, version: Version, editor: User
) -> None:
    late = make_lead(version, **{**EXTENSION, "declared_on": "2021-06-10"})
    with pytest.raises(Malformed, match="none of them runs on that day"):
        accept(late, editor)
    with pytest.raises(NothingToChange, match="is lapsed on 2021-06-10"):
        accept(late, editor, {"commitment": moratorium.slug})
    assert moratorium.terms.count() == 1


def test_an_extension_that_fits_two_commitments_asks_the_editor_to_choose(
    moratorium: Commitment, version: Version, editor: User
) -> None:
    about = commitments.Subject(title="Pledge", slug="pledge", kind="pledge", products=list(moratorium.products.all()))
    cited = [Quoted(version.snapshot.source)]
    commitments.announce(
        moratorium.actor,
        about,
        declared_on=D("2021"),
        end=End(EndKind.PERMANENT),
        evidence=cited,
        published_on=ON,
    )
    lead = make_lead(version, **EXTENSION)
    with pytest.raises(Malformed, match="several run: amazon-rekognition-moratorium-2020, pledge"):
        accept(lead, editor)
    assert accept(lead, editor, {"commitment": moratorium.slug}).commitment == moratorium


def test_a_commitment_of_somebody_else_is_not_changed(moratorium: Commitment, version: Version, editor: User) -> None:
    with pytest.raises(Malformed, match="Amazon has no commitment “elsewhere”"):
        accept(make_lead(version, **EXTENSION, commitment="elsewhere"), editor)


def test_the_same_announcement_on_a_second_page_is_not_recorded_twice(
    moratorium: Commitment, version: Version, editor: User
) -> None:
    with pytest.raises(Refused, match="recorded already as “Amazon: moratorium on Rekognition”"):
        accept(make_lead(version, fingerprint="2"), editor)


def test_another_commitment_with_the_same_name_gets_a_number(
    moratorium: Commitment, version: Version, editor: User
) -> None:
    lead = make_lead(version, fingerprint="2", declared_on="2020-08-01")
    assert accept(lead, editor).commitment.slug == "amazon-rekognition-moratorium-2020-2"


def test_an_action_that_ends_a_commitment_ends_it(moratorium: Commitment, version: Version, editor: User) -> None:
    accept(make_lead(version, **{**EXTENSION, "action": "reversed", "end": {"kind": "unknown"}}), editor)
    assert moratorium.standing(D("2021-05-18").first).state is State.ENDED


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"action": "lapsed"}, "action: "),
        ({"kind": "crusade"}, "kind: "),
        ({"nature": "divine"}, "“divine” is no legal nature"),
        ({"declared_on": "2021-02-30"}, "declared_on: “2021-02-30” is not a date"),
        ({"declared_on": None}, "declared_on: write a date as 2020-06-10"),
        ({"declared_on": 2020}, "declared_on: write a date as 2020-06-10"),
        ({"end": {"kind": "fixed"}}, "a fixed end has a date"),
        ({"end": {"kind": "indefinite", "ends_on": "2021"}}, "a fixed end has a date"),
        ({"end": {"kind": "conditional"}}, "a condition in words"),
        ({"end": {"kind": "indefinite", "not_before": "2021"}}, "only a conditional end"),
        ({"end": {"kind": "fixed", "ends_on": "2020-06-10"}}, "not after it starts on 2020-06-10"),
        ({"end": "soon"}, "end: "),
        ({"action": "reversed"}, "leave the end unknown"),
        ({"actor": None, "actor_name": "Acme"}, "“Acme” has no record yet"),
        ({"actor": "acme"}, "there is no organisation “acme”"),
        ({"actor": "not a slug"}, "actor: "),
        ({"products": ["rekognition", "panopticon"]}, "there is no “panopticon”"),
        ({"carve_outs": [{"organization": "nobody", "words": "Nobody"}]}, "carve_outs: there is no “nobody”"),
        ({"carve_outs": [{"purpose": "to look good"}]}, "says in words who is excepted"),
        ({"matter": "partnership"}, "about a partnership"),
    ],
)
def test_a_malformed_proposal_says_what_is_wrong_and_writes_nothing(
    version: Version, editor: User, changes: dict[str, Any], says: str
) -> None:
    lead = make_lead(version, **changes)
    with pytest.raises(Malformed, match=re.escape(says)):
        accept(lead, editor)
    assert not Commitment.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"field": "action", "text": "Amazon sells Rekognition to nobody.", "block": 1, "start": 0, "end": 35},
        {"field": "action", "text": ANNOUNCEMENT, "block": 99, "start": 0, "end": 9},
        {"field": "action", "text": ANNOUNCEMENT, "block": -1, "start": 0, "end": 9},
        {"text": ANNOUNCEMENT},
        "just words",
    ],
)
def test_a_sentence_that_is_not_on_the_page_is_no_evidence(version: Version, editor: User, wrong: Any) -> None:
    lead = make_lead(version, quotes=[quote("action", ANNOUNCEMENT), wrong])
    with pytest.raises(Malformed, match="reject it"):
        accept(lead, editor)
    assert not Commitment.objects.exists()


def test_a_lead_without_sentences_still_cites_the_page(version: Version, editor: User) -> None:
    [citation] = accept(make_lead(version, quotes=[]), editor).citations.all()
    assert (citation.source, citation.snapshot, citation.quote) == (
        version.snapshot.source,
        version.snapshot,
        "",
    )


def test_a_rejection_needs_a_reason_and_keeps_it(lead: Lead, editor: User) -> None:
    with pytest.raises(Refused, match="why it is rejected"):
        actions.reject(lead, by=editor, now=NOW, reason="  ")
    lead.refresh_from_db()
    assert lead.state == "new"
    actions.reject(lead, by=editor, now=NOW, reason=" an opinion piece ")
    lead.refresh_from_db()
    assert (lead.state, lead.decision_reason, lead.decided_by, lead.term) == (
        "rejected",
        "an opinion piece",
        editor,
        None,
    )


def test_history_knows_which_editor_made_the_term(lead: Lead, editor: User) -> None:
    term = accept(lead, editor)
    [event] = term.history.all()  # type: ignore[attr-defined]
    assert event.pgh_context.metadata == {"user": editor.pk, "lead": lead.pk}
